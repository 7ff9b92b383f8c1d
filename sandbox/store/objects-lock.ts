import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { SandboxError } from './sandbox-error';

/** The kernel's fields about a process from its state on, or none where it does not tell. */
function fieldsOf(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

/** When a process started, in the kernel's ticks: tells a process from a later one with the same number. */
function startOf(pid: number): string {
  return fieldsOf(pid)[19] ?? '';
}

function isAlive(pid: number, start: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (failure) {
    return (failure as NodeJS.ErrnoException).code === 'EPERM';
  }
  // A process that was killed keeps its number until its parent asks after it, which in a container may be never.
  if (fieldsOf(pid)[0] === 'Z') return false;
  return start === '' || startOf(pid) === '' || startOf(pid) === start;
}

function read(lock: string): string | undefined {
  try {
    return readFileSync(lock, 'utf8');
  } catch {
    return undefined;
  }
}

/** Makes the lock in one step with its content, so that nobody ever reads an empty one. */
function create(lock: string): boolean {
  const draft = `${lock}.${process.pid}`;
  try {
    writeFileSync(draft, `${process.pid} ${startOf(process.pid)}\n`, { mode: 0o600 });
    linkSync(draft, lock);
    return true;
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw failure;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Removes the lock of a dead process, unless another one took it over in the meantime. */
function removeStale(lock: string, seen: string): void {
  const aside = `${lock}.stale.${process.pid}`;
  try {
    renameSync(lock, aside);
    if (read(aside) !== seen) linkSync(aside, lock);
  } catch {
    // Another process was faster; the next attempt sees its lock.
  } finally {
    rmSync(aside, { force: true });
  }
}

/**
 * Takes the lock file beside a log; one of a dead process is taken over.
 *
 * @throws {@link SandboxError} when a living process holds it
 */
export function holdLock(file: string): void {
  const lock = `${file}.lock`;
  for (let attempt = 0; attempt < 5; attempt++) {
    if (create(lock)) return;
    const seen = read(lock);
    if (seen === undefined) continue;
    const [pid = '', start = ''] = seen.trim().split(' ');
    if (/^\d+$/.test(pid) && isAlive(Number(pid), start)) {
      throw new SandboxError(`${file}: is in use by process ${pid}; wait for it or stop it`);
    }
    removeStale(lock, seen);
  }
  throw new SandboxError(`${lock}: could not be taken; remove it if no sandbox is running`);
}

export function releaseLock(file: string): void {
  rmSync(`${file}.lock`, { force: true });
}
