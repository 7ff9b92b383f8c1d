import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli } from '../support/compiled';
import type { Outcome } from '../support/scripted-terraform';
import type { TestServer } from './servers';

/** A program in a terminal of its own: as much of the module as is used here, whose types are for another name. */
interface Terminal {
  write(text: string): void;
  onData(hear: (text: string) => void): unknown;
  onExit(hear: (end: { readonly exitCode: number }) => void): unknown;
}

const { spawn: spawnInTerminal } = require('@cdktf/node-pty-prebuilt-multiarch') as {
  readonly spawn: (program: string, args: readonly string[], options: object) => Terminal;
};

export interface CliOptions {
  /** What stdin holds. @default - nothing */
  readonly input?: string | Buffer;
  readonly env?: Readonly<Record<string, string>>;
  /** Where stdout goes instead of into the outcome: a file descriptor. */
  readonly stdout?: number;
}

/** A user's project with the compiled command, and a server that it works on. */
export class VaultProject {
  readonly folder = temporaryFolder();
  /** Command lines of the program, read from /proc while it ran. */
  readonly commandLines: string[] = [];

  constructor(private readonly server: TestServer) {
    mkdirSync(path.join(this.folder, 'home'));
  }

  write(name: string, text: string): void {
    const file = path.join(this.folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Writes `catalog/<environment>.yml` with this section `vault`; its address is the server's. */
  catalog(environment: string, vault: object): void {
    const { address, caFile } = this.server;
    const section = { address, ...(caFile === undefined ? {} : { ca_file: caFile }), ...vault };
    this.write(`catalog/${environment}.yml`, `cci_version: '1.0'\nvault: ${JSON.stringify(section)}\n`);
  }

  /** Runs `kakehashi …` with the server's root token, unless `env` says otherwise. */
  run(args: readonly string[], options: CliOptions = {}): Promise<Outcome> {
    const { input = '', env = {}, stdout: file } = options;
    const child = spawn(process.execPath, [compiledCli(), ...args], {
      cwd: this.folder,
      env: { ...this.environment, ...env },
      stdio: ['pipe', file ?? 'pipe', 'pipe'],
    });
    const watch = setInterval(() => this.look(child.pid), 5);
    let [stdout, stderr] = ['', ''];
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
    return new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        clearInterval(watch);
        resolve({ code, stdout, stderr });
      });
    });
  }

  /**
   * Runs a program in a terminal and types: each answer when its question has appeared.
   *
   * @param answers - question and what is typed then
   */
  type(
    command: readonly [string, ...string[]],
    answers: readonly (readonly [RegExp, string])[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<{ readonly code: number; readonly screen: string }> {
    const [program, ...args] = command;
    const terminal = spawnInTerminal(program, args, {
      cols: 200,
      rows: 24,
      cwd: this.folder,
      env: { ...this.environment, CI: '', TERM: 'xterm', ...env },
    });
    const left = [...answers];
    let screen = '';
    return new Promise((resolve) => {
      terminal.onData((text) => {
        screen += text;
        const [question, typed] = left[0] ?? [];
        if (question?.test(screen)) {
          left.shift();
          terminal.write(typed ?? '');
        }
      });
      terminal.onExit(({ exitCode }) => resolve({ code: exitCode, screen }));
    });
  }

  private get environment(): NodeJS.ProcessEnv {
    const kept = Object.entries(process.env).filter(([name]) => !/^(VAULT_|KAKEHASHI_)/.test(name));
    const { address, rootToken, caFile } = this.server;
    return {
      ...Object.fromEntries(kept),
      HOME: path.join(this.folder, 'home'),
      VAULT_ADDR: address,
      VAULT_TOKEN: rootToken,
      ...(caFile === undefined ? {} : { VAULT_CACERT: caFile }),
    };
  }

  private look(pid: number | undefined): void {
    try {
      this.commandLines.push(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    } catch {
      // It has ended, or this machine has no /proc.
    }
  }
}

/** The program in a terminal, for {@link VaultProject.type}. */
export function inTerminal(...args: readonly string[]): [string, ...string[]] {
  return [process.execPath, compiledCli(), ...args];
}
