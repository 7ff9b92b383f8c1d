import { readConfiguration } from '../../rules/configuration';
import { judge } from '../../rules/judge';
import { rulesOf } from '../../rules/user/checked-rules';

const GOOD = { id: 'ACME-01', severity: 'high', title: 'A VPC has an owner', judge: () => [] };
const RESOURCES = readConfiguration('app', { resource: { aws_vpc: { Main: {} } } });

test.each([
  ['a text', 'no rule', 'a rule must be an object'],
  ['a function', () => [], 'a rule must be an object'],
  ['no id', { ...GOOD, id: undefined }, 'id must be a text'],
  ['an id with a blank', { ...GOOD, id: 'my rule' }, 'id must be a text'],
  ['an id of ours', { ...GOOD, id: 'kkh-net-99' }, "kakehashi's own"],
  [
    'an unknown severity',
    { ...GOOD, severity: 'severe' },
    'severity must be one of critical, high, medium, low, got "severe"',
  ],
  ['no title', { ...GOOD, title: '' }, 'title must say what must hold'],
  ['types that are a text', { ...GOOD, types: 'aws_vpc' }, 'types must be a list of texts'],
  ['a reason that is a number', { ...GOOD, reason: 1 }, 'reason must be a text, got 1'],
  ['no function', { ...GOOD, judge: 'x' }, 'judge must be a function'],
])('%s is refused', (_, exported, message) => {
  expect(() => rulesOf(exported, 'policy/a.mjs')).toThrow(message);
  expect(() => rulesOf(exported, 'policy/a.mjs')).toThrow(/^policy\/a\.mjs: /);
});

test.each([
  ['nothing', undefined, 'must return a list of findings, got nothing'],
  ['a promise', Promise.resolve([]), 'it must not be async'],
  ['a rejected promise', Promise.reject(new Error('later')), 'it must not be async'],
  ['texts', ['wrong'], 'a finding must have a text, got "wrong"'],
  ['null', [null], 'a finding must have a text'],
  ['an attribute that is none', [{ text: 'x', attribute: 1 }], 'attribute must be a text, got 1'],
  ['another verdict', [{ text: 'x', verdict: 'pass' }], 'verdict must be violated or unknown, got "pass"'],
  ['another severity', [{ text: 'x', severity: 'bad' }], 'severity must be one of'],
])('a rule that returns %s fails, with its id and the resource', (_, returned, message) => {
  const rules = rulesOf({ ...GOOD, judge: () => returned }, 'policy/a.mjs');
  expect(() => judge(rules, RESOURCES)).toThrow(`ACME-01: failed on aws_vpc.Main: `);
  expect(() => judge(rules, RESOURCES)).toThrow(message);
});

test('a rule that throws fails, with its id and the resource', () => {
  const rules = rulesOf(
    [
      GOOD,
      {
        ...GOOD,
        id: 'ACME-02',
        types: ['aws_vpc'],
        judge: () => {
          throw new TypeError('no such thing');
        },
      },
    ],
    'policy/a.mjs',
  );
  expect(() => judge(rules, RESOURCES)).toThrow('ACME-02: failed on aws_vpc.Main: no such thing');
});

test('it sees each resource with all that it stands in', () => {
  const rules = rulesOf(
    {
      ...GOOD,
      judge: (
        { type, values }: { type: string; values: object },
        { resources }: { resources: readonly unknown[] },
      ) =>
        type === 'aws_vpc' && !('tags' in values)
          ? [{ text: `no tags, of ${resources.length}`, attribute: 'tags', severity: 'low' }]
          : [],
    },
    'policy/a.mjs',
  );
  expect(judge(rules, RESOURCES)).toEqual([
    {
      rule: 'ACME-01',
      severity: 'low',
      verdict: 'violated',
      text: 'no tags, of 1',
      stack: 'app',
      address: 'aws_vpc.Main',
      attribute: 'tags',
    },
  ]);
});
