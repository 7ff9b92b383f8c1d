import { availableParallelism } from 'node:os';

/**
 * How many units are worked on at once where nobody says: as many as there are processors, at least 2 because much of
 * the time is waiting, and at most 4 because each Terraform and each provider takes memory.
 */
export function defaultParallelism(): number {
  return Math.max(2, Math.min(4, availableParallelism()));
}

/** Does the work for each item, at most `limit` at a time; results in the items' order. The first error is thrown when all that had begun has ended; nothing new is begun after it. */
export async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Array<R>(items.length);
  const errors: unknown[] = [];
  let next = 0;
  const worker = async () => {
    while (next < items.length && errors.length === 0) {
      const index = next++;
      try {
        results[index] = await work(items[index] as T);
      } catch (error) {
        errors.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, worker));
  if (errors.length > 0) throw errors[0];
  return results;
}
