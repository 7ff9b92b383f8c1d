import path from 'node:path';
import { Failure } from '../../base/errors';
import { shownPath } from '../../base/files';
import { makeFolder } from '../../base/make-folder';
import { takePidLock } from '../../base/pid-lock';
import { holderText, type LockRefusal, lockRefusalText, PidLockError } from '../../base/pid-lock-error';
import { type Folders, gatewayFolder } from './folders';

/** Another run holds the lock, so that waiting for it may help. */
export class AnotherRun extends Failure {}

/**
 * Keeps two runs out of one output folder, where they would mix up each other's plans. (The states have Terraform's own
 * locks.)
 *
 * @returns how to give it back
 * @throws {@link Failure} when another run works there, or when the folder can't be locked
 */
export function holdFolder(folder: string, environment: string): () => void {
  return holdFile(path.join(folder, 'run.lock'), environment);
}

/** The folders that one run holds. A run of several environments needs some of them twice: its own, and as a neighbour's. */
export class HeldFolders {
  private readonly folders = new Set<string>();

  /** Holds a folder until the returned function is called; one that this run holds already stays held. @throws {@link Failure} */
  hold(folder: string, environment: string): () => void {
    if (this.folders.has(folder)) return () => undefined;
    const release = holdFolder(folder, environment);
    this.folders.add(folder);
    return () => {
      this.folders.delete(folder);
      release();
    };
  }
}

/**
 * The same for a lock file that may have any name. Its folder is made where it is missing.
 *
 * @param what - what the runs would both work on, as the user knows it
 */
export function holdFile(file: string, what: string): () => void {
  makeFolder(path.dirname(file));
  try {
    const lock = takePidLock(file);
    return () => lock.release();
  } catch (error) {
    throw error instanceof PidLockError ? failureOf(shownPath(file), error.refusal, what) : error;
  }
}

/**
 * The lock file of a gateway host, beside its folder.
 *
 * @param purpose - `rotate.` for rotations, of which a host has one at a time; empty for writing its files
 */
export function hostLock(
  { simulated, folders }: { readonly simulated: boolean; readonly folders: Pick<Folders, 'root'> },
  publicIp: string,
  purpose: '' | 'rotate.',
): string {
  const folder = gatewayFolder(publicIp, simulated, folders.root);
  return path.join(path.dirname(folder), `.${publicIp}.${purpose}lock`);
}

function failureOf(file: string, refusal: LockRefusal, what: string): Failure {
  switch (refusal.kind) {
    case 'held':
      return new AnotherRun(
        `another run works on ${what} (process ${refusal.holder.pid}); wait for it to end`,
      );
    case 'held-elsewhere':
      return new AnotherRun(
        `another run works on ${what} (${holderText(refusal.holder)}); wait for it to end; if it has been killed, remove ${file}`,
      );
    case 'corrupt':
    case 'unusable':
      return new Failure(lockRefusalText(file, refusal));
  }
}
