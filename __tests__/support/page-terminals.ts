import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from './catalog-folder';
import { compiledCli } from './compiled';
import { EXAMPLE_CATALOGS, Project } from './project';

/** What a block of commands did. Its output is what a terminal would show: stdout and stderr as they came. */
export interface Shown {
  readonly code: number | null;
  readonly output: string;
}

/**
 * The reader of a page: a project, a terminal whose variables last from block to block, and a second one in which something
 * is left running. `npx kakehashi` is the compiled command.
 */
export class PageTerminals {
  readonly project = new Project({}, EXAMPLE_CATALOGS);
  private readonly own = temporaryFolder();
  private second: ChildProcess | undefined;

  constructor() {
    mkdirSync(path.join(this.own, 'bin'));
    mkdirSync(path.join(this.own, 'home'));
    const npx = path.join(this.own, 'bin/npx');
    writeFileSync(
      npx,
      `#!/bin/sh\n[ "$1" = kakehashi ] || exit 127\nshift\nexec '${process.execPath}' '${compiledCli()}' "$@"\n`,
    );
    chmodSync(npx, 0o755);
    writeFileSync(this.variables, '');
  }

  /** Runs a block to its end, or to its first command that fails. */
  async run(block: string): Promise<Shown> {
    const script = `. '${this.variables}'\ntrap 'export -p | grep -v PWD > ${this.variables}' EXIT\n${block}`;
    const child = this.start(script);
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
  }

  /** Runs a block in the second terminal until {@link interrupt}; what it shows up to a text. */
  async leaveRunning(block: string, until: RegExp): Promise<string> {
    await this.interrupt();
    const child = this.start(block);
    this.second = child;
    let output = '';
    return new Promise((resolve, reject) => {
      child.on('close', () => reject(new Error(`the second terminal has ended: ${output}`)));
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (until.test(output)) resolve(output);
      });
    });
  }

  /** Ctrl-C in the second terminal. */
  async interrupt(): Promise<void> {
    const child = this.second;
    this.second = undefined;
    if (child?.pid === undefined || child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.on('close', resolve));
    process.kill(-child.pid, 'SIGINT');
    await ended;
  }

  private get variables(): string {
    return path.join(this.own, 'variables.sh');
  }

  private start(script: string): ChildProcess {
    const kept = Object.entries(process.env).filter(([name]) => !/^(VAULT|KAKEHASHI|AWS|TF)_/.test(name));
    return spawn('sh', ['-ec', `exec 2>&1\n${script}`], {
      cwd: this.project.folder,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...Object.fromEntries(kept),
        PATH: `${path.join(this.own, 'bin')}${path.delimiter}${process.env.PATH}`,
        HOME: path.join(this.own, 'home'),
        CHECKPOINT_DISABLE: '1',
      },
    });
  }
}
