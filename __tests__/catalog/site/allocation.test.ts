import fc from 'fast-check';
import type { Allocation } from '../../../catalog/ground/allocation';
import { type AllocationRequest, allocate, requestKey } from '../../../catalog/site/allocation';
import { insideCidrPool, parseInsideCidr } from '../../../model/clouds/aws/inside-cidr';

const two = { interfaces: 2, pool: insideCidrPool };

const name = fc.tuple(fc.constantFrom('dev', 'prod', 'test'), fc.stringMatching(/^[a-z]{1,3}$/));
const connections = fc.uniqueArray(name, { maxLength: 12, selector: (pair) => pair.join('/') }).map((names) =>
  names.map(
    ([environment, entry]): AllocationRequest => ({
      environment,
      network: `aws/${entry}`,
      fixed: [undefined, undefined],
      interfaces: 2,
      pool: insideCidrPool,
    }),
  ),
);

const taken = (all: Iterable<Allocation>) => ({
  cidrs: [...all].flatMap(({ insideCidrs }) => insideCidrs.map(String)),
  interfaces: [...all].flatMap(({ interfaces }) => [...interfaces]),
});
const isDistinct = (values: readonly unknown[]): boolean => new Set(values).size === values.length;
const lockedBy =
  (all: ReadonlyMap<string, Allocation>) =>
  (connection: AllocationRequest): AllocationRequest => ({
    ...connection,
    locked: all.get(requestKey(connection)),
  });

test('gives everybody distinct CIDRs that AWS takes, and distinct interfaces from 1', () => {
  fc.assert(
    fc.property(connections, (all) => {
      const { cidrs, interfaces } = taken(allocate(all).values());
      expect(cidrs).toHaveLength(all.length * 2);
      expect(isDistinct(cidrs)).toBe(true);
      for (const cidr of cidrs) expect(parseInsideCidr(cidr).toString()).toBe(cidr);
      expect([...interfaces].sort((a, b) => a - b)).toEqual(interfaces.map((_, index) => index + 1));
    }),
  );
});

test('what is locked never moves, whatever is added or taken away', () => {
  fc.assert(
    fc.property(connections, connections, (before, added) => {
      const locks = allocate(before);
      const more = [...before.map(lockedBy(locks)), ...added.filter((one) => !locks.has(requestKey(one)))];
      const after = allocate(more);
      for (const [key, allocation] of locks) expect(after.get(key)).toEqual(allocation);
      const { cidrs, interfaces } = taken(after.values());
      expect(isDistinct(cidrs)).toBe(true);
      expect(isDistinct(interfaces)).toBe(true);
    }),
  );
});

test('does not depend on the order in which the connections come', () => {
  fc.assert(
    fc.property(connections, (all) => {
      expect(new Map([...allocate([...all].reverse())].sort())).toEqual(new Map([...allocate(all)].sort()));
    }),
  );
});

test('never hands out what a lock holds for somebody else', () => {
  fc.assert(
    fc.property(connections, connections, (gone, live) => {
      const reserved = [...allocate(gone).values()];
      const all = [...reserved, ...allocate(live, reserved).values()];
      const { cidrs, interfaces } = taken(all);
      expect(isDistinct(cidrs)).toBe(true);
      expect(isDistinct(interfaces)).toBe(true);
    }),
  );
});

test('what the catalog fixes is taken first, and leaves the other tunnel to the pool', () => {
  const fixed = parseInsideCidr('169.254.100.0/30');
  const all = allocate([
    { environment: 'a', network: 'aws/x', fixed: [undefined, undefined], ...two },
    { environment: 'b', network: 'aws/y', fixed: [undefined, fixed], ...two },
  ]);
  expect(all.get('a/aws/x')?.insideCidrs.map(String)).toEqual(['169.254.100.4/30', '169.254.100.8/30']);
  expect(all.get('b/aws/y')?.insideCidrs.map(String)).toEqual(['169.254.100.12/30', '169.254.100.0/30']);
});
