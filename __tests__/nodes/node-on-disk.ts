import { execFile } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { NodeSoftware } from '../../nodes/node-software';
import { nodeUserData } from '../../nodes/user-data';

// Each run starts some processes, which takes its time on a busy machine.
jest.setTimeout(60_000);

/** Waits until something holds. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

export interface Ran {
  readonly code: number;
  readonly output: string;
}

/** A node's files in a folder, with stubs for the programs that would change this machine. */
export class NodeOnDisk {
  readonly root = mkdtempSync(join(tmpdir(), 'kakehashi-node-'));

  constructor(
    software: NodeSoftware,
    /** Where the cloud's services are played. */
    private readonly cloud: string = 'http://127.0.0.1:9',
  ) {
    for (const { path, mode, text } of nodeUserData(software).files) this.write(path, text, mode);
    mkdirSync(join(this.root, 'bin'));
    this.uptime(100);
    this.write('/proc/loadavg', '0.05 0.01 0.01 1/100 1234\n');
    this.write('/run/kakehashi/address.env', 'KAKEHASHI_ADDRESS=127.0.0.1\n');
    // Programs that no test may reach by mistake.
    for (const name of ['shutdown', 'systemctl', 'docker', 'mount', 'apt-get', 'mkfs.ext4', 'blkid', 'ip']) {
      this.stub(name, 'exit 99');
    }
    this.stub('nproc', 'echo 2');
  }

  write(path: string, text: string, mode = 0o644): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    chmodSync(file, mode);
  }

  read(path: string): string | undefined {
    const file = join(this.root, path);
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }

  /** A program that notes its arguments, a line each call, and then does this. */
  stub(name: string, script: string): void {
    const note = `{ printf '%s' '${name}'; printf ' %q' "$@"; echo; } >>'${this.root}/calls'`;
    this.write(`/bin/${name}`, `#!/bin/bash\n${note}\n${script}\n`, 0o755);
  }

  uptime(seconds: number): void {
    this.write('/proc/uptime', `${seconds}.42 123.00\n`);
  }

  /** The calls of stubs since the last question, of all or of one program. */
  calls(program?: string): readonly string[] {
    const lines = (this.read('calls') ?? '').split('\n').filter((line) => line !== '');
    rmSync(join(this.root, 'calls'), { force: true });
    return lines.filter((line) => program === undefined || line.split(' ')[0] === program);
  }

  /** Runs one of the node's programs, or what stands in a shell after its library. */
  run(
    program: string,
    args: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Ran> {
    const file = join(this.root, 'usr/local/sbin', `kakehashi-${program}`);
    return this.execute(file, args, env);
  }

  shell(script: string): Promise<Ran> {
    return this.execute(
      '/bin/bash',
      ['--norc', '-c', `. "$KAKEHASHI_ROOT/usr/local/lib/kakehashi/node.sh"\n${script}`],
      {},
    );
  }

  /** Removes a file, or the whole node. */
  remove(path = ''): void {
    rmSync(join(this.root, path), { recursive: true, force: true });
  }

  private execute(
    file: string,
    args: readonly string[],
    env: Readonly<Record<string, string>>,
  ): Promise<Ran> {
    const options = {
      timeout: 50_000,
      env: {
        PATH: `${join(this.root, 'bin')}:/usr/sbin:/usr/bin:/sbin:/bin`,
        KAKEHASHI_ROOT: this.root,
        KAKEHASHI_METADATA: this.cloud,
        KAKEHASHI_ENDPOINT: this.cloud,
        KAKEHASHI_PAUSE: '0.05',
        ...env,
      },
    };
    return new Promise((resolve) => {
      execFile(file, args, options, (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1;
        resolve({ code, output: `${stdout}${stderr}` });
      });
    });
  }
}
