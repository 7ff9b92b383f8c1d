import { chmodSync, closeSync, fsyncSync, openSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../../base/errors';
import { makePrivate, readIfThere, removeLeftovers, shownPath, writeExactly } from '../../../base/files';
import { PRESHARED_KEY } from '../../../model/clouds/azure/preshared-key';
import type { Folders } from '../../session/folders';

/** Pre-shared keys by the /29 of their connection, by the key that its network had when it was made. */
export type NetworkKeys = Readonly<Record<string, Readonly<Record<string, string>>>>;

const IGNORE = `# Written by kakehashi. Pre-shared keys are in this folder: do not commit it.
*
`;

/**
 * The file of the pre-shared keys that the driver made for an environment: mode 0600 in a folder of mode 0700, beside the
 * local states. A key is in it before Terraform gets it, so that no killed run loses one that the cloud has.
 *
 * One process at a time writes it, because a run holds its environment's folder.
 */
export class KeyFile {
  readonly file: string;

  constructor({ states }: Pick<Folders, 'states'>) {
    this.file = path.join(states, 'keys', 'preshared-keys.json');
  }

  /** As messages name it. */
  get shown(): string {
    return shownPath(this.file);
  }

  /** All keys; none where the file does not exist. @throws {@link Failure} for a damaged file, because a key must not be lost */
  read(): NetworkKeys {
    const text = readIfThere(this.file);
    if (text === undefined) return {};
    if ((statSync(this.file).mode & 0o077) !== 0) chmodSync(this.file, 0o600);
    const keys = networkKeys(text);
    if (keys !== undefined) return keys;
    throw new Failure({
      where: this.shown,
      summary: 'must hold pre-shared keys by network and /29, got something else',
      fixes: [
        'restore it from a backup',
        'move it away: keys that are applied are read from the state, and only others are made anew',
      ],
    });
  }

  get exists(): boolean {
    return readIfThere(this.file) !== undefined;
  }

  /** Writes all keys; without any the file is removed. */
  write(keys: NetworkKeys): void {
    const folder = path.dirname(this.file);
    const kept = sorted(keys).filter(([, blocks]) => Object.keys(blocks).length > 0);
    if (kept.length === 0) {
      rmSync(this.file, { force: true });
      return;
    }
    makePrivate(folder);
    removeLeftovers(this.file);
    if (readIfThere(path.join(folder, '.gitignore')) === undefined)
      writeExactly(path.join(folder, '.gitignore'), IGNORE, 0o600);
    const texts = Object.fromEntries(
      kept.map(([name, blocks]) => [name, Object.fromEntries(sorted(blocks))]),
    );
    writeExactly(this.file, `${JSON.stringify(texts, undefined, 1)}\n`, 0o600);
    syncFolder(folder);
  }
}

/** After this the file's new name survives a loss of power too. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function networkKeys(text: string): NetworkKeys | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (!isMap(parsed)) return undefined;
    const isSound = Object.values(parsed).every(
      (blocks) => isMap(blocks) && Object.values(blocks).every(isKey),
    );
    return isSound ? (parsed as NetworkKeys) : undefined;
  } catch {
    return undefined;
  }
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isKey(value: unknown): value is string {
  return typeof value === 'string' && PRESHARED_KEY.pattern.test(value);
}

function sorted<T>(map: Readonly<Record<string, T>>): readonly (readonly [string, T])[] {
  return Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
}
