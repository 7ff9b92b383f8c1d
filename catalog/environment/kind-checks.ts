import type { ProblemList } from '../ground/problem-list';
import type { Around } from '../kinds/kind';
import { KIND_NAMES, type Kind, type PlaceOf, type Readings } from '../kinds/registry';
import type { Lock, LockedStack, LockedStackOf } from './lock';

/** What all kinds stand in alike. */
export type CommonAround = Omit<Around<unknown>, 'locked' | 'damaged' | 'lockedRules'>;

/** Lets every kind check its part of a catalog. */
export function checkKinds(
  readings: Readings,
  around: CommonAround,
  lock: Lock,
  problems: ProblemList,
): void {
  for (const kind of KIND_NAMES) checkKind(readings, kind, around, lock, problems);
}

function checkKind<K extends Kind>(
  readings: Readings<K>,
  kind: K,
  around: CommonAround,
  lock: Lock,
  problems: ProblemList,
): void {
  readings[kind]?.check(aroundOf(kind, around, lock), problems);
}

/** What one kind stands in: the lock's stacks of its own are added. */
export function aroundOf<K extends Kind>(kind: K, around: CommonAround, lock: Lock): Around<PlaceOf<K>> {
  const locked = Object.entries(lock.stacks).flatMap(([id, stack]): [string, LockedStackOf<K>][] =>
    isOf(kind, stack) ? [[id, stack]] : [],
  );
  const damaged = Object.entries(lock.damaged).flatMap(([id, of]) => (of === kind ? [id] : []));
  return { ...around, locked: new Map(locked), damaged: new Set(damaged), lockedRules: lock.rules };
}

function isOf<K extends Kind>(kind: K, stack: LockedStack): stack is LockedStack & LockedStackOf<K> {
  return stack.kind === kind;
}
