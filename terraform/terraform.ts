import { rmSync } from 'node:fs';
import path from 'node:path';
import { CommandError } from '../base/errors';
import { Interrupted } from '../base/interrupted';
import type { Processes, RunResult, RunSpec } from '../base/process';
import type { Report } from '../scripts/report/report';
import { atLeast, type Binary } from './binary';
import { errorLine, shortError, wayOut } from './diagnostics';
import { Listener } from './listener';
import type { Diagnostic, Message } from './messages';

/** A Terraform command that failed, with what it said. */
export class TerraformError extends CommandError {
  constructor(
    message: string,
    argv: readonly string[],
    kind: 'spawn-failed' | 'exited' | 'killed',
    exitCode: number | undefined,
    lastLines: readonly string[],
    readonly diagnostics: readonly Diagnostic[],
    /** Lines that mend it, where they are known. */
    readonly mend: readonly string[],
  ) {
    super(message, argv, kind, exitCode, lastLines);
  }
}

export interface PlanOptions {
  readonly destroy: boolean;
  /** Look only at what is there, plan no change. @default false */
  readonly refreshOnly?: boolean;
  /** Further variables of the process: keys that go in. */
  readonly env?: NodeJS.ProcessEnv;
}

/** The Terraform commands that the driver uses, each in one stack's folder. Every line goes to the log. */
export class Terraform {
  private readonly told = new Set<string>();

  constructor(
    readonly binary: Binary,
    private readonly processes: Processes,
    private env: NodeJS.ProcessEnv,
    private readonly report: Report,
  ) {}

  /** Changes what the commands to come get in their environment: credentials that have become known. */
  lend(change: (variables: NodeJS.ProcessEnv) => NodeJS.ProcessEnv): void {
    this.env = change(this.env);
  }

  /** `terraform init`. `-json` exists from Terraform 1.9 on; OpenTofu is asked for text. */
  async init(
    folder: string,
    options: { readonly readonlyLock: boolean; readonly env: NodeJS.ProcessEnv },
  ): Promise<void> {
    const json =
      this.binary.flavor === 'terraform' && atLeast(this.binary.version, 1, 9) ? ['-json'] : ['-no-color'];
    const lock = options.readonlyLock ? ['-lockfile=readonly'] : [];
    await this.stream(folder, ['init', ...json, ...lock], () => undefined, options.env);
  }

  /** `terraform plan` into a file. */
  async plan(
    folder: string,
    file: string,
    options: PlanOptions,
    hear: (message: Message) => void,
  ): Promise<void> {
    const mode = [
      ...(options.destroy ? ['-destroy'] : []),
      ...(options.refreshOnly === true ? ['-refresh-only'] : []),
    ];
    await this.stream(folder, ['plan', '-json', ...mode, `-out=${file}`], hear, options.env);
  }

  /** `terraform show` of a plan: raw JSON with secrets in clear. Only `plan/scrub.ts` may look at it. */
  async show(folder: string, file: string): Promise<string> {
    return this.capture(folder, ['show', '-json', file]);
  }

  /**
   * `terraform apply` of a saved plan. It goes on to its end also when this process is killed, because it prints to a file.
   * That file holds what it prints unmasked: it is removed when all of it is in the log.
   *
   * @param onStart - is given the pid of Terraform as soon as it runs
   */
  async apply(
    folder: string,
    file: string,
    output: { readonly outputFile: string; readonly onStart: (pid: number) => void },
    hear: (message: Message) => void,
  ): Promise<void> {
    await this.stream(folder, ['apply', '-json', file], hear, {}, output);
  }

  /** One output by its name, so that the others, which hold keys, never reach us; undefined where there is none. */
  async output(folder: string, name: string): Promise<unknown> {
    try {
      return JSON.parse(await this.capture(folder, ['output', '-json', '-no-color', name]));
    } catch (error) {
      const absent = /Output "?\w+"? not found|No outputs found|no outputs defined|not found/i;
      if (error instanceof TerraformError && absent.test(error.lastLines.join('\n'))) return undefined;
      throw error;
    }
  }

  /** A listener for the lines of a command in a stack's folder, which shows warnings as the commands themselves do. */
  listener(stack: string, hear: (message: Message) => void): Listener {
    return new Listener((message) => {
      this.tell(stack, message);
      hear(message);
    });
  }

  private async stream(
    folder: string,
    args: readonly string[],
    hear: (message: Message) => void,
    env: NodeJS.ProcessEnv = {},
    output: Pick<RunSpec, 'outputFile' | 'onStart'> = {},
  ): Promise<void> {
    const listener = this.listener(path.basename(folder), hear);
    const result = await this.run(folder, args, { env, onLine: (line) => listener.line(line), ...output });
    if (listener.refused !== undefined) throw listener.refused;
    this.check(folder, args, result, listener.diagnostics, listener.said);
  }

  /** Shows warnings, and messages of a kind that we don't know, each once. */
  private tell(stack: string, message: Message): void {
    const warns = message.type === 'diagnostic' && message.diagnostic.severity === 'warning';
    if (!warns && message.type !== 'unknown') return;
    const text = warns ? `warning: ${errorLine(shortError(message.diagnostic))}` : message.text;
    if (this.told.has(text) || text === '') return;
    this.told.add(text);
    this.report.note(warns ? 'warn' : 'info', `${stack}: ${text}`);
  }

  private async capture(folder: string, args: readonly string[]): Promise<string> {
    const result = await this.run(folder, args, { capture: true });
    this.check(folder, args, result, [], result.lastLines);
    return result.stdout;
  }

  private async run(
    folder: string,
    args: readonly string[],
    options: Pick<RunSpec, 'capture' | 'outputFile' | 'onStart'> & {
      readonly env?: NodeJS.ProcessEnv;
      readonly onLine?: (line: string) => void;
    },
  ): Promise<RunResult> {
    const { log } = this.report;
    const source = `${path.basename(folder)}: terraform ${args[0]}`;
    const started = Date.now();
    log.write(source, `$ ${this.binary.file} ${args.join(' ')}`);
    const result = await this.processes.run({
      ...options,
      command: this.binary.file,
      args,
      cwd: folder,
      env: { ...this.env, ...options.env },
      onLine: (line) => {
        log.write(source, line);
        options.onLine?.(line);
      },
    });
    if (options.outputFile !== undefined) rmSync(options.outputFile, { force: true });
    const end =
      result.kind === 'exited'
        ? `exit ${result.exitCode}`
        : result.kind === 'killed'
          ? result.signal
          : result.code;
    log.write(source, `${end} after ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return result;
  }

  private check(
    folder: string,
    args: readonly string[],
    result: RunResult,
    diagnostics: readonly Diagnostic[],
    said: readonly string[],
  ): void {
    if (result.kind === 'exited' && result.exitCode === 0) return;
    if (this.processes.interrupted) throw new Interrupted();
    const how =
      result.kind === 'exited'
        ? `exit ${result.exitCode}`
        : result.kind === 'killed'
          ? `killed by ${result.signal}`
          : `can't be started: ${result.code}`;
    throw new TerraformError(
      `terraform ${args[0]} failed (${how})`,
      [this.binary.file, ...args],
      result.kind,
      result.kind === 'exited' ? result.exitCode : undefined,
      said.slice(-8).map((line) => this.report.log.masks.mask(line)),
      diagnostics,
      wayOut(
        [...diagnostics, ...said.map((line) => ({ severity: 'error', summary: line, detail: '' }))],
        folder,
      ),
    );
  }
}
