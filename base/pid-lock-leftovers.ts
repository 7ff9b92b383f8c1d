import { readdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { readHolder } from './lock-holder';
import { stateOf } from './process-identity';

/** What may stand between the name of a lock file and the end of the name: a nonce, and for a draft `.new`. */
const LEFTOVER = /^([0-9a-f]{16})(\.new)?$/;

/** A draft is written in milliseconds. One that is this old was abandoned, even if it names no process or one elsewhere. */
const ABANDONED_AFTER_MS = 60_000;

/**
 * Removes what killed processes left beside a lock file: claims to succeed an earlier holder, which mean nothing any more,
 * and drafts. Only the holder of the lock may call it.
 *
 * @param nonce - the nonce of that holder
 */
export function removeLeftovers(file: string, nonce: string): void {
  const folder = path.dirname(file);
  const prefix = `${path.basename(file)}.`;
  try {
    for (const name of readdirSync(folder)) {
      const found = name.startsWith(prefix) ? LEFTOVER.exec(name.slice(prefix.length)) : null;
      if (found === null || found[1] === nonce) continue;
      const place = path.join(folder, name);
      if (found[2] === undefined || isAbandoned(place)) rmSync(place, { force: true });
    }
  } catch {
    // The lock is held all the same, and the next holder tries again.
  }
}

function isAbandoned(draft: string): boolean {
  const holder = readHolder(draft);
  if (typeof holder !== 'string' && stateOf(holder) === 'ended') return true;
  const stat = statSync(draft, { throwIfNoEntry: false });
  return stat !== undefined && Date.now() - stat.mtimeMs > ABANDONED_AFTER_MS;
}
