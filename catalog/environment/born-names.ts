import { connectionParts } from '../../model/gateway/site-gateway';
import type { FormerName, IdentityClaim, PartClaim } from '../ground/claims';
import { entryName } from '../ground/identities';
import type { ProblemList } from '../ground/problem-list';
import type { Lock } from './lock';

/** The stack of an entry in the lock, or the name that a new one gets. */
interface BornIn {
  readonly lock: Lock;
  readonly id: string;
  /** The key that the lock has for the entry; absent for a stack that it has not. */
  readonly lockedKey: string | undefined;
  /** The name of a new stack. */
  readonly name: string;
}

export interface BornNames {
  /** By key of the catalog: the entry's own, then its parts'. */
  readonly names: ReadonlyMap<string, string>;
  /** The `formerly` of its parts that the lock must remember. */
  readonly carriedOut: readonly (readonly [string, string])[];
}

/** The names at their birth of an entry and its parts, by which Terraform knows what they made. */
export function bornNames(
  claim: IdentityClaim,
  { lock, id, lockedKey, name }: BornIn,
  problems: ProblemList,
): BornNames {
  const stack = lockedKey === undefined ? undefined : lock.stacks[id];
  const kept = stack?.keys ?? {};
  const names = new Map([
    [claim.key, lockedKey === undefined ? name : (kept[lockedKey] ?? entryName(lockedKey))],
  ]);
  const carriedOut: (readonly [string, string])[] = [];
  const taken = new Map([...names].map(([key, born]) => [born, key]));
  const give = (key: string, born: string): void => {
    names.set(key, born);
    taken.set(born, key);
  };
  for (const { key, formerly } of claim.parts) {
    if (formerly === undefined) continue;
    const old = entryName(formerly.key);
    if (stack === undefined) {
      problems.note(
        'formerly-unknown',
        formerly.where,
        `the lock file has no ${formerly.key}: a new one is built`,
      );
      continue;
    }
    const isDone = stack.formerly?.[key] === old;
    if (isDone) problems.note('formerly-done', formerly.where, 'the lock file has it: the key may go');
    else if (!mayFollow({ key, formerly }, claim, lock, id, problems)) continue;
    const born = isDone ? (kept[key] ?? entryName(key)) : (kept[formerly.key] ?? old);
    const other = taken.get(born);
    if (other === undefined) {
      give(key, born);
      carriedOut.push([key, old]);
    } else {
      const message = `${other} goes on with what was ${old} already`;
      problems.error('bad-formerly', formerly.where, message, 'remove formerly from one of the two');
    }
  }
  for (const { key } of claim.parts) {
    if (names.has(key)) continue;
    const born = kept[key] ?? entryName(key);
    give(key, taken.has(born) ? numbered(born, claim, taken) : born);
  }
  return { names, carriedOut };
}

/** A part goes on with a part of the same stack only. */
function mayFollow(
  { key, formerly }: { readonly key: string; readonly formerly: FormerName },
  claim: IdentityClaim,
  lock: Lock,
  id: string,
  problems: ProblemList,
): boolean {
  if (formerly.key === key) {
    problems.error('bad-formerly', formerly.where, 'names the entry itself', 'remove it');
    return false;
  }
  const elsewhere = Object.entries(lock.stacks).find(
    ([other, { entry, keys }]) =>
      other !== id && (entry === formerly.key || Object.hasOwn(keys ?? {}, formerly.key)),
  );
  const isConnected = Object.keys(lock.tunnels).some(
    (line) => connectionParts(line).network === formerly.key,
  );
  if (elsewhere === undefined && formerly.key !== claim.key && !isConnected) return true;
  const message =
    formerly.key === claim.key
      ? `${formerly.key} is what this entry is within`
      : `${formerly.key} belongs to another stack${elsewhere === undefined ? '' : `, ${elsewhere[0]}`}`;
  problems.error('bad-formerly', formerly.where, message, 'a rename stays within one stack: remove formerly');
  return false;
}

/** A new part whose name another one was born with. */
function numbered(born: string, { key, parts }: IdentityClaim, taken: ReadonlyMap<string, string>): string {
  const known = new Set([key, ...parts.map((part: PartClaim) => part.key)].map(entryName));
  for (let number = 2; ; number++) {
    const name = `${born}-${number}`;
    if (!taken.has(name) && !known.has(name)) return name;
  }
}
