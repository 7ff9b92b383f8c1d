import { acceptanceFindings, accepted, fits } from '../../rules/acceptance';
import type { RuleFinding } from '../../rules/finding';

const FINDING: RuleFinding = {
  rule: 'KKH-NET-04',
  severity: 'medium',
  verdict: 'violated',
  text: 'the VPC writes no flow logs',
  stack: 'dev-aws-default',
  address: 'aws_vpc.Network_Vpc',
};
const WHERE = { path: ['aws', 'default', 'create', 'vpc_cidr'] };
const at = { path: ['policy', 'accept', 0, 'rule'] };
const acceptance = (more: object = {}) => ({
  rule: 'KKH-NET-04',
  where: 'dev-aws-default',
  reason: 'a lab',
  at,
  untilAt: at,
  ...more,
});

test.each([
  ['dev-aws-default', true],
  ['dev-*', true],
  ['*', true],
  ['dev-aws-default/aws_vpc.Network_Vpc', true],
  ['dev-aws-default/aws_vpc.*', true],
  ['aws', true],
  ['aws.default', true],
  ['aws.*.create', true],
  ['aws.default.create.vpc_cidr', true],
  // A neighbour is not meant.
  ['dev-aws', false],
  ['aws_vpc.Network_Vpc', false],
  ['aws.def', false],
  ['prod-*', false],
  // Nothing is a pattern but the star.
  ['dev.aws.default', false],
  ['dev-aws-defaul?', false],
])('where %s: %s', (where, expected) => {
  expect(fits(where, FINDING, WHERE)).toBe(expected);
});

test('a finding is accepted with its reason, until the end of the last day', () => {
  const list = [acceptance({ until: '2026-11-30' })];
  const { findings, used } = accepted([{ finding: FINDING, where: WHERE }], list, '2026-11-30');
  expect(findings).toEqual([
    { ...FINDING, verdict: 'accepted', accepted: { reason: 'a lab', until: '2026-11-30' } },
  ]);
  expect(acceptanceFindings(list, used, '2026-11-30')).toEqual([]);
});

test('an acceptance that has ended accepts nothing, and is a finding itself', () => {
  const list = [acceptance({ until: '2026-11-29' })];
  const { findings, used } = accepted([{ finding: FINDING, where: WHERE }], list, '2026-11-30');
  expect(findings).toEqual([FINDING]);
  expect(acceptanceFindings(list, used, '2026-11-30')).toEqual([
    expect.objectContaining({
      rule: 'KKH-POL-01',
      severity: 'medium',
      text: expect.stringContaining('ended on 2026-11-29'),
    }),
  ]);
});

test('one that fits nothing is a finding, also where another rule has one there', () => {
  const list = [acceptance({ rule: 'KKH-NET-05' })];
  const { findings, used } = accepted([{ finding: FINDING, where: WHERE }], list, '2026-11-30');
  expect(findings).toEqual([FINDING]);
  expect(acceptanceFindings(list, used, '2026-11-30')).toEqual([
    expect.objectContaining({ rule: 'KKH-POL-02', severity: 'low' }),
  ]);
});

test('of two that fit, one that has not ended counts', () => {
  const list = [acceptance({ until: '2020-01-01' }), acceptance({ where: 'aws', reason: 'now' })];
  const { findings } = accepted([{ finding: FINDING, where: WHERE }], list, '2026-11-30');
  expect(findings).toMatchObject([{ verdict: 'accepted', accepted: { reason: 'now' } }]);
});
