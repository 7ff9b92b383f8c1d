import fc from 'fast-check';
import type { Capability, Policy } from '../../../model/vault/policy';
import { accessChanges } from '../../../model/vault/policy-difference';
import { decide } from '../../../model/vault/policy-evaluator';

const rule = (path: string, ...capabilities: Capability[]) => ({ path, capabilities });

test.each<[string, Policy, Policy, ReturnType<typeof accessChanges>]>([
  [
    'nothing, where only the order differs',
    [rule('a', 'read'), rule('b', 'list')],
    [rule('b', 'list'), rule('a', 'read')],
    [],
  ],
  [
    'a capability that is added',
    [rule('secret/*', 'read')],
    [rule('secret/*', 'read', 'update')],
    [{ path: 'secret/*', gained: ['update'], lost: [], isLimitedOtherwise: false }],
  ],
  [
    'a path that is taken away, and goes on being covered by a wider one',
    [rule('secret/*', 'read', 'list'), rule('secret/a', 'read')],
    [rule('secret/*', 'read', 'list')],
    [{ path: 'secret/a', gained: ['list'], lost: [], isLimitedOtherwise: false }],
  ],
  [
    'a denial that goes: what the wider rule allows is gained there',
    [rule('secret/*', 'read'), rule('secret/top/*', 'deny')],
    [rule('secret/*', 'read')],
    [{ path: 'secret/top/*', gained: ['read'], lost: [], isLimitedOtherwise: false }],
  ],
  [
    'a more specific rule that takes away',
    [rule('secret/*', 'read', 'list')],
    [rule('secret/*', 'read', 'list'), rule('secret/a/*', 'list')],
    [{ path: 'secret/a/*', gained: [], lost: ['read'], isLimitedOtherwise: false }],
  ],
  [
    'sudo on everything',
    [],
    [rule('*', 'sudo', 'read')],
    [{ path: '*', gained: ['read', 'sudo'], lost: [], isLimitedOtherwise: false }],
  ],
  [
    'parameters that a request may have',
    [{ ...rule('secret/a', 'update'), allowedParameters: { ttl: ['1h'] } }],
    [rule('secret/a', 'update')],
    [{ path: 'secret/a', gained: ['update'], lost: [], isLimitedOtherwise: false }],
  ],
  [
    'other parameters of the same request, which may be more or less',
    [{ ...rule('secret/a', 'update'), allowedParameters: { ttl: ['1h'] } }],
    [{ ...rule('secret/a', 'update'), allowedParameters: { ttl: ['9h'] } }],
    [{ path: 'secret/a', gained: [], lost: [], isLimitedOtherwise: true }],
  ],
  [
    'a template, whose owner decides',
    [],
    [rule('secret/{{identity.entity.name}}/*', 'read')],
    [
      {
        path: 'secret/{{identity.entity.name}}/*',
        gained: ['read'],
        lost: [],
        isLimitedOtherwise: false,
      },
    ],
  ],
  [
    'what two patterns share, where a third one decided before',
    [rule('secret/+/key', 'deny'), rule('secret/team/*', 'read')],
    [rule('secret/+/key', 'list'), rule('secret/team/*', 'read')],
    [{ path: 'secret/+/key', gained: ['list'], lost: [], isLimitedOtherwise: false }],
  ],
])('tells %s', (_, before, after, expected) => {
  expect(accessChanges(before, after)).toEqual(expected);
});

const segment = fc.constantFrom('a', 'b', '+');
const path = fc
  .tuple(fc.array(segment, { minLength: 1, maxLength: 3 }), fc.constantFrom('', '/*'))
  .map(([segments, end]) => segments.join('/') + end);
const policy = fc.array(
  fc.record({
    path,
    capabilities: fc.uniqueArray(fc.constantFrom<Capability>('read', 'update', 'deny'), { minLength: 1 }),
  }),
  { maxLength: 4 },
);
const asked = fc
  .array(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 4 })
  .map((all) => all.join('/'));

test('no path on which a token may do more is passed over', () => {
  fc.assert(
    fc.property(policy, policy, asked, (before, after, where) => {
      for (const capability of ['read', 'update'] as const) {
        const gains =
          decide([before], capability, where) === 'no' && decide([after], capability, where) === 'yes';
        const loses =
          decide([before], capability, where) === 'yes' && decide([after], capability, where) === 'no';
        const changes = accessChanges(before, after);
        if (gains) expect(changes.some(({ gained }) => gained.includes(capability))).toBe(true);
        if (loses) expect(changes.some(({ lost }) => lost.includes(capability))).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});
