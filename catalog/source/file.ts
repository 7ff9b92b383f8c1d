import { readFileSync, statSync } from 'node:fs';
import { errorCode } from '../../base/error-code';
import type { ProblemList } from '../ground/problem-list';

/** The largest file that is read, in bytes: a thousand networks take a tenth of it. */
const LARGEST_FILE = 8 * 1024 * 1024;

/** The text of a file, or undefined after reporting why it can't be read. */
export function readText(file: string, problems: ProblemList): string | undefined {
  const start = { file, line: 1, column: 1, endColumn: 1 };
  const refuse = (must: string, got?: string, ...fix: readonly string[]): undefined =>
    problems.error('unreadable-file', { path: [], position: start }, { must, got }, ...fix);
  try {
    const stat = statSync(file);
    if (!stat.isFile()) return refuse('must be a file', 'a folder or a device');
    if (stat.size > LARGEST_FILE) {
      return refuse(`must be at most ${LARGEST_FILE} bytes`, String(stat.size));
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return refuse('there is no such file');
    if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
      return refuse('must be UTF-8 text', undefined, 'save it as UTF-8');
    return refuse(`cannot be read (${code ?? 'unknown reason'})`);
  }
}
