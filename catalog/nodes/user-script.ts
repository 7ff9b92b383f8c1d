import path from 'node:path';
import type { ProblemList } from '../ground/problem-list';
import { readText } from '../source/file';
import type { Place } from '../source/place';

/** The longest script, in bytes before Base64: 93 KiB, VCP's limit (docs/reference/vcp.md). */
export const MOST_SCRIPT_BYTES = 95_232;

/**
 * Reads `user_init_command`: a script, or `{ file }` for one in the folder of catalogs.
 *
 * @param place - of the key
 * @param given - the script, or the file that the catalog names
 */
export function readUserScript(
  place: Place,
  given: string | { readonly file?: string },
  problems: ProblemList,
): string | undefined {
  if (typeof given === 'string') return checkScript(place, given, problems);
  const file = place.below('file');
  if (given.file === undefined) {
    if (file.node === undefined)
      problems.error(
        'missing-key',
        place.keyAt(),
        'key "file" is missing: the script',
        'write file: init.sh',
      );
    return undefined;
  }
  const beside = path.join(path.dirname(file.at().position?.file ?? ''), given.file);
  const script = readText(beside, problems);
  return script === undefined ? undefined : checkScript(file, script, problems);
}

function checkScript(place: Place, script: string, problems: ProblemList): string | undefined {
  const bytes = Buffer.byteLength(script);
  if (bytes > MOST_SCRIPT_BYTES) {
    const statement = { must: `must have at most ${MOST_SCRIPT_BYTES} bytes (93 KiB)`, got: `${bytes}` };
    return problems.error('too-much', place.at(), statement, 'fetch what is large from within the script');
  }
  if (script.includes('\r\n')) {
    const message = 'has line ends of Windows, with which its first line names no program';
    return problems.error('bad-value', place.at(), message, 'save it with line ends of Unix');
  }
  if (/^#!\s*\/\S/.test(script)) return script;
  const message = 'must begin with a shebang, the program that runs it';
  return problems.error('bad-value', place.at(), message, 'write #!/bin/sh as its first line');
}
