import fc from 'fast-check';
import { kvPaths, kvRules, mountOf } from '../../../model/vault/kv-paths';
import type { Capability, Policy } from '../../../model/vault/policy';
import { isAllowed } from '../../../model/vault/policy-evaluator';

const V2 = [{ path: 'secret', version: 2 }] as const;
const V1 = [{ path: 'secret', version: 1 }] as const;

describe('kvRules', () => {
  test('gives data/ and metadata/ to a rule below a KV v2 mount, each what it can do', () => {
    const all: Capability[] = ['create', 'read', 'update', 'delete', 'list', 'sudo', 'patch'];
    expect(kvRules([{ path: 'secret/aws/*', capabilities: all }], V2)).toEqual([
      { path: 'secret/data/aws/*', capabilities: ['create', 'read', 'update', 'delete', 'sudo', 'patch'] },
      { path: 'secret/metadata/aws/*', capabilities: ['read', 'delete', 'list'] },
    ]);
  });

  test('denies both sides', () => {
    expect(kvRules([{ path: 'secret/root', capabilities: ['deny'] }], V2)).toEqual([
      { path: 'secret/data/root', capabilities: ['deny'] },
      { path: 'secret/metadata/root', capabilities: ['deny'] },
    ]);
  });

  test('leaves out a side that gets nothing, but not where it hides another rule', () => {
    const write = { path: 'secret/aws/*', capabilities: ['create', 'update'] } as const;
    expect(kvRules([write], V2)).toEqual([{ path: 'secret/data/aws/*', capabilities: ['create', 'update'] }]);
    expect(kvRules([write, { path: '*', capabilities: ['list'] }], V2)).toEqual([
      { path: 'secret/data/aws/*', capabilities: ['create', 'update'] },
      { path: 'secret/metadata/aws/*', capabilities: [] },
      { path: '*', capabilities: ['list'] },
    ]);
  });

  test.each([
    'secret',
    'secrets/aws',
    'sec*',
    'secret*',
    '*',
    '+/aws',
    'auth/token/lookup-self',
    'kv1/secret/a',
  ])('leaves %s as it is', (path) => {
    const rules: Policy = [{ path, capabilities: ['read'] }];
    expect(kvRules(rules, V2)).toEqual(rules);
  });

  test('leaves a KV v1 mount as it is', () => {
    const rules: Policy = [{ path: 'secret/*', capabilities: ['read', 'list'] }];
    expect(kvRules(rules, V1)).toEqual(rules);
    expect(kvRules(rules, [])).toEqual(rules);
  });

  test('takes a mount of several segments', () => {
    expect(
      kvRules([{ path: 'team/kv/', capabilities: ['list'] }], [{ path: 'team/kv', version: 2 }]),
    ).toEqual([{ path: 'team/kv/metadata/', capabilities: ['list'] }]);
  });
});

describe('kvPaths', () => {
  test.each([
    ['read', 'secret/a', ['secret/data/a']],
    ['patch', 'secret/a', ['secret/data/a']],
    ['list', 'secret/a', ['secret/metadata/a']],
    ['list', 'secret', ['secret/metadata']],
    ['delete', 'secret/a', ['secret/data/a', 'secret/metadata/a']],
    ['read', 'secrets/a', ['secrets/a']],
    ['read', 'auth/token/lookup-self', ['auth/token/lookup-self']],
  ] as const)('%s on %s', (capability, path, paths) => {
    expect(kvPaths(capability, path, V2)).toEqual(paths);
    expect(kvPaths(capability, path, V1)).toEqual([path]);
  });
});

test('mountOf finds the mount that a path is below, and no other', () => {
  const mounts = [{ path: 'team/kv' }, { path: 'secret' }];
  expect(mountOf('secret/aws', mounts)).toBe(mounts[1]);
  expect(mountOf('team/kv/a', mounts)).toBe(mounts[0]);
  expect(mountOf('team/kv', mounts)).toBeUndefined();
  expect(mountOf('secrets/aws', mounts)).toBeUndefined();
});

test('a policy allows below a KV v2 mount what it would allow below one of KV v1', () => {
  const segment = fc.constantFrom('a', 'b', 'ab', '+');
  const below = fc
    .tuple(fc.array(segment, { maxLength: 3 }), fc.constantFrom('', '*', 'a*', '/'))
    .map(([segments, end]) =>
      [...segments, ...(end === '' || end === '/' ? [] : [end])].join('/').concat(end === '/' ? '/' : ''),
    )
    .filter((path) => path !== '' && !path.startsWith('/') && !path.includes('+*'));
  const path = fc.oneof(
    { weight: 6, arbitrary: below.map((rest) => `secret/${rest}`) },
    { weight: 1, arbitrary: fc.constantFrom('*', 'sec*', 'secret/*', 'kv1/a') },
  );
  const capability = fc.constantFrom<Capability>('create', 'read', 'update', 'delete', 'list', 'patch');
  const rule = fc.record({
    path,
    capabilities: fc.oneof(
      { weight: 5, arbitrary: fc.uniqueArray(capability, { minLength: 1 }) },
      { weight: 1, arbitrary: fc.constant<Capability[]>(['deny']) },
    ),
  });
  const asked = fc
    .array(fc.constantFrom('a', 'b', 'ab', 'c'), { minLength: 1, maxLength: 3 })
    .map((segments) => `secret/${segments.join('/')}`);
  fc.assert(
    fc.property(fc.array(rule, { minLength: 1, maxLength: 5 }), asked, capability, (rules, where, what) => {
      const versioned = [kvRules(rules, V2)];
      const answers = kvPaths(what, where, V2).map((place) => isAllowed(versioned, what, place));
      expect(new Set(answers)).toEqual(new Set([isAllowed([rules], what, where)]));
    }),
    { numRuns: 3000 },
  );
});
