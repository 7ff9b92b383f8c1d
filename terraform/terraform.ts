import { rmSync } from 'node:fs';
import path from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { CommandError } from '../base/errors';
import { Interrupted } from '../base/interrupted';
import type { Processes, RunResult, RunSpec } from '../base/process';
import { type Binary, initFormat } from './binary';
import { errorLine, shortError } from './diagnostics';
import type { TerraformListener } from './listener';
import { MessageReader } from './message-reader';
import type { Diagnostic, Message } from './messages';
import { remediesFor } from './remedies';

/** A Terraform command that failed, with the diagnostics that it printed. */
export class TerraformError extends CommandError {
  constructor(
    message: string,
    argv: readonly string[],
    kind: 'spawn-failed' | 'exited' | 'killed',
    exitCode: number | undefined,
    /** The diagnostics, a line each; without any, what the command printed about its error. */
    lastLines: readonly string[],
    readonly diagnostics: readonly Diagnostic[],
    remedies: readonly string[],
  ) {
    super(message, argv, kind, exitCode, lastLines, remedies);
  }
}

export interface PlanOptions {
  readonly destroy: boolean;
  /** Reads what exists and plans no change of it. @default false */
  readonly refreshOnly?: boolean;
  /** Whether the state is locked meanwhile: whoever only reads may not be allowed to. @default true */
  readonly lock?: boolean;
  /** Addresses of resource instances that are replaced whatever the configuration says. @default - none */
  readonly replace?: readonly string[];
  /** Shows no warnings: the caller tells those of the plan that it keeps. @default false */
  readonly quiet?: boolean;
  /** Further variables of the process, for instance keys that the configuration takes. @default - none */
  readonly env?: NodeJS.ProcessEnv;
  /** How many resources are worked on at once. @default - Terraform's own number, 10 */
  readonly parallelism?: number;
}

/** The Terraform commands that the driver uses. Each runs in one stack's folder, and the log gets every line of it. */
export class Terraform {
  private readonly shown = new Set<string>();

  constructor(
    readonly binary: Binary,
    private readonly processes: Processes,
    private env: NodeJS.ProcessEnv,
    private readonly listener: TerraformListener,
  ) {}

  /** Adds credentials to the environment of all later commands. */
  useCredentials(change: (variables: NodeJS.ProcessEnv) => NodeJS.ProcessEnv): void {
    this.env = change(this.env);
  }

  /** Runs `terraform init`. */
  async init(
    folder: string,
    options: { readonly readonlyLock: boolean; readonly env: NodeJS.ProcessEnv },
  ): Promise<void> {
    const lock = options.readonlyLock ? ['-lockfile=readonly'] : [];
    await this.stream(folder, ['init', initFormat(this.binary), ...lock], () => undefined, options.env);
  }

  /** Runs `terraform plan`, which saves the plan in a file. */
  async plan(
    folder: string,
    file: string,
    options: PlanOptions,
    onMessage: (message: Message) => void,
  ): Promise<void> {
    const mode = [
      ...(options.destroy ? ['-destroy'] : []),
      ...(options.refreshOnly === true ? ['-refresh-only'] : []),
      ...(options.lock === false ? ['-lock=false'] : []),
      ...(options.replace ?? []).map((address) => `-replace=${address}`),
      ...parallelismOf(options),
    ];
    const args = ['plan', '-json', ...mode, `-out=${file}`];
    await this.stream(folder, args, onMessage, options.env, {}, options.quiet);
  }

  /** Returns `terraform show` of a plan: raw JSON with secrets in clear text, which only `plan/scrub.ts` may read. */
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
    options: {
      readonly outputFile: string;
      readonly onStart: (pid: number) => void;
      readonly parallelism?: number;
    },
    onMessage: (message: Message) => void,
  ): Promise<void> {
    const { outputFile, onStart } = options;
    const args = ['apply', '-json', ...parallelismOf(options), file];
    await this.stream(folder, args, onMessage, {}, { outputFile, onStart });
  }

  /** Reads one output by name, so that the others, which hold keys, never reach this process. Undefined where there is none. */
  async output(folder: string, name: string): Promise<unknown> {
    try {
      return JSON.parse(await this.capture(folder, ['output', '-json', '-no-color', name]));
    } catch (error) {
      const absent = /Output "?\w+"? not found|No outputs found|no outputs defined|not found/i;
      if (error instanceof TerraformError && absent.test(error.lastLines.join('\n'))) return undefined;
      throw error;
    }
  }

  /** The state of a folder that is initialised, as text with secrets in clear; empty where there is none. */
  async pullState(folder: string): Promise<string> {
    return this.capture(folder, ['state', 'pull']);
  }

  /**
   * Writes a state from a file. Terraform locks it meanwhile, and refuses one whose serial is not newer, or whose lineage is
   * another.
   */
  async pushState(folder: string, file: string): Promise<void> {
    await this.capture(folder, ['state', 'push', file]);
  }

  /** Takes an existing object into the state, under an address of the configuration. */
  async import(folder: string, address: string, id: string, env: NodeJS.ProcessEnv): Promise<void> {
    const args = ['import', '-input=false', '-no-color', address, id];
    const result = await this.run(folder, args, { env, capture: true });
    this.check(folder, args, result, [], result.lastLines);
  }

  /** A reader for the lines of a command in a stack's folder, which shows warnings as the commands themselves do. */
  reader(stack: string, onMessage: (message: Message) => void): MessageReader {
    return new MessageReader((message) => {
      this.showOnce(stack, message);
      onMessage(message);
    });
  }

  /** Shows the warnings of a quiet plan. */
  tell(stack: string, messages: readonly Message[]): void {
    for (const message of messages) this.showOnce(stack, message);
  }

  private async stream(
    folder: string,
    args: readonly string[],
    onMessage: (message: Message) => void,
    env: NodeJS.ProcessEnv = {},
    output: Pick<RunSpec, 'outputFile' | 'onStart'> = {},
    quiet = false,
  ): Promise<void> {
    const reader = quiet ? new MessageReader(onMessage) : this.reader(path.basename(folder), onMessage);
    const result = await this.run(folder, args, { env, onLine: (line) => reader.line(line), ...output });
    if (reader.refused !== undefined) throw reader.refused;
    this.check(folder, args, result, reader.diagnostics, reader.printed);
  }

  /** Shows warnings, and messages of an unknown type, each of them once. */
  private showOnce(stack: string, message: Message): void {
    const warns = message.type === 'diagnostic' && message.diagnostic.severity === 'warning';
    if (!warns && message.type !== 'unknown') return;
    const text = warns ? `warning: ${errorLine(shortError(message.diagnostic))}` : message.text;
    if (this.shown.has(text) || text === '') return;
    this.shown.add(text);
    this.listener.note(warns ? 'warn' : 'info', `${stack}: ${text}`);
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
    const { log } = this.listener;
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
    printed: readonly string[],
  ): void {
    if (result.kind === 'exited' && result.exitCode === 0) return;
    if (this.processes.interrupted) throw new Interrupted();
    const how =
      result.kind === 'exited'
        ? `exit ${result.exitCode}`
        : result.kind === 'killed'
          ? `killed by ${result.signal}`
          : `can't be started: ${result.code}`;
    const said = causeOf(printed);
    const lines =
      diagnostics.length > 0
        ? diagnostics.map((one) => errorLine(shortError(one)))
        : said.slice(0, SHOWN_LINES);
    throw new TerraformError(
      `terraform ${nameOf(args)} failed (${how})`,
      [this.binary.file, ...args],
      result.kind,
      result.kind === 'exited' ? result.exitCode : undefined,
      lines.map((line) => this.listener.log.masks.mask(line)),
      diagnostics,
      remediesFor(
        [...diagnostics, { severity: 'error', summary: said[0] ?? '', detail: said.slice(1).join('\n') }],
        folder,
      ),
    );
  }
}

/** `plan`, `state push`. */
function nameOf([command = '', sub = '']: readonly string[]): string {
  return command === 'state' ? `${command} ${sub}` : command;
}

/** The most lines that are shown of what a command printed. */
const SHOWN_LINES = 8;

/** What a command for people printed about its error: from the line that begins it, else the end; without colours and frames. */
function causeOf(printed: readonly string[]): readonly string[] {
  const lines = printed
    .map((line) => stripVTControlCharacters(line).replace(/^[╷│╵] ?/, ''))
    .filter((line) => line.trim() !== '');
  const first = lines.findIndex((line) => line.startsWith('Error: '));
  return lines.slice(first === -1 ? -SHOWN_LINES : first);
}

function parallelismOf({ parallelism }: Pick<PlanOptions, 'parallelism'>): readonly string[] {
  return parallelism === undefined ? [] : [`-parallelism=${parallelism}`];
}
