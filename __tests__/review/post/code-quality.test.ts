import { mergeRecords } from '../../../review/merge/merge';
import { codeQuality } from '../../../review/post/gitlab/code-quality';
import { postingOf } from '../../../review/post/posting-of';
import type { Review } from '../../../review/review';
import type { RuleFinding } from '../../../rules/finding';
import type { PlanEffect } from '../../../terraform/plan/effect';
import { sampleRecords } from '../../support/records';

const LINE = { file: 'catalog/dev.yml', line: 4, column: 3, endColumn: 9 };
const BASE = { file: 'catalog/base.yml', line: 7, column: 1, endColumn: 5 };

/** A review of one stack with these findings and effects; its resource `aws_vpn_connection.Vpn` is at a line. */
function reviewOf(
  findings: readonly RuleFinding[],
  effects: readonly PlanEffect[] = [],
  floor?: string,
): Review {
  const { stacks, environment } = sampleRecords();
  const withThem = stacks.map((record) =>
    record.outcome.kind === 'planned'
      ? {
          ...record,
          outcome: {
            ...record.outcome,
            findings,
            positions: { 'aws_vpn_connection.Vpn': LINE },
            summary: { ...record.outcome.summary, effects },
          },
        }
      : record,
  );
  const whole = { ...environment, ...(floor === undefined ? {} : { floor }) };
  const [review] = mergeRecords([...withThem, whole].map((record, index) => ({ file: `${index}`, record })));
  if (review === undefined) throw new Error('there is no review');
  return review;
}

const finding = (given: Partial<RuleFinding> = {}): RuleFinding => ({
  rule: 'KKH-VPN-02',
  severity: 'high',
  verdict: 'violated',
  text: 'the tunnels take weak ciphers',
  address: 'aws_vpn_connection.Vpn',
  ...given,
});

describe('a code quality report', () => {
  it('has violated findings at their lines', () => {
    const findings = [
      finding(),
      finding({ position: BASE, severity: 'critical' }),
      finding({ verdict: 'accepted' }),
      finding({ verdict: 'unknown' }),
      finding({ address: 'aws_vpc.Vpc' }),
    ];
    const issues = JSON.parse(codeQuality([reviewOf(findings)], '')) as readonly object[];
    expect(issues).toEqual([
      expect.objectContaining({
        severity: 'critical',
        location: { path: 'catalog/base.yml', lines: { begin: 7 } },
      }),
      {
        description: 'aws_vpn_connection.Vpn: the tunnels take weak ciphers',
        check_name: 'KKH-VPN-02',
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        severity: 'major',
        location: { path: 'catalog/dev.yml', lines: { begin: 4 } },
      },
    ]);
  });

  it('has paths from the folder of the repository, and fingerprints that no line changes', () => {
    const at = (line: number) =>
      JSON.parse(codeQuality([reviewOf([finding({ position: { ...LINE, line } })])], 'net/east')) as [
        { fingerprint: string; location: { path: string } },
      ];
    expect(at(4)[0].location.path).toBe('net/east/catalog/dev.yml');
    expect(at(4)[0].fingerprint).toBe(at(40)[0].fingerprint);
  });
});

describe('a posting', () => {
  it('has the kinds of its effects, and annotations of findings and of what hurts', () => {
    const effects: readonly PlanEffect[] = [
      { weight: 'quiet', text: 'tags change' },
      { weight: 'widened', text: 'port 22 opens to 0.0.0.0/0' },
      { weight: 'outage', text: 'both tunnels go down', addresses: ['aws_vpn_connection.Vpn'] },
    ];
    const findings = [
      finding(),
      finding({ severity: 'low' }),
      finding({ verdict: 'unknown', text: 'is known later' }),
    ];
    const { kinds, outcome, annotations } = postingOf(reviewOf(findings, effects, 'high'), () => '');
    expect(kinds).toEqual(['outage', 'widened']);
    expect(outcome).toBe('refused');
    expect(annotations.map(({ level, title, position }) => [level, title, position?.line])).toEqual([
      ['error', 'dev: KKH-VPN-02', 4],
      ['warning', 'dev: KKH-VPN-02', 4],
      ['notice', 'dev: KKH-VPN-02', 4],
      ['warning', 'dev: outage', 4],
      ['notice', 'dev: widened', undefined],
    ]);
  });

  it('of lighter changes alone is of the kind changes', () => {
    expect(postingOf(reviewOf([], [{ weight: 'created', text: 'a VPC' }]), () => '').kinds).toEqual([
      'changes',
    ]);
  });
});
