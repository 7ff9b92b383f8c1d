import { connectionParts } from '../../model/gateway/site-gateway';
import { stackId } from '../ground/stack';
import type { Lock } from './lock';

/** Which stack of a lock file belongs to which entry. */
export interface LockedIds {
  /** The id of the stack that the lock has for an entry's key. */
  readonly idOf: (key: string) => string | undefined;
}

/** An entry's stack is the one whose line names it, else the one whose id was made of its key and which names no other. */
export function lockedIds(environment: string, lock: Lock): LockedIds {
  const named = new Map(
    Object.entries(lock.stacks).flatMap(([id, { entry }]) =>
      entry === undefined ? [] : [[entry, id] as const],
    ),
  );
  const idOf = (key: string): string | undefined => {
    const id = named.get(key) ?? stackId(environment, ...key.split('/'));
    const stack = lock.stacks[id];
    return stack === undefined || (stack.entry !== undefined && stack.entry !== key) ? undefined : id;
  };
  return { idOf };
}

/** The lock of an environment without some stacks, and without their tunnels and rules. */
export function withoutStacks(lock: Lock, environment: string, ids: Iterable<string>): Lock {
  const dropped = new Set(ids);
  if (dropped.size === 0) return lock;
  const { idOf } = lockedIds(environment, lock);
  const isDropped = (network: string): boolean => dropped.has(idOf(network) ?? '');
  return {
    ...lock,
    stacks: Object.fromEntries(Object.entries(lock.stacks).filter(([id]) => !dropped.has(id))),
    tunnels: Object.fromEntries(
      Object.entries(lock.tunnels).filter(([key]) => !isDropped(connectionParts(key).network)),
    ),
    // Keyed by the names at birth, of which ids are made.
    rules: Object.fromEntries(
      Object.entries(lock.rules).filter(
        ([network]) => !dropped.has(stackId(environment, ...network.split('/'))),
      ),
    ),
  };
}
