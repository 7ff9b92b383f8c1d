import { counted } from '../../base/text/counted';
import { visibleText } from '../../base/visible-text';
import { Masks } from '../../terraform/masks';
import type { HostFile } from '../host/host-file';
import { folderFailure } from './entry';
import { hideSecretsFile, hideStrayKeys, keysOf } from './hidden-keys';
import { readManifest } from './manifest';
import { type FolderText, folderText } from './text';

/** One file of a gateway folder that would change. */
export interface FolderChange {
  /** The path relative to the folder. */
  readonly path: string;
  /** `mode`: only the file's mode changes. */
  readonly kind: 'added' | 'removed' | 'changed' | 'mode';
  /** A unified diff with every key replaced, or lines with the reason why there is none. */
  readonly patch: string;
}

/**
 * What {@link writeFolder} would change in the folder, sorted by path. Files that are not ours are left out. The result contains
 * no key, neither one that would be written nor one that is on the disk.
 *
 * @throws {@link Failure} when the folder can't be read
 */
export function diffFolder(folder: string, files: readonly HostFile[]): readonly FolderChange[] {
  try {
    return compare(folder, files);
  } catch (error) {
    throw folderFailure(folder, error, 'readable');
  }
}

function compare(folder: string, files: readonly HostFile[]): readonly FolderChange[] {
  const wanted = new Map(files.map((file) => [file.path, file]));
  const paths = [...new Set([...readManifest(folder), ...wanted.keys()])].sort();
  const pairs = paths.map(
    (relative): Pair => ({
      path: relative,
      found: folderText(folder, relative),
      file: wanted.get(relative),
    }),
  );
  const masks = keysIn(pairs.filter(isSecret));
  // The masks hide a key that is where none should be, for instance in a comment of another file.
  return pairs.flatMap(changeOf).map((change) => ({ ...change, patch: masks.mask(change.patch) }));
}

/** The changes for the screen: a line for each file, then the diffs of changed files. */
export function formatChanges(changes: readonly FolderChange[]): string {
  if (changes.length === 0) return 'nothing changes';
  const width = Math.max(...changes.map((change) => change.path.length));
  const lines = changes.map(
    (change) => `  ${SIGNS[change.kind]} ${change.path.padEnd(width)}  ${about(change)}`,
  );
  const patches = changes.filter(({ kind }) => kind === 'changed').map(({ patch }) => patch.trimEnd());
  return [lines.join('\n'), ...patches].join('\n\n');
}

const SIGNS = { added: '+', removed: '-', changed: '~', mode: '~' } as const;

function about({ kind, patch }: FolderChange): string {
  const count = (sign: string): number =>
    patch.split('\n').filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3))).length;
  if (kind === 'added') return `new, ${counted(count('+'), 'line')}`;
  if (kind === 'removed') return 'no longer needed';
  return kind === 'mode' ? patch.trimEnd() : `+${count('+')} -${count('-')}`;
}

interface Pair {
  readonly path: string;
  readonly found: FolderText;
  readonly file: HostFile | undefined;
}

/** Whether a file holds secrets, by the mode that it will have. A file that is removed is judged by its present mode and its name. */
function isSecret({ path: relative, found, file }: Pair): boolean {
  if (file) return (file.mode & 0o077) === 0;
  return (
    (found.kind === 'file' && ((found.mode ?? 0) & 0o077) === 0) ||
    /(\.secrets|-secrets\.conf|\.template)$/.test(relative)
  );
}

function keysIn(pairs: readonly Pair[]): Masks {
  const masks = new Masks();
  const texts = pairs.flatMap(({ found, file }) => [
    found.kind === 'file' ? found.text : undefined,
    file?.text,
  ]);
  for (const text of texts) for (const key of keysOf(text ?? '').values()) masks.add(key);
  return masks;
}

function changeOf(pair: Pair): FolderChange[] {
  const { path: relative, found, file } = pair;
  if (found.kind === 'absent') {
    return file ? [{ path: relative, kind: 'added', patch: patchOf(pair, '', file.text) }] : [];
  }
  const kind = file ? 'changed' : 'removed';
  if (found.text === undefined) return [{ path: relative, kind, patch: `${visibleText(found.says)}\n` }];
  if (!file) return [{ path: relative, kind, patch: patchOf(pair, found.text, '') }];
  const mode = found.mode === file.mode ? '' : `mode ${found.mode.toString(8)} -> ${file.mode.toString(8)}\n`;
  if (found.text !== file.text)
    return [{ path: relative, kind, patch: mode + patchOf(pair, found.text, file.text) }];
  return mode === '' ? [] : [{ path: relative, kind: 'mode', patch: mode }];
}

function patchOf(pair: Pair, before: string, after: string): string {
  // This package is loaded only where something is compared.
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = require('diff') as typeof import('diff');
  const shown = isSecret(pair)
    ? hideSecretsFile(before, after)
    : { before: hideStrayKeys(before), after: hideStrayKeys(after) };
  const from = pair.found.kind === 'absent' ? '/dev/null' : pair.path;
  const to = pair.file ? pair.path : '/dev/null';
  if (shown.before === shown.after) return `--- ${from}\n+++ ${to}\nonly what is not shown changes\n`;
  const patch = createTwoFilesPatch(from, to, shown.before, shown.after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  });
  return visibleText(patch);
}
