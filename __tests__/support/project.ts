import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { temporaryFolder } from './catalog-folder';
import { compiled, compiledCli, ROOT } from './compiled';

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Three environments with networks on AWS, which most tests change; their names are those of the examples. */
export const CATALOGS = join(__dirname, '../fixtures/catalogs');

/** The catalogs that the package's repository begins with. */
export const EXAMPLE_CATALOGS = join(ROOT, 'catalog');

/** A user's project in a temporary folder, with the compiled command. */
export class Project {
  readonly folder: string;

  /**
   * @param files beside the catalogs, or in their place
   * @param catalogs the folder of the catalogs
   */
  constructor(files: Readonly<Record<string, string>> = {}, catalogs = CATALOGS) {
    this.folder = temporaryFolder();
    cpSync(catalogs, join(this.folder, 'catalog'), {
      recursive: true,
      filter: (source) => !source.endsWith('.ts'),
    });
    cpSync(
      join(EXAMPLE_CATALOGS, 'catalog.schema.json'),
      join(this.folder, 'catalog', 'catalog.schema.json'),
    );
    this.write(
      'cdktf.json',
      JSON.stringify({
        language: 'typescript',
        app: `node ${compiled('stacks/main.js')}`,
        projectId: 'test',
        sendCrashReports: 'false',
      }),
    );
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), text);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  has(name: string): boolean {
    return existsSync(join(this.folder, name));
  }

  /** Changes a file by replacing one text, which must be there. */
  edit(name: string, from: string, to: string): void {
    const text = this.read(name);
    if (!text.includes(from)) throw new Error(`${name} does not hold ${from}`);
    this.write(
      name,
      text.replace(from, () => to),
    );
  }

  /** Runs `kakehashi …` to its end. */
  kakehashi(...args: string[]): Promise<Finished> {
    return this.run(process.execPath, [compiledCli(), ...args]);
  }

  run(
    program: string,
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Finished> {
    const child = spawn(program, args, {
      cwd: this.folder,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => resolve({ code, stdout, stderr }));
    });
  }
}
