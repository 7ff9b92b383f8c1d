import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CAPABILITIES, type Policy } from '../../../model/vault/policy';
import { ruleProblem } from '../../../model/vault/policy-rules';

const problem = (path: string, ...capabilities: readonly string[]) => ruleProblem({ path, capabilities });

it('refuses what the recorded server refused, in its words, and nothing else', () => {
  const cases: readonly { policies: readonly Policy[]; refused?: readonly string[] }[] = JSON.parse(
    readFileSync(join(__dirname, '../vault-policies.golden.json'), 'utf8'),
  );
  expect(cases.filter(({ refused }) => refused)).toHaveLength(24);
  for (const { policies, refused = [] } of cases) {
    const problems = policies.map((rules) => rules.map(ruleProblem).find((text) => text !== undefined));
    expect(
      problems.filter((text) => text !== undefined).map((text) => `failed to parse policy: ${text}`),
    ).toEqual(refused);
  }
});

it('takes every capability, none, and any other path', () => {
  expect(problem('a', ...CAPABILITIES)).toBeUndefined();
  for (const path of ['', '/', '*', '+', '+/', 'a/+/b*', 'a*+', 'a/*/+', 'a"b', 'a${b}'])
    expect(problem(path)).toBeUndefined();
});

it('refuses a capability that there is not', () => {
  expect(problem('a', 'read', 'fly')).toBe('path "a": invalid capability "fly"');
  expect(problem('/a', 'Read')).toBe('path "/a": invalid capability "Read"');
  expect(problem('a', '')).toBe('path "a": invalid capability ""');
});

it('does not look behind deny, as the server does not', () => {
  expect(problem('a', 'deny', 'fly')).toBeUndefined();
  expect(problem('a', 'fly', 'deny')).toBe('path "a": invalid capability "fly"');
});

it('looks at the wildcards first, without the first slash', () => {
  expect(problem('/a/+*', 'fly')).toBe(`path "a/+*": invalid use of wildcards ('+*' is forbidden)`);
  expect(problem('a/b+*c')).toBe(`path "a/b+*c": invalid use of wildcards ('+*' is forbidden)`);
});

it('takes a template, which must be closed', () => {
  const unbalanced = 'failed to validate policy templating: unbalanced templating characters';
  for (const path of ['secret/{{identity.entity.id}}/*', '{{identity.entity.name}}', 'secret/{x}/*'])
    expect(problem(path, 'read')).toBeUndefined();
  for (const path of ['a/{{x', 'a/x}}', 'a/{{x}}}}', 'a/{{x{{y}}'])
    expect(problem(path, 'read')).toBe(unbalanced);
});

it('refuses a wrap that can not be', () => {
  const rule = { path: 'a', capabilities: ['read'], minWrappingTtlSeconds: 2 };
  expect(ruleProblem({ ...rule, maxWrappingTtlSeconds: 2 })).toBeUndefined();
  expect(ruleProblem({ ...rule, maxWrappingTtlSeconds: 1 })).toBe(
    'max_wrapping_ttl cannot be less than min_wrapping_ttl',
  );
});
