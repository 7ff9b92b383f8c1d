import { problemLines, tryLoad } from '../folder-of';

const catalog = (policy: string) => `cci_version: "1.0"
onpremises: { default: {} }
policy:
  ${policy}
`;
const ONE = 'rule: KKH-NET-04, where: aws, reason: a lab';

test.each([
  ['no floor of that name', 'floor: severe', 'dev.yml:4:10-16 bad-value policy.floor'],
  ['no reason', 'accept: [{ rule: KKH-NET-04, where: aws }]', 'dev.yml:4:12-44 missing-key policy.accept[0]'],
  [
    'an empty reason',
    'accept: [{ rule: KKH-NET-04, where: aws, reason: " " }]',
    'dev.yml:4:52-55 bad-value policy.accept[0].reason',
  ],
  ['no rule', 'accept: [{ where: aws, reason: a lab }]', 'dev.yml:4:12-41 missing-key policy.accept[0]'],
  [
    'a rule that is a list',
    `accept: [{ rule: [a], where: aws, reason: a lab }]`,
    'dev.yml:4:20-23 wrong-type policy.accept[0].rule',
  ],
  [
    'a rule with a blank',
    `accept: [{ rule: KKH NET, where: aws, reason: a lab }]`,
    'dev.yml:4:20-27 bad-value policy.accept[0].rule',
  ],
  [
    'a place with a blank',
    `accept: [{ rule: KKH-NET-04, where: "aws default", reason: a lab }]`,
    'dev.yml:4:39-52 bad-value policy.accept[0].where',
  ],
  [
    'a day that is none',
    `accept: [{ ${ONE}, until: 2027-02-30 }]`,
    'dev.yml:4:66-76 bad-value policy.accept[0].until',
  ],
  [
    'another form of a day',
    `accept: [{ ${ONE}, until: 31.3.2027 }]`,
    'dev.yml:4:66-75 bad-value policy.accept[0].until',
  ],
  [
    'an unknown key',
    `accept: [{ ${ONE}, untill: 2027-01-01 }]`,
    'dev.yml:4:59-65 unknown-key policy.accept[0]: unknown key "untill"',
  ],
  [
    'the same twice',
    `accept: [{ ${ONE} }, { ${ONE} }]`,
    'dev.yml:4:69-79 duplicate-value policy.accept[1].rule',
  ],
  ['no list', 'accept: KKH-NET-04', 'dev.yml:4:11-21 wrong-type policy.accept'],
])('%s', (_, policy, expected) => {
  const lines = problemLines({ 'dev.yml': catalog(policy) });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(expected);
});

test('what is accepted has its place in the file that says it', () => {
  const { loaded } = tryLoad({
    'base.yml': `policy:\n  floor: high\n  accept:\n    - { ${ONE}, until: 2027-03-31 }\n`,
    'dev.yml': 'cci_version: "1.0"\nextends: base.yml\nonpremises: { default: {} }\n',
  });
  const { floor, accept } = loaded?.catalog.policy ?? {};
  expect(floor).toBe('high');
  expect(accept).toMatchObject([
    {
      rule: 'KKH-NET-04',
      where: 'aws',
      reason: 'a lab',
      until: '2027-03-31',
      at: { position: { line: 4 } },
      untilAt: { position: { line: 4, column: 61 } },
    },
  ]);
  expect(accept?.[0]?.at.position?.file).toMatch(/base\.yml$/);
});
