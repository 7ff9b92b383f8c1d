import path from 'node:path';
import { Failure } from '../../errors';
import { readIfThere, shownPath, writeAtomically } from '../../files';
import type { Folders } from '../../run/folders';

/** When tunnels got new keys: by network, then by inside CIDR, ISO 8601. */
type Rotations = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** A rotation that was begun: its key is in this file, mode 0600, until the cloud and the gateway's files have it. */
export interface PendingRotation {
  readonly network: string;
  readonly insideCidr: string;
  readonly key: string;
}

/** When a tunnel's key was last changed by us; undefined where it never was. */
export function lastRotation(folders: Folders, network: string, insideCidr: string): string | undefined {
  return readRotations(folders)[network]?.[insideCidr];
}

/** Notes that a tunnel has its new key. */
export function noteRotation(folders: Folders, network: string, insideCidr: string, at: Date): void {
  const before = readRotations(folders);
  const after: Rotations = { ...before, [network]: { ...before[network], [insideCidr]: at.toISOString() } };
  writeAtomically(rotationsFile(folders), `${JSON.stringify(after, undefined, 1)}\n`);
}

/** @throws {@link Failure} where the file is damaged: a key that the cloud may have must not be lost */
export function pendingRotation(folders: Folders): PendingRotation | undefined {
  const file = pendingFile(folders);
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as PendingRotation;
  } catch {
    throw new Failure(`${shownPath(file)}: damaged; it holds the key of a rotation that was begun`);
  }
}

/** Where the key of a rotation that was begun lies, mode 0600. */
export function pendingFile(folders: Folders): string {
  return path.join(folders.results, 'rotation-key.json');
}

function rotationsFile(folders: Folders): string {
  return path.join(folders.results, 'rotations.json');
}

function readRotations(folders: Folders): Rotations {
  const file = rotationsFile(folders);
  const text = readIfThere(file);
  if (text === undefined) return {};
  try {
    return JSON.parse(text) as Rotations;
  } catch {
    throw new Failure(
      `${shownPath(file)}: damaged; it says which tunnels have new keys; look at it, or remove it`,
    );
  }
}
