import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SandboxOptions, type SandboxServer, startSandbox } from '../../sandbox/server';
import { sandboxEnvironment } from '../../sandbox/variables';

/** Whether Terraform is there; with REQUIRE_TOOLS=1 its absence is an error. */
export function hasTerraform(): boolean {
  const found = spawnSync('terraform', ['version'], { stdio: 'ignore' }).status === 0;
  if (!found && process.env.REQUIRE_TOOLS === '1')
    throw new Error('terraform is not installed, and REQUIRE_TOOLS=1 demands it');
  if (!found) process.stderr.write('skipped: terraform is not installed\n');
  return found;
}

interface Ran {
  readonly exitCode: number | null;
  readonly output: string;
}

/** A configuration in a temporary folder, which the real Terraform applies in a sandbox of its own. */
export class TerraformFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'kakehashi-terraform-'));
  readonly objectsFile = join(this.path, 'objects.jsonl');
  private server: SandboxServer | undefined;

  write(configuration: string): void {
    writeFileSync(join(this.path, 'main.tf'), configuration);
  }

  async serve(faultsFile = '', options: Partial<SandboxOptions> = {}): Promise<void> {
    this.server = await startSandbox({ objectsFile: this.objectsFile, faultsFile, ...options });
  }

  /** The Vault of the sandbox that serves. */
  vault(): Promise<{ address: string; rootToken: string }> {
    if (this.server === undefined) throw new Error('serve first');
    return this.server.vault();
  }

  async stopServing(): Promise<void> {
    await this.server?.close();
    this.server = undefined;
  }

  /** Runs Terraform; the server must be running, and goes on answering meanwhile. */
  run(...args: readonly string[]): Promise<Ran> {
    if (this.server === undefined) throw new Error('serve first');
    const env = {
      ...sandboxEnvironment(process.env, this.server),
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      TF_CLI_ARGS: '-no-color',
    };
    const child = spawn('terraform', [`-chdir=${this.path}`, ...args], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (data: Buffer) => {
      output += data.toString();
    });
    child.stderr.on('data', (data: Buffer) => {
      output += data.toString();
    });
    return new Promise((resolve) => child.on('close', (exitCode) => resolve({ exitCode, output })));
  }

  /** Runs Terraform and throws its output where the exit code is another one. */
  async expect(exitCode: number, ...args: readonly string[]): Promise<string> {
    const ran = await this.run(...args);
    if (ran.exitCode !== exitCode)
      throw new Error(`terraform ${args.join(' ')}: exit code ${ran.exitCode}\n${ran.output}`);
    return ran.output;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
