import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { askHost, type HostAnswer, type HostQuestion } from '../../base/ask-program';
import type { Processes } from '../../base/process';
import { Masks } from '../../terraform/masks';
import { keysOf, withoutKeys } from '../folder/hidden-keys';
import type { CheckResult } from './check-folder';

/** Where a folder's files are put to a host's programs: copies without keys, in a scratch folder. */
export class CheckBench {
  private readonly masks = new Masks();

  constructor(
    readonly folder: string,
    readonly scratch: string,
    readonly processes: Processes,
  ) {}

  /** The folder's files in one of its directories, by name; none where it is not there. */
  list(directory: string, ending = ''): readonly string[] {
    try {
      const entries = readdirSync(path.join(this.folder, directory), { withFileTypes: true });
      return entries
        .filter((entry) => entry.isFile() && entry.name.endsWith(ending) && !entry.name.startsWith('.'))
        .map((entry) => `${directory}/${entry.name}`)
        .sort();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  read(relative: string): string {
    return readFileSync(path.join(this.folder, relative), 'utf8');
  }

  /** Copies a file to a place of the scratch folder, each key replaced by another. @returns the copy, and its text */
  copy(relative: string, to: string, change = (text: string): string => text): string {
    const text = this.read(relative);
    for (const key of keysOf(text).values()) this.masks.add(key);
    return this.put(to, change(withoutKeys(text)));
  }

  put(to: string, text: string): string {
    const file = path.join(this.scratch, to);
    mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  }

  ask(command: string, args: readonly string[], question: HostQuestion = {}): Promise<HostAnswer> {
    return askHost(this.processes, command, args, { cwd: this.scratch, ...question });
  }

  /** What a program said, with the folder's own names and without keys. */
  words(lines: readonly string[]): readonly string[] {
    return lines.map((line) => this.masks.mask(line.replaceAll(`${this.scratch}/`, '').trim()));
  }
}

/** A result from an answer: silence and absence are said the same way for all programs. */
export function resultOf(
  bench: CheckBench,
  program: string,
  subject: string,
  answer: HostAnswer,
  isGood: (answer: HostAnswer) => boolean = ({ exitCode }) => exitCode === 0,
): CheckResult {
  if (answer.kind === 'absent')
    return absent(program, subject, `${program.split(' ')[0]} is not installed here`);
  if (answer.kind === 'silent') {
    return { program, subject, verdict: 'failed', says: ['it did not answer in time and was ended'] };
  }
  if (isGood(answer)) return { program, subject, verdict: 'passed', says: [] };
  const words = bench.words(answer.lines);
  const says = words.length > 0 ? words : [`it ended with exit code ${answer.exitCode} and said nothing`];
  return { program, subject, verdict: 'failed', says };
}

/** A result that says why there is none. */
export function absent(program: string, subject: string, ...says: readonly string[]): CheckResult {
  return { program, subject, verdict: 'absent', says };
}

/**
 * What another major version than the gateway's says: that it takes a file is something; that it refuses one is no reason
 * to think that the gateway's own would.
 */
export function byOtherVersion(result: CheckResult, note: string | undefined): CheckResult {
  if (note === undefined || result.verdict === 'absent') return result;
  return {
    ...result,
    verdict: result.verdict === 'passed' ? 'passed' : 'absent',
    says: [note, ...result.says],
  };
}

/** The note, where the versions differ. @param full - what is installed: `5.2` */
export function versionNote(daemon: string, full: string, wanted: number): string | undefined {
  if (Number.parseInt(full, 10) === wanted) return undefined;
  return `${daemon} ${full} is installed here, the gateway has ${wanted}: checked by another version`;
}
