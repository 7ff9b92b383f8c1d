/**
 * How many stacks are worked on at once where nobody says. Much of the time is waiting, so it does not follow the number of
 * processors: plan and apply of 20 networks in the sandbox took 12.3 s with 4, 13.8 s with 2, on two busy processors. More
 * would cost memory: each Terraform starts its own provider.
 */
export const DEFAULT_PARALLELISM = 4;

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
