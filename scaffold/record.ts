import { digestOf } from '../base/files';
import { compareTexts } from '../base/text/compare-texts';
import { jsonText } from './json-text';
import type { Written } from './ownership';
import { type Answers, isSetKey } from './set-keys';

/** Where a project says what `init` wrote. It is committed with the files. */
export const RECORD_PATH = '.kakehashi/init.json';

/** The systems whose pipelines `init` writes. */
export const CI_SYSTEMS = ['github', 'gitlab'] as const;
export type CiSystem = (typeof CI_SYSTEMS)[number];

/** What an `init` was asked and what it wrote. */
export interface InitRecord {
  readonly answers: Answers;
  readonly ci?: CiSystem;
  readonly cdktn: boolean;
  /** Whether the first catalog is a controller's. */
  readonly taken: boolean;
  readonly files: Written;
}

/** The digest of a file's text. Git may have changed its line ends. */
export function textDigest(text: string): string {
  return digestOf(text.replaceAll('\r\n', '\n'));
}

export function recordText({ answers, ci, cdktn, taken, files }: InitRecord, version: string): string {
  const sorted = (map: Readonly<Record<string, string | undefined>>) =>
    Object.fromEntries(Object.entries(map).sort(([a], [b]) => compareTexts(a, b)));
  return jsonText({
    comment: 'Written by kakehashi init: its answers, and the SHA-256 of each file that it wrote. Commit it.',
    version: 1,
    kakehashi: version,
    answers: sorted(answers),
    ...(ci === undefined ? {} : { ci }),
    ...(cdktn ? { cdktn } : {}),
    ...(taken ? { taken } : {}),
    files: sorted(files),
  });
}

/** Reads a record; a text where it can't be used says why. */
export function readRecord(text: string): InitRecord | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'is no JSON';
  }
  if (!isMap(value) || value.version !== 1) return 'is of another version of kakehashi';
  const { answers, ci, cdktn, taken, files } = value;
  if (!isTexts(answers) || !isTexts(files)) return 'has no answers and files';
  const system = CI_SYSTEMS.find((known) => known === ci);
  return {
    answers: Object.fromEntries(Object.entries(answers).filter(([key]) => isSetKey(key))),
    ...(system === undefined ? {} : { ci: system }),
    cdktn: cdktn === true,
    taken: taken === true,
    files,
  };
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is Readonly<Record<string, string>> {
  return isMap(value) && Object.values(value).every((one) => typeof one === 'string');
}
