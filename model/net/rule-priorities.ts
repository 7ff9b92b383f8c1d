import type { Range } from '../clouds/cloud-vpn';

/**
 * Gives every rule a priority and keeps those that are given.
 *
 * A rule that is gone keeps its number: the cloud refuses two rules of one number, and a rule may still be there when another one
 * is added. Its number goes to another rule only where no other is left.
 *
 * @param keys - the rules, each once
 * @param given - the priorities that the lock file holds, also of rules that are gone
 * @returns the given ones, and those of the new rules in their order; undefined where there are more rules than numbers
 */
export function rulePriorities(
  keys: readonly string[],
  given: Readonly<Record<string, number>>,
  { min, max }: Range,
): Readonly<Record<string, number>> | undefined {
  if (keys.length > max - min + 1) return undefined;
  const all = new Map(Object.entries(given));
  const open = keys.filter((key) => !all.has(key));
  let next = Math.max(min - 1, ...all.values());
  const gone = [...all].filter(([key]) => !keys.includes(key)).sort(([, a], [, b]) => a - b);
  for (const key of open) {
    if (next < max) {
      next += 1;
      all.set(key, next);
      continue;
    }
    const taken = new Set(all.values());
    const free = Array.from({ length: max - min + 1 }, (_, index) => min + index).find(
      (one) => !taken.has(one),
    );
    const [old] = free === undefined ? gone.splice(0, 1) : [];
    const number = free ?? old?.[1];
    if (number === undefined) return undefined;
    if (old !== undefined) all.delete(old[0]);
    all.set(key, number);
  }
  return Object.fromEntries(all);
}
