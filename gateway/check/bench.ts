import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { askHost, type HostAnswer, type HostQuestion } from '../../base/ask-program';
import { makeFolder } from '../../base/make-folder';
import type { Processes } from '../../base/process';
import { Masks } from '../../terraform/masks';
import { keysOf, withoutKeys } from '../folder/hidden-keys';
import { absent, type CheckResult } from './result';

/** A scratch folder with copies of a gateway folder's files, without keys, for the programs of this host to check. */
export class CheckBench {
  private readonly masks = new Masks();

  constructor(
    readonly folder: string,
    readonly scratch: string,
    readonly processes: Processes,
  ) {}

  /** The files in one directory of the folder, by name; none where the directory does not exist. */
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

  /** Copies a file into the scratch folder, with each key replaced by another of the same length. @returns the copy's path */
  copy(relative: string, to: string, change = (text: string): string => text): string {
    const text = this.read(relative);
    for (const key of keysOf(text).values()) this.masks.add(key);
    return this.put(to, change(withoutKeys(text)));
  }

  put(to: string, text: string): string {
    const file = path.join(this.scratch, to);
    makeFolder(path.dirname(file), 0o700);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  }

  ask(command: string, args: readonly string[], question: HostQuestion = {}): Promise<HostAnswer> {
    return askHost(this.processes, command, args, { cwd: this.scratch, ...question });
  }

  /** Lines that a program printed, with paths as in the folder and without keys. */
  shown(lines: readonly string[]): readonly string[] {
    return lines.map((line) => this.masks.mask(line.replaceAll(`${this.scratch}/`, '').trim()));
  }
}

/** The result of a program's answer. */
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
  const lines = bench.shown(answer.lines);
  const says = lines.length > 0 ? lines : [`it ended with exit code ${answer.exitCode} and said nothing`];
  return { program, subject, verdict: 'failed', says };
}
