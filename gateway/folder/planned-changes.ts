import { visibleText } from '../../base/visible-text';
import type { PlannedFile } from '../host/host-file';
import type { FolderChange } from './diff';
import { hideSecretsFile } from './hidden-keys';
import { readManifest } from './manifest';
import { folderText } from './text';

/**
 * What changes in a host's files from one rendering to another, sorted by path. Neither has a key in it: a hidden one stands
 * for each.
 */
export function plannedChanges(
  before: readonly PlannedFile[],
  after: readonly PlannedFile[],
): readonly FolderChange[] {
  const old = new Map(before.map((file) => [file.path, file]));
  const wanted = new Map(after.map((file) => [file.path, file]));
  const paths = [...new Set([...old.keys(), ...wanted.keys()])].sort();
  return paths.flatMap((path): FolderChange[] => {
    const [from, to] = [old.get(path), wanted.get(path)];
    if (from?.text === to?.text && from?.mode === to?.mode) return [];
    if (from !== undefined && to !== undefined && from.text === to.text)
      return [{ path, kind: 'mode', patch: `mode ${from.mode.toString(8)} -> ${to.mode.toString(8)}\n` }];
    const kind = from === undefined ? 'added' : to === undefined ? 'removed' : 'changed';
    return [{ path, kind, patch: patchOf(path, from?.text, to?.text) }];
  });
}

function patchOf(path: string, before: string | undefined, after: string | undefined): string {
  // This package is loaded only where something is compared.
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = require('diff') as typeof import('diff');
  const [from, to] = [before === undefined ? '/dev/null' : path, after === undefined ? '/dev/null' : path];
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  return visibleText(createTwoFilesPatch(from, to, before ?? '', after ?? '', undefined, undefined, options));
}

/**
 * The paths of a folder on this disk whose files are not as they should be, sorted. Keys are not compared, because nobody
 * has read them.
 *
 * @throws Failure where the folder can't be read
 */
export function unlikeFolder(
  folder: string,
  files: readonly PlannedFile[],
): readonly Pick<FolderChange, 'path' | 'kind'>[] {
  const wanted = new Map(files.map((file) => [file.path, file]));
  const paths = [...new Set([...readManifest(folder), ...wanted.keys()])].sort();
  return paths.flatMap((path): Pick<FolderChange, 'path' | 'kind'>[] => {
    const [found, file] = [folderText(folder, path), wanted.get(path)];
    if (file === undefined) return found.kind === 'absent' ? [] : [{ path, kind: 'removed' }];
    if (found.kind === 'absent') return [{ path, kind: 'added' }];
    const isSecret = (file.mode & 0o077) === 0;
    const same = found.text !== undefined && hidden(found.text, file.text) === hidden(file.text, file.text);
    if (!(isSecret ? same : found.text === file.text)) return [{ path, kind: 'changed' }];
    return found.mode === file.mode ? [] : [{ path, kind: 'mode' }];
  });
}

function hidden(text: string, rendered: string): string {
  return hideSecretsFile(text, rendered).before;
}
