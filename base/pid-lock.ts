import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { type LockHolder, lockText, newHolder, readHolder } from './lock-holder';
import { PidLockError } from './pid-lock-error';
import { removeLeftovers } from './pid-lock-leftovers';
import { stateOf } from './process-identity';

/*
 * A lock that one process at a time holds, in a file that names its holder. It works on Linux and macOS, on every file
 * system with hard links, and for any number of processes on one host. These are its rules:
 *
 * - A holder is written to a draft, synced, and hard-linked to the lock's path. So the lock file appears whole, and for
 *   one process only.
 * - The lock of a process that has ended is taken over by linking the draft to `<lock>.<nonce of that process>`, a path
 *   that is never used for anything else: only one process can succeed that holder. If the successor is killed before it
 *   has replaced the lock file by its own, the next one succeeds the successor in the same way. The lock file is never
 *   moved aside, so there is no moment at which a third process could find the path free.
 * - The link counts only if the lock file still names the first of these ended holders. Otherwise somebody else was
 *   faster, or that holder had still given the lock back before it ended.
 * - A lock of another host or container is never taken over.
 *
 * A process may be killed at any point. What it leaves behind is removed by the next holder.
 */

/** A lock that this process holds. */
export interface PidLock {
  readonly file: string;
  /** Gives the lock back. A lock file that another process has made in the meantime stays. */
  release(): void;
}

/** How often the lock may change hands while this process tries to take it; and how many successors may have been killed. */
const ATTEMPTS = 100;

/**
 * Takes a lock, or takes it over from a process of this host that has ended. It does not wait.
 *
 * @param file - the path of the lock file, in a folder that exists
 * @throws {@link PidLockError} when another process holds it, this one included, or when it can't be made
 */
export function takePidLock(file: string): PidLock {
  return inWords(file, () => {
    // This look costs nothing where the lock is held, and tells by whom also where nothing can be written.
    refuseIfHeld(file, readHolder(file));
    const holder = newHolder();
    const draft = `${file}.${holder.nonce}.new`;
    try {
      writeDraft(draft, lockText(holder));
      for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
        if (!take(file, draft, holder)) continue;
        removeLeftovers(file, holder.nonce);
        return { file, release: () => release(file, holder) };
      }
    } finally {
      rmSync(draft, { force: true });
    }
    throw new PidLockError(file, { kind: 'corrupt' });
  });
}

/** Tries once. @returns false if the lock changed hands in the meantime, so that a second attempt has to look again */
function take(file: string, draft: string, { nonce }: LockHolder): boolean {
  let first: LockHolder | undefined;
  let place = file;
  for (let step = 0; !link(draft, place); step++) {
    // Only files that were copied by hand can name each other in a circle.
    if (step === ATTEMPTS) throw new PidLockError(file, { kind: 'corrupt' });
    const other = refuseIfHeld(file, readHolder(place));
    if (other === undefined) return false;
    // On NFS a link can be reported as failed although it was made.
    if (other.nonce === nonce) break;
    first ??= other;
    place = `${file}.${other.nonce}`;
  }
  return first === undefined || replace(file, first, draft, place);
}

/** Puts the draft in the place of an ended holder, for whose succession it has been linked to `claim`. */
function replace(file: string, ended: LockHolder, draft: string, claim: string): boolean {
  try {
    const current = readHolder(file);
    if (typeof current === 'string' || current.nonce !== ended.nonce) return false;
    renameSync(draft, file);
    return true;
  } finally {
    rmSync(claim, { force: true });
  }
}

/** @returns the holder that has ended, or undefined where there is none */
function refuseIfHeld(file: string, holder: ReturnType<typeof readHolder>): LockHolder | undefined {
  if (holder === 'absent') return undefined;
  if (holder === 'corrupt') throw new PidLockError(file, { kind: 'corrupt' });
  const state = stateOf(holder);
  if (state === 'ended') return holder;
  throw new PidLockError(file, { kind: state === 'running' ? 'held' : 'held-elsewhere', holder });
}

function link(draft: string, place: string): boolean {
  try {
    linkSync(draft, place);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function writeDraft(draft: string, text: string): void {
  const handle = openSync(draft, 'wx', 0o644);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function release(file: string, { nonce }: LockHolder): void {
  try {
    const current = readHolder(file);
    if (typeof current !== 'string' && current.nonce === nonce) rmSync(file, { force: true });
  } catch {
    // A lock file that can't be removed is taken over as soon as this process has ended.
  }
}

/** Runs with the errors of the file system turned into {@link PidLockError}. */
function inWords<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = codeOf(error);
    if (error instanceof PidLockError || code === undefined) throw error;
    throw new PidLockError(file, { kind: 'unusable', code, advice: adviceOn(error, code) });
  }
}

function adviceOn(error: unknown, code: string): string {
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'free some space on its disk';
  if (fieldOf(error, 'syscall') === 'link' && code !== 'EACCES' && code !== 'EROFS')
    return 'use a file system with hard links';
  return 'make it and its folder readable and writable';
}

function codeOf(error: unknown): string | undefined {
  return fieldOf(error, 'code');
}

/** A field of an error of the file system; any other error has none. */
function fieldOf(error: unknown, name: 'code' | 'syscall'): string | undefined {
  const fields: Partial<Record<typeof name, unknown>> =
    typeof error === 'object' && error !== null ? error : {};
  const value = fields[name];
  return typeof value === 'string' ? value : undefined;
}
