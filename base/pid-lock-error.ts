import type { LockHolder } from './lock-holder';

/** Why a lock could not be taken. */
export type LockRefusal =
  /** A process of this host holds it, and is running. */
  | { readonly kind: 'held'; readonly holder: LockHolder }
  /** A process of another host or container holds it. Whether that process is running can't be known from here. */
  | { readonly kind: 'held-elsewhere'; readonly holder: LockHolder }
  /** Something that is not a lock file lies at its path. */
  | { readonly kind: 'corrupt' }
  /** The file system refused to read or to make it. */
  | { readonly kind: 'unusable'; readonly code: string; readonly advice: string };

/** A lock that could not be taken. The message is one line for the user; callers may find better words for their case. */
export class PidLockError extends Error {
  override readonly name = 'PidLockError';

  constructor(
    readonly file: string,
    readonly refusal: LockRefusal,
  ) {
    super(lockRefusalText(file, refusal));
  }
}

/** `process 4711 on host build-7 since 2026-05-04 09:12:44 UTC`. */
export function holderText({ host, pid, taken }: LockHolder): string {
  return `process ${pid} on host ${host} since ${taken.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')}`;
}

/** One line about a lock that could not be taken, with what to do about it. */
export function lockRefusalText(file: string, refusal: LockRefusal): string {
  switch (refusal.kind) {
    case 'held':
      return `${file}: is held by ${holderText(refusal.holder)}; wait for that process to end`;
    case 'held-elsewhere':
      return `${file}: is held by ${holderText(refusal.holder)}, which can't be checked from here; if that process has ended, remove the file`;
    case 'corrupt':
      return `${file}: must be a lock file, got something else; remove it if nothing else is using it`;
    case 'unusable':
      return `${file}: must be usable as a lock file, got ${refusal.code}; ${refusal.advice}`;
  }
}
