import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CAPABILITIES, type Capability, type Policy } from '../../../model/vault/policy';
import { capabilitiesOn, isAllowed } from '../../../model/vault/policy-evaluator';

/** Recorded from OpenBao 2.6.2: `sys/capabilities` of tokens with random policies. */
interface RecordedCase {
  readonly policies: readonly Policy[];
  readonly answers?: Readonly<Record<string, readonly Capability[]>>;
  readonly refused?: readonly string[];
}

const CASES: readonly RecordedCase[] = JSON.parse(
  readFileSync(join(__dirname, '../vault-policies.golden.json'), 'utf8'),
);

/** A policy from `path: capabilities` pairs. */
const policy = (rules: Readonly<Record<string, string>>): Policy =>
  Object.entries(rules).map(([path, words]) => ({
    path,
    capabilities: words.split(' ').filter((word) => word !== '') as Capability[],
  }));

const on = (path: string, ...policies: readonly Readonly<Record<string, string>>[]): string =>
  capabilitiesOn(policies.map(policy), path).join(' ');

it('agrees with every recorded answer of a real server', () => {
  const answers = CASES.flatMap(({ policies, answers = {} }) =>
    Object.entries(answers).map(([path, expected]) => ({ policies, path, expected })),
  );
  expect(answers).toHaveLength(1745);
  const wrong = answers
    .map((one) => ({ ...one, got: capabilitiesOn(one.policies, one.path) }))
    .filter(({ expected, got }) => expected.join() !== got.join());
  expect(wrong).toEqual([]);
});

it.each<[string, string, string, readonly Readonly<Record<string, string>>[]]>([
  ['nothing', 'deny', 'a', []],
  ['an exact path and nothing below or beside it', 'read', 'a/b', [{ 'a/b': 'read' }]],
  ['not what is below an exact path', 'deny', 'a/b/c', [{ 'a/b': 'read' }]],
  [
    'an exact path before a glob that allows more',
    'read',
    'a/b',
    [{ 'a/b': 'read' }, { 'a/*': 'read update' }],
  ],
  ['an exact path before a glob that denies', 'read', 'a/b', [{ 'a/b': 'read', 'a/*': 'deny' }]],
  ['a rule without capabilities as a refusal', 'deny', 'a/b', [{ 'a/b': '', 'a/*': 'read' }]],
  ['a glob as the beginning of a text, not of a segment', 'read', 'abc/d', [{ 'ab*': 'read' }]],
  ['the path before the glob itself', 'read', 'ab', [{ 'ab*': 'read' }]],
  ['a glob with a slash not for the folder alone', 'deny', 'a', [{ 'a/*': 'read' }]],
  ['the longest glob', 'list', 'a/b/c', [{ 'a/*': 'read', 'a/b/*': 'list', 'a/b*': 'sudo' }]],
  ['everything for a star', 'read', 'x/y', [{ '*': 'read' }]],
  ['a star inside of a path as a character', 'deny', 'a/x/b', [{ 'a/*/b': 'read' }]],
  ['one segment for a plus', 'read', 'a/x/b', [{ 'a/+/b': 'read' }]],
  ['a plus for an empty segment', 'read', 'a//b', [{ 'a/+/b': 'read' }]],
  ['a plus not for two segments', 'deny', 'a/x/y/b', [{ 'a/+/b': 'read' }]],
  ['a plus within a segment as a character', 'deny', 'a/xb', [{ 'a/+b': 'read' }]],
  ['a plus within a segment as itself', 'read', 'a/+b', [{ 'a/+b': 'read' }]],
  ['a lone plus', 'read', 'a', [{ '+': 'read' }]],
  ['the later first wildcard', 'list', 'a/b/c', [{ '+/b/c': 'read', 'a/+/c': 'list', 'a/*': 'sudo' }]],
  ['a glob whose star stands later than a plus', 'list', 'a/b/c', [{ 'a/+/c': 'read', 'a/b*': 'list' }]],
  ['a plus before a glob at the same place', 'read', 'a/b', [{ 'a/+': 'read', 'a/*': 'list' }]],
  ['what does not end in a star', 'read', 'a/b/c', [{ 'a/+/c': 'read', 'a/+/c*': 'list' }]],
  ['fewer pluses', 'read', 'a/b/c', [{ 'a/+/c': 'read', 'a/+/+': 'list' }]],
  ['fewer pluses among globs', 'read', 'a/b/c/d', [{ 'a/+/c/*': 'read', 'a/+/+/d*': 'list' }]],
  ['the longer one', 'read', 'a/b/cd', [{ 'a/+/cd*': 'read', 'a/+/c*': 'list' }]],
  ['the longer one in bytes', 'read', 'a/x/é/yy', [{ 'a/+/é/+': 'read', 'a/+/+/yy': 'list' }]],
  ['the lexically later one', 'list', 'a/x/b/c', [{ 'a/+/+/c': 'read', 'a/+/b/+': 'list' }]],
  ['the capabilities of one path in two policies', 'list read', 'a', [{ a: 'read' }, { a: 'list' }]],
  ['deny among the rules of one path, first or last', 'deny', 'a', [{ a: 'deny' }, { a: 'list' }]],
  ['deny that comes last', 'deny', 'a/+', [{ 'a/+': 'list' }, { 'a/+': 'deny' }, { 'a/+': 'read' }]],
  ['deny beside other capabilities in one rule', 'deny', 'a', [{ a: 'read deny' }]],
  ['a deny of lower priority not at all', 'read', 'a/b', [{ 'a/b*': 'read', 'a/*': 'deny' }]],
  ['a path with and without the first slash', 'read', '/a', [{ '/a': 'read' }]],
  ['only one first slash of a rule', 'deny', 'a', [{ '//a': 'read' }]],
  ['sudo and patch as any other', 'patch sudo', 'a', [{ a: 'sudo patch' }]],
  ['a path with a slash by the exact rule without', 'read', 'a/', [{ a: 'read', 'a/*': 'list' }]],
  ['not a path without a slash by the rule with one', 'deny', 'a', [{ 'a/': 'list' }]],
  ['a path with a slash by its own rule first', 'list', 'a/', [{ 'a/': 'list', a: 'read' }]],
  ['a path with a slash by its pattern first', 'deny', 'a/b/', [{ 'a/*': 'list', 'a/b/*': 'deny' }]],
  ['a path with a slash by a pattern without', 'read', 'a/b/', [{ 'a/+': 'read' }]],
  ['an empty path by a star', 'read', '', [{ '*': 'read' }]],
  ['an empty path by an empty rule', 'read', '/', [{ '': 'read', '+': 'list' }]],
])('counts %s', (_, expected, path, policies) => {
  expect(on(path, ...policies)).toBe(expected);
});

it('lets a request to list through by the path with a slash, others by the path as it stands', () => {
  const rules = [policy({ 'a/': 'list read', 'b/*': 'list read', c: 'list', 'd/': 'deny' })];
  expect(isAllowed(rules, 'list', 'a')).toBe(true);
  expect(isAllowed(rules, 'read', 'a')).toBe(false);
  expect(isAllowed(rules, 'list', 'b')).toBe(true);
  expect(isAllowed(rules, 'read', 'b')).toBe(false);
  expect(isAllowed(rules, 'list', 'c/')).toBe(true);
  expect(isAllowed(rules, 'read', 'c/')).toBe(false);
  expect(isAllowed(rules, 'list', 'd')).toBe(false);
  expect(isAllowed(rules, 'deny', 'd/')).toBe(false);
});

const segment = fc.constantFrom('a', 'b', 'ab', '+', '');
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/'));
const rule = fc.record({
  path: fc.tuple(path, fc.constantFrom('', '*')).map(([text, end]) => (text + end).replace('+*', '+')),
  capabilities: fc.uniqueArray(fc.constantFrom(...CAPABILITIES), { maxLength: 4 }),
});
const policies = fc.array(fc.array(rule, { maxLength: 5 }), { maxLength: 3 });

it('does not depend on the order of policies and rules, nor on which policy a rule is in', () => {
  fc.assert(
    fc.property(policies, path, (some, asked) => {
      const answer = capabilitiesOn(some, asked);
      expect(capabilitiesOn(some.map((rules) => [...rules].reverse()).reverse(), asked)).toEqual(answer);
      expect(capabilitiesOn([some.flat()], asked)).toEqual(answer);
      expect(capabilitiesOn([...some, ...some], asked)).toEqual(answer);
    }),
  );
});

it('answers deny alone, or sorted capabilities that some rule has', () => {
  fc.assert(
    fc.property(policies, path, (some, asked) => {
      const answer = capabilitiesOn(some, asked);
      expect(answer).toEqual([...new Set(answer)].sort());
      if (answer.includes('deny')) expect(answer).toEqual(['deny']);
      else for (const one of answer) expect(some.flat().flatMap((each) => each.capabilities)).toContain(one);
    }),
  );
});

it('is decided by an exact rule, whatever other paths have', () => {
  const literal = path.filter((text) => !text.includes('+'));
  fc.assert(
    fc.property(policies, literal, (some, asked) => {
      const others = some.map((rules) =>
        rules.filter((each) => each.path.replace(/^\//, '') !== asked.replace(/^\//, '')),
      );
      const own: Policy = [{ path: asked, capabilities: ['patch'] }];
      fc.pre(!asked.startsWith('//'));
      expect(capabilitiesOn([...others, own], asked)).toEqual(['patch']);
    }),
  );
});
