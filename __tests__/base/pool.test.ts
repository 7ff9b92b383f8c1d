import { inParallel } from '../../base/pool';

describe('inParallel', () => {
  test('never works on more than its limit, and keeps the order', async () => {
    let [busy, most] = [0, 0];
    const results = await inParallel([30, 5, 20, 1, 10], 2, async (wait) => {
      busy += 1;
      most = Math.max(most, busy);
      await new Promise((resolve) => setTimeout(resolve, wait));
      busy -= 1;
      return wait * 2;
    });
    expect(results).toEqual([60, 10, 40, 2, 20]);
    expect(most).toBe(2);
  });

  test('begins nothing after an error, and throws it when the others have ended', async () => {
    const begun: number[] = [];
    const work = inParallel([1, 2, 3, 4], 2, async (item) => {
      begun.push(item);
      await new Promise((resolve) => setTimeout(resolve, item === 1 ? 5 : 20));
      if (item === 1) throw new Error('broken');
      return item;
    });
    await expect(work).rejects.toThrow('broken');
    expect(begun).toEqual([1, 2]);
  });
});
