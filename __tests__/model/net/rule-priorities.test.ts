import fc from 'fast-check';
import { RULE_PRIORITIES } from '../../../model/clouds/azure/limits';
import { rulePriorities } from '../../../model/net/rule-priorities';

const SMALL = { min: 200, max: 204 };

it('counts from 200 to 3999 on Azure', () => {
  expect(RULE_PRIORITIES).toEqual({ min: 200, max: 3999 });
  expect(rulePriorities(['ssh', 'web'], {}, RULE_PRIORITIES)).toEqual({ ssh: 200, web: 201 });
  expect(rulePriorities([], {}, RULE_PRIORITIES)).toEqual({});
});

it('keeps the numbers of all rules, whatever their order is, when one is added', () => {
  const before = rulePriorities(['ssh', 'web'], {}, RULE_PRIORITIES);
  expect(rulePriorities(['dns', 'web', 'ssh'], before ?? {}, RULE_PRIORITIES)).toEqual({
    ssh: 200,
    web: 201,
    dns: 202,
  });
});

it('keeps the number of a rule that is gone, and gives it back when the rule returns', () => {
  const given = { ssh: 200, web: 201 };
  const without = rulePriorities(['web', 'dns'], given, RULE_PRIORITIES);
  expect(without).toEqual({ ssh: 200, web: 201, dns: 202 });
  expect(rulePriorities(['ssh', 'web'], without ?? {}, RULE_PRIORITIES)).toEqual(without);
});

it('goes on after the highest number, and leaves gaps', () => {
  expect(rulePriorities(['new'], { old: 3000 }, RULE_PRIORITIES)).toEqual({ old: 3000, new: 3001 });
  expect(rulePriorities(['a', 'b'], { old: 3998 }, RULE_PRIORITIES)).toEqual({ old: 3998, a: 3999, b: 200 });
});

it('fills gaps at the end of the range before it takes the number of a rule that is gone', () => {
  expect(rulePriorities(['a', 'b'], { gone: 200, a: 204 }, SMALL)).toEqual({ gone: 200, a: 204, b: 201 });
  expect(rulePriorities(['b', 'c'], { gone: 201, late: 204, x: 200, y: 202, z: 203 }, SMALL)).toEqual({
    b: 200,
    c: 201,
    y: 202,
    z: 203,
    late: 204,
  });
});

it('leaves a number that somebody wrote outside of the range where it is', () => {
  expect(rulePriorities(['ours', 'new'], { ours: 150 }, SMALL)).toEqual({ ours: 150, new: 200 });
  expect(rulePriorities(['ours', 'new'], { ours: 4000 }, SMALL)).toEqual({ ours: 4000, new: 200 });
});

it('has numbers for as many rules as the range has, and none for one more', () => {
  const keys = (count: number) => Array.from({ length: count }, (_, index) => `rule-${index}`);
  expect(Object.values(rulePriorities(keys(5), {}, SMALL) ?? {})).toEqual([200, 201, 202, 203, 204]);
  expect(rulePriorities(keys(6), {}, SMALL)).toBeUndefined();
  expect(Object.keys(rulePriorities(keys(3800), {}, RULE_PRIORITIES) ?? {})).toHaveLength(3800);
  expect(rulePriorities(keys(3801), {}, RULE_PRIORITIES)).toBeUndefined();
});

it('is stable, without clashes and inside the range, whatever rules come and go', () => {
  const names = fc.uniqueArray(fc.constantFrom(...'abcdefgh'), { maxLength: 5 });
  fc.assert(
    fc.property(fc.array(names, { minLength: 1, maxLength: 12 }), (history) => {
      let given: Readonly<Record<string, number>> = {};
      let live: readonly string[] = [];
      for (const keys of history) {
        const before = given;
        given = rulePriorities(keys, before, SMALL) ?? {};
        const numbers = Object.values(given);
        expect(new Set(numbers).size).toBe(numbers.length);
        expect(numbers.every((one) => one >= SMALL.min && one <= SMALL.max)).toBe(true);
        expect(keys.every((key) => given[key] !== undefined)).toBe(true);
        // What stays in the catalog keeps its number.
        for (const key of keys) if (live.includes(key)) expect(given[key]).toBe(before[key]);
        live = keys;
      }
    }),
  );
});
