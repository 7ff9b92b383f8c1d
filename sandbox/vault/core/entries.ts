import type { Answer } from '../request/exchange';
import { notFound } from '../request/exchange';
import type { VaultStore } from '../store/vault-store';

/**
 * The answer to LIST: the keys directly below a folder. Those of folders end in a slash.
 *
 * @throws {@link VaultError} 404 if there is none
 */
export function listed(paths: readonly string[], folder: string): Answer {
  const keys = paths
    .filter((path) => path.startsWith(folder))
    .map((path) => path.slice(folder.length).match(/^[^/]*\/?/)?.[0] ?? '')
    .filter((key) => key !== '');
  if (keys.length === 0) throw notFound();
  return { data: { keys: [...new Set(keys)].sort() } };
}

/** The answer to OpenBao's SCAN: the keys at all levels below a folder. Those of a level come first, then the folders in it, the last one first. */
export function scanned(paths: readonly string[], folder: string): Answer {
  const keys = paths.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length));
  if (keys.length === 0) return { data: {} };
  return { data: { keys: inLevels(keys) } };
}

function inLevels(keys: readonly string[]): readonly string[] {
  const own = keys.filter((key) => !key.includes('/')).sort();
  const folders = new Set(
    keys.filter((key) => key.includes('/')).map((key) => key.slice(0, key.indexOf('/') + 1)),
  );
  const below = [...folders]
    .sort()
    .reverse()
    .flatMap((name) => {
      const inside = keys.filter((key) => key.startsWith(name)).map((key) => key.slice(name.length));
      return inLevels(inside).map((key) => name + key);
    });
  return [...own, ...below];
}

/** A path with a slash at its end, unless it is empty, which stands for the mount itself. */
export function folder(path: string): string {
  return path === '' || path.endsWith('/') ? path : `${path}/`;
}

/** The paths of the records of a type below a prefix, without the prefix. */
export function pathsBelow(store: VaultStore, type: string, prefix: string): readonly string[] {
  return store
    .all(type)
    .filter(({ id }) => id.startsWith(prefix))
    .map(({ id }) => id.slice(prefix.length));
}

/** Deletes the records of some types below a prefix. */
export function deleteBelow(store: VaultStore, types: readonly string[], prefix: string): void {
  for (const type of types) {
    for (const path of pathsBelow(store, type, prefix)) store.delete(type, prefix + path);
  }
}

/** Moves the records of some types from one prefix to another. */
export function moveBelow(store: VaultStore, types: readonly string[], from: string, to: string): void {
  for (const type of types) {
    for (const path of pathsBelow(store, type, from)) {
      store.put(type, to + path, store.get(type, from + path) ?? {});
      store.delete(type, from + path);
    }
  }
}
