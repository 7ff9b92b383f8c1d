import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import path from 'node:path';
import { readIfThere } from '../base/files';
import { makeFolder } from '../base/make-folder';

/** The Terraform of an apply, for a later run that may find it still running. */
export interface JournalTerraform {
  /** The file that it prints to, relative to the project's folder. */
  readonly log: string;
  /** Absent before it was started. */
  readonly pid?: number;
  /** Its start time as `processStart` tells it; absent where the system does not tell. */
  readonly started?: string;
}

/** One line of the journal. */
export interface JournalLine {
  /** Absent in lines of earlier versions, which have no `terraform`. */
  readonly v?: 2;
  readonly at: string;
  /** The run that wrote it. */
  readonly run: string;
  /** `started`, `applied` or `failed`; a newer version may know more. */
  readonly event: string;
  readonly stack: string;
  /** SHA-256 of the plan file. */
  readonly plan: string;
  readonly terraform?: JournalTerraform;
  /** The addresses of what the plan creates. Absent in lines of earlier versions. */
  readonly creates?: readonly string[];
  /** The ids of what bore the tags of those before. Absent where it was not asked. */
  readonly before?: readonly string[];
  /** Of a failure: what the cloud refused to create because it is there, where the refusal names its id. */
  readonly refused?: readonly RefusedCreation[];
  /** Of a success: the commit of the project. Absent where it is in no repository, and in lines of earlier versions. */
  readonly commit?: string;
}

/** What a line notes beside its apply. */
export type JournalNotes = Pick<JournalLine, 'creates' | 'before' | 'refused' | 'commit'>;

/** An object that is there already, by the id in a refusal. */
export interface RefusedCreation {
  readonly address: string;
  readonly id: string;
}

/** The applies of a stack since the last one that succeeded. */
export interface UnsuccessfulApplies {
  /** When the last of them was begun, or failed. */
  readonly at: string;
  /** The addresses of what they were to create; undefined where a line does not tell. */
  readonly creates: ReadonlySet<string> | undefined;
  /** The ids of what bore their tags before the first of them: what bears them since may be theirs. */
  readonly before: readonly string[];
  readonly refused: readonly RefusedCreation[];
}

/**
 * What was begun to be applied, ever, in one environment's folder.
 *
 * Terraform refuses a saved plan that was applied already, because the state has moved on; but not one whose apply was
 * killed before the first state was written: it would create everything twice. So a plan is written
 * down here, synced, before its apply is started, and is never used again. A second `started` line, with the pid, follows
 * as soon as Terraform runs: it goes on when the driver is killed, and the next run looks for it.
 */
export class Journal {
  private readonly lines: JournalLine[];
  /** What ends a line that was left half written, so that the next one is a line of its own. */
  private separator: string;
  private readonly run = `${new Date().toISOString()}-${process.pid}`;

  constructor(private readonly file: string) {
    const text = readIfThere(file) ?? '';
    this.lines = text.split('\n').flatMap(parseLine);
    this.separator = text === '' || text.endsWith('\n') ? '' : '\n';
  }

  /** Whether an apply of this plan was begun, by whatever run. */
  wasStarted(plan: string): boolean {
    return this.lines.some((line) => line.plan === plan);
  }

  /** The last lines of applies that were begun and whose end was never noted: the driver was killed. */
  get open(): readonly JournalLine[] {
    const last = new Map(this.lines.map((line) => [line.stack, line]));
    return [...last.values()].filter(({ event }) => event === 'started');
  }

  /** The stacks of those applies. */
  get unfinished(): readonly string[] {
    return this.open.map(({ stack }) => stack);
  }

  /** What was begun since a stack was applied with success, where anything was: what that made may be in no state. */
  unsuccessful(stack: string): UnsuccessfulApplies | undefined {
    const own = this.lines.filter((line) => line.stack === stack);
    const since = own.slice(own.findLastIndex(({ event }) => event === 'applied') + 1);
    const last = since.at(-1);
    if (last === undefined) return undefined;
    const begun = since.filter(({ event }) => event === 'started');
    const creates = begun.every((line) => line.creates !== undefined)
      ? new Set(begun.flatMap((line) => line.creates ?? []))
      : undefined;
    const before = begun[0]?.before ?? [];
    return { at: last.at, creates, before, refused: since.flatMap(({ refused = [] }) => refused) };
  }

  /** When a stack was applied last, with success. */
  appliedAt(stack: string): string | undefined {
    return this.lastApplied(stack)?.at;
  }

  /** The line of a stack's last apply with success: when it was, and of which commit. */
  lastApplied(stack: string): Pick<JournalLine, 'at' | 'commit'> | undefined {
    return this.lines.findLast((line) => line.stack === stack && line.event === 'applied');
  }

  /** Writes a line, and returns when it is on the disk. */
  record(
    event: 'started' | 'applied' | 'failed',
    stack: string,
    plan: string,
    terraform: JournalTerraform,
    more: JournalNotes = {},
  ): void {
    const at = new Date().toISOString();
    const line: JournalLine = { v: 2, at, run: this.run, event, stack, plan, terraform, ...more };
    makeFolder(path.dirname(this.file));
    const handle = openSync(this.file, 'a', 0o600);
    try {
      writeSync(handle, `${this.separator}${JSON.stringify(line)}\n`);
      fsyncSync(handle);
      this.separator = '';
    } finally {
      closeSync(handle);
    }
    this.lines.push(line);
  }
}

/** A line that was left half written is none. */
function parseLine(text: string): readonly JournalLine[] {
  const line = parseRecord(text);
  if (line === undefined || !isLine(line)) return [];
  const { terraform, creates, before, refused, commit, ...rest } = line;
  return [
    {
      ...rest,
      ...(isTerraform(terraform) ? { terraform } : {}),
      ...(isTexts(creates) ? { creates } : {}),
      ...(isTexts(before) ? { before } : {}),
      ...(isRefusals(refused) ? { refused } : {}),
      ...(typeof commit === 'string' ? { commit } : {}),
    },
  ];
}

function parseRecord(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = text === '' ? undefined : JSON.parse(text);
    // A stack was called a unit before.
    return isRecord(value) ? { ...value, stack: value.stack ?? value.unit } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a line tells which plan was begun: a plan must not be applied twice because the rest can't be read. */
function isLine(
  line: Readonly<Record<string, unknown>>,
): line is Omit<JournalLine, 'terraform' | keyof JournalNotes> &
  Readonly<Partial<Record<'terraform' | keyof JournalNotes, unknown>>> {
  const { at, run, event, stack, plan } = line;
  const texts = [at, run, event, stack, plan];
  return texts.every((text) => typeof text === 'string') && !Number.isNaN(Date.parse(String(at)));
}

function isTerraform(value: unknown): value is JournalTerraform {
  if (!isRecord(value)) return false;
  const { log, pid, started } = value;
  const isPid = typeof pid === 'number' && Number.isInteger(pid) && pid > 0;
  return (
    typeof log === 'string' &&
    (pid === undefined || isPid) &&
    (started === undefined || typeof started === 'string')
  );
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isRefusals(value: unknown): value is readonly RefusedCreation[] {
  return (
    Array.isArray(value) &&
    value.every((one) => isRecord(one) && typeof one.address === 'string' && typeof one.id === 'string')
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
