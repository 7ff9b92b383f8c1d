import { readFileSync } from 'node:fs';
import path from 'node:path';
import { folderEntry } from './entry';

/** The text at a path of a rendered folder, for a comparison. Where there is none to compare, `says` has the reason. */
export type FolderText =
  | { readonly kind: 'absent' }
  | { readonly kind: 'file'; readonly mode: number; readonly text: string }
  | {
      readonly kind: 'file' | 'obstacle';
      readonly mode?: number;
      readonly text?: undefined;
      readonly says: string;
    };

/** A larger file was not written by us, and nobody would read its diff. */
const LARGEST_BYTES = 1 << 20;

/** Reads the text at a path. Never throws because of what exists there. */
export function folderText(folder: string, relative: string): FolderText {
  const entry = folderEntry(folder, relative);
  if (entry.kind === 'absent') return entry;
  if (entry.kind === 'obstacle')
    return { kind: 'obstacle', says: `${entry.at} is ${entry.what}: nothing is written there` };
  const { mode, size } = entry;
  const unlike = (says: string): FolderText => ({ kind: 'file', mode, says });
  if (size > LARGEST_BYTES) return unlike(`${size} bytes are there: too large to compare`);
  try {
    const bytes = readFileSync(path.join(folder, relative));
    const text = bytes.toString('utf8');
    const isText = !bytes.includes(0) && Buffer.from(text).equals(bytes);
    return isText ? { kind: 'file', mode, text } : unlike(`${size} bytes are there that are no text`);
  } catch (error) {
    return unlike(`what is there can't be read (${(error as NodeJS.ErrnoException).code})`);
  }
}
