import path from 'node:path';
import { Failure } from '../../../../base/errors';
import { readIfThere, shownPath, writeAtomically } from '../../../../base/files';
import { GatewayKey } from '../../../../model/gateway/key';
import type { KeyForm } from '../../../../model/tunnel/key-form';
import type { Folders } from '../../../session/folders';

/** When tunnels got new keys, ISO 8601, by network and inside CIDR. */
type Rotations = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** An unfinished rotation. Its key is in this file, mode 0600, until the cloud and the gateway's files have it. */
export interface PendingRotation {
  readonly network: string;
  readonly insideCidr: string;
  readonly key: string;
}

/** When a tunnel's key was last rotated; undefined where it never was. */
export function lastRotation(folders: Folders, network: string, insideCidr: string): string | undefined {
  return readRotations(folders)[network]?.[insideCidr];
}

/** Records that a tunnel has its new key. */
export function noteRotation(folders: Folders, network: string, insideCidr: string, at: Date): void {
  const before = readRotations(folders);
  const after: Rotations = { ...before, [network]: { ...before[network], [insideCidr]: at.toISOString() } };
  writeAtomically(rotationsFile(folders), `${JSON.stringify(after, undefined, 1)}\n`);
}

/**
 * The unfinished rotation of an environment.
 *
 * @throws {@link Failure} where the file is damaged, because a key that the cloud may have must not be lost
 */
export function pendingRotation(folders: Folders, form: KeyForm): PendingRotation | undefined {
  const file = pendingFile(folders);
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  const { network, insideCidr, key } = fieldsOf(parsed(text)) ?? {};
  if (typeof network === 'string' && typeof insideCidr === 'string' && isKey(key, form)) {
    return { network, insideCidr, key };
  }
  throw new Failure(
    `${shownPath(file)}: must hold the key of a rotation that was begun, got something else; move it away, run: kakehashi gateway, which writes the keys that the cloud has, and rotate again`,
  );
}

/** The file with the key of an unfinished rotation, mode 0600. */
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
  const networks = fieldsOf(parsed(text));
  const isSound = Object.values(networks ?? { none: undefined }).every((tunnels) =>
    Object.values(fieldsOf(tunnels) ?? { none: undefined }).every(isTime),
  );
  if (networks !== undefined && isSound) return networks as Rotations;
  throw new Failure(
    `${shownPath(file)}: must say when tunnels got new keys, got something else; look whether all tunnels are up, then remove it`,
  );
}

/** Parses JSON; undefined for a text that is not JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? (value as Readonly<Record<string, unknown>>) : undefined;
}

function isTime(value: unknown): boolean {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value));
}

function isKey(value: unknown, form: KeyForm): value is string {
  if (typeof value !== 'string') return false;
  try {
    return GatewayKey.of(value, form).value() !== undefined;
  } catch {
    return false;
  }
}
