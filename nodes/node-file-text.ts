import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../base/package-root';

const texts = new Map<string, string>();

/** The text of a file below `nodes/`, which is read once, when it is asked for. @param path - `files/idle.sh` */
export function nodeFileText(path: string): string {
  const known = texts.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(join(packageRoot(__dirname), 'nodes', path), 'utf8');
  texts.set(path, text);
  return text;
}
