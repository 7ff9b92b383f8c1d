import fc from 'fast-check';
import { grantedRules } from '../../../model/vault/grants';
import { kvPaths, kvRules } from '../../../model/vault/kv-paths';
import type { Capability, PolicyRule } from '../../../model/vault/policy';
import { isAllowed } from '../../../model/vault/policy-evaluator';

const read = (path: string): PolicyRule => ({ path, capabilities: ['read'] });

test('a narrower grant keeps what a wider one and a written rule allow', () => {
  expect(
    grantedRules([read('secret/*')], [{ path: 'secret/aws/*', capabilities: ['create', 'update'] }]),
  ).toEqual([{ path: 'secret/aws/*', capabilities: ['create', 'read', 'update'] }]);
});

test('the grants of one path are one rule, in the order of their paths', () => {
  const grants = [read('b'), read('a'), { path: 'b', capabilities: ['list'] }] as const;
  expect(grantedRules([], grants)).toEqual([read('a'), { path: 'b', capabilities: ['list', 'read'] }]);
});

test('a written rule that denies makes no grant deny', () => {
  const deny: PolicyRule = { path: 'secret/*', capabilities: ['deny'] };
  expect(grantedRules([deny], [read('secret/aws/*')])).toEqual([read('secret/aws/*')]);
});

describe.each([1, 2] as const)('with KV v%d', (version) => {
  const mounts = [{ path: 'kv', version }];
  // Few of each, so that they meet: a path, its folder, patterns that end in the middle of a segment.
  const path = fc.constantFrom('a', 'ab', 'a/a', 'a/ab', 'a/a/b');
  const pattern = fc.constantFrom('*', 'a', 'a*', 'a/*', 'a/a', 'a/a*', 'a/a/*', 'ab');
  const capability = fc.constantFrom<Capability>('read', 'list', 'create', 'delete');
  const grant = fc.record({ path: pattern.map((text) => `kv/${text}`), capability });

  test('exactly what is granted is allowed, whatever else is granted', () => {
    fc.assert(
      fc.property(fc.array(grant, { minLength: 1, maxLength: 5 }), path, capability, (grants, at, wanted) => {
        const asked = `kv/${at}`;
        const rules = grants.map((one) => ({ path: one.path, capabilities: [one.capability] }));
        const policy = kvRules(grantedRules([], rules), mounts, false);
        const granted = grants.some(
          (one) => one.capability === wanted && matches(one.path, asked, wanted === 'list'),
        );
        const allowed = kvPaths(wanted, asked, mounts).every((server) => isAllowed([policy], wanted, server));
        expect(allowed).toBe(granted);
      }),
      { numRuns: 2000 },
    );
  });
});

function matches(pattern: string, path: string, lists: boolean): boolean {
  const asked = lists ? [path, `${path}/`] : [path];
  return asked.some((one) =>
    pattern.endsWith('*') ? one.startsWith(pattern.slice(0, -1)) : one === pattern,
  );
}
