import type { DriftItem, EnvironmentDrift, StackDrift } from './report';
import { keyOf } from './report';
import type { FoundItem } from './stack-items';

/** A stack as this run found it. */
export interface FoundStack extends Omit<StackDrift, 'items'> {
  readonly items: readonly FoundItem[];
}

/** What is new, still there and gone, against the last report. */
export interface Compared {
  readonly stacks: readonly StackDrift[];
  readonly gone: readonly DriftItem[];
}

/**
 * Compares with the last report. What it has of a stack that could not be read stays, because nobody knows better.
 *
 * @param now - in UTC by ISO 8601
 * @param expected - what is there, and not reported any more
 */
export function compareWithLast(
  stacks: readonly FoundStack[],
  last: EnvironmentDrift | undefined,
  now: string,
  expected: readonly FoundItem[] = [],
): Compared {
  const before = new Map(
    (last?.stacks ?? []).flatMap(({ items }) => items).map((item) => [keyOf(item), item]),
  );
  const compared = stacks.map((stack): StackDrift => {
    if (stack.state === 'failed') {
      const kept = [...before.values()].filter((item) => item.stack === stack.stack);
      for (const item of kept) before.delete(keyOf(item));
      return { ...stack, items: kept.map((item) => ({ ...item, state: 'still', unread: true })) };
    }
    const items = stack.items.map((found): DriftItem => {
      const item: DriftItem = { ...found, state: 'new', firstSeen: now };
      const earlier = before.get(keyOf(item));
      before.delete(keyOf(item));
      return earlier === undefined ? item : { ...item, state: 'still', firstSeen: earlier.firstSeen };
    });
    return { ...stack, items };
  });
  for (const found of expected) before.delete(keyOf({ ...found, state: 'still', firstSeen: now }));
  const gone = [...before.values()].map(({ unread: _, ...item }): DriftItem => ({ ...item, state: 'gone' }));
  return { stacks: compared, gone };
}
