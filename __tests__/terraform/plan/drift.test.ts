import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { driftOf as driftWith, driftWords } from '../../../terraform/plan/drift';
import { type ScrubbedChange, type ScrubbedPlan, scrubPlan } from '../../../terraform/plan/scrub';

function changeOf(
  type: string,
  actions: readonly string[],
  more: Partial<ScrubbedChange> = {},
): ScrubbedChange {
  return { address: `${type}.X`, type, actions, replacedBy: [], before: {}, after: {}, changed: [], ...more };
}

const driftOf = (plan: Pick<ScrubbedPlan, 'changes' | 'drift'>) =>
  driftWith(plan, { aws_vpn_connection: ['vgw_telemetry', 'routes'] });

const TAGS = { tags: {}, tags_all: {} };

describe('driftOf', () => {
  const drifted = changeOf('aws_vpn_connection', ['update'], {
    changed: ['vgw_telemetry', 'tunnel1_dpd_timeout_seconds', 'routes'],
  });

  test('tells what the plan changes back, without telemetry', () => {
    const answer = changeOf('aws_vpn_connection', ['update'], {
      changed: ['tunnel1_dpd_timeout_seconds', 'vgw_telemetry'],
      after: { tunnel1_dpd_timeout_seconds: 30, vgw_telemetry: [] },
    });
    const drift = driftOf({ changes: [answer], drift: [drifted] });
    expect(drift).toEqual([
      {
        address: 'aws_vpn_connection.X',
        type: 'aws_vpn_connection',
        attributes: ['tunnel1_dpd_timeout_seconds'],
      },
    ]);
    expect(driftWords(drift)).toEqual([
      'drift: 1 aws_vpn_connection was changed outside of Terraform: tunnel1_dpd_timeout_seconds (X)',
    ]);
  });

  test('tells changed tags once, also where only a default tag was changed or deleted', () => {
    const tagged = (...changed: string[]) =>
      changeOf('aws_vpc', ['update'], { changed, before: TAGS, after: TAGS });
    const drift = (...changed: string[]) =>
      driftOf({ changes: [tagged('tags', 'tags_all')], drift: [tagged(...changed)] });
    expect(drift('tags', 'tags_all')).toEqual([
      { address: 'aws_vpc.X', type: 'aws_vpc', attributes: ['tags'] },
    ]);
    expect(drift('tags_all')).toEqual([{ address: 'aws_vpc.X', type: 'aws_vpc', attributes: ['tags'] }]);
  });

  test('tells no drift where the provider only sorts the same tags anew, because its default tags have changed', () => {
    const sorted = changeOf('aws_vpc', ['update'], { changed: ['tags'], before: TAGS, after: TAGS });
    const answer = changeOf('aws_vpc', ['update'], { changed: ['tags', 'tags_all'], after: TAGS });
    expect(driftOf({ changes: [answer], drift: [sorted] })).toEqual([]);
    const untagged = { ...sorted, before: { tags: {} } };
    expect(driftOf({ changes: [answer], drift: [untagged] })).toHaveLength(1);
  });

  test('of a plan of hashicorp/aws 5.100.0 with another default tag, tells the one VPC that somebody tagged too', () => {
    // Recorded against moto 5: six resources, of which the provider reports a changed `tags` each.
    const text = readFileSync(join(__dirname, 'default-tag-changed.plan.json'), 'utf8');
    const plan = scrubPlan(text, () => undefined);
    expect(plan.drift).toHaveLength(6);
    expect(driftOf(plan)).toEqual([{ address: 'aws_vpc.V', type: 'aws_vpc', attributes: ['tags'] }]);
  });

  test('tells no drift of what is unknown because something else changes', () => {
    const computed = changeOf('aws_x', ['update'], { changed: ['dns_name', 'ttl'] });
    const answer = changeOf('aws_x', ['update'], {
      changed: ['dns_name', 'ttl', 'size'],
      after: { size: 2, ttl: null },
    });
    expect(driftOf({ changes: [answer], drift: [computed] })).toEqual([
      { address: 'aws_x.X', type: 'aws_x', attributes: ['ttl'] },
    ]);
  });

  test('groups what drifted by its kind and attributes, with a count and the first names', () => {
    const subnet = (name: string) => ({
      address: `aws_subnet.${name}`,
      type: 'aws_subnet',
      attributes: ['tags'],
    });
    expect(
      driftWords([
        ...['A', 'B', 'C', 'D', 'E'].map(subnet),
        { address: 'aws_vpc.V', type: 'aws_vpc', attributes: ['tags'] },
        { address: 'aws_eip.N', type: 'aws_eip', attributes: [] },
        { address: 'aws_eip.M', type: 'aws_eip', attributes: [] },
      ]),
    ).toEqual([
      'drift: 5 aws_subnet were changed outside of Terraform: tags (A, B, C and 2 more)',
      'drift: 1 aws_vpc was changed outside of Terraform: tags (V)',
      'drift: 2 aws_eip are gone, deleted outside of Terraform (N, M)',
    ]);
  });

  test('tells telemetry of a VPN connection as no drift, and the same names of anything else as drift', () => {
    const routed = (type: string) =>
      changeOf(type, ['update'], {
        changed: ['routes', 'vgw_telemetry'],
        after: { routes: [], vgw_telemetry: [] },
      });
    const drift = (type: string) => driftOf({ changes: [routed(type)], drift: [routed(type)] });
    expect(drift('aws_vpn_connection')).toEqual([]);
    expect(drift('aws_x')).toEqual([
      { address: 'aws_x.X', type: 'aws_x', attributes: ['routes', 'vgw_telemetry'] },
    ]);
  });

  test('leaves out what nothing follows from', () => {
    expect(driftOf({ changes: [], drift: [drifted] })).toEqual([]);
  });

  test('leaves out what the plan takes away', () => {
    const answer = changeOf('aws_vpn_connection', ['delete'], { changed: ['tunnel1_dpd_timeout_seconds'] });
    expect(driftOf({ changes: [answer], drift: [drifted] })).toEqual([]);
  });

  test('of what is replaced, leaves out what the cloud sets', () => {
    const answer = changeOf('aws_vpn_connection', ['delete', 'create'], {
      changed: ['tunnel1_dpd_timeout_seconds', 'routes'],
      after: { tunnel1_dpd_timeout_seconds: 30 },
    });
    expect(driftOf({ changes: [answer], drift: [drifted] })).toEqual([
      {
        address: 'aws_vpn_connection.X',
        type: 'aws_vpn_connection',
        attributes: ['tunnel1_dpd_timeout_seconds'],
      },
    ]);
  });

  test('tells an object that is gone', () => {
    const drift = driftOf({ changes: [], drift: [changeOf('aws_subnet', ['delete'])] });
    expect(driftWords(drift)).toEqual(['drift: 1 aws_subnet is gone, deleted outside of Terraform (X)']);
  });
});
