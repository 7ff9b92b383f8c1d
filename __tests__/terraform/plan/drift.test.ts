import { driftOf as driftWith, driftWords } from '../../../terraform/plan/drift';
import type { ScrubbedChange, ScrubbedPlan } from '../../../terraform/plan/scrub';

function changeOf(
  type: string,
  actions: readonly string[],
  more: Partial<ScrubbedChange> = {},
): ScrubbedChange {
  return { address: `${type}.X`, type, actions, replacedBy: [], before: {}, after: {}, changed: [], ...more };
}

const driftOf = (plan: ScrubbedPlan) => driftWith(plan, { aws_vpn_connection: ['vgw_telemetry', 'routes'] });

describe('driftOf', () => {
  const drifted = changeOf('aws_vpn_connection', ['update'], {
    changed: ['vgw_telemetry', 'tunnel1_dpd_timeout_seconds', 'routes'],
  });

  test('tells what the plan changes back, without telemetry', () => {
    const answer = changeOf('aws_vpn_connection', ['update'], {
      changed: ['tunnel1_dpd_timeout_seconds', 'vgw_telemetry'],
    });
    const drift = driftOf({ changes: [answer], drift: [drifted], outputs: [], outputValues: {} });
    expect(drift).toEqual([{ address: 'aws_vpn_connection.X', attributes: ['tunnel1_dpd_timeout_seconds'] }]);
    expect(driftWords(drift)).toEqual([
      'drift: aws_vpn_connection.X was changed outside of Terraform: tunnel1_dpd_timeout_seconds',
    ]);
  });

  test('does not tell tags twice: tags_all follows from tags, and alone from the defaults of the provider', () => {
    const tagged = (...changed: string[]) => changeOf('aws_vpc', ['update'], { changed });
    const drift = (...changed: string[]) =>
      driftOf({ changes: [tagged(...changed)], drift: [tagged(...changed)], outputs: [], outputValues: {} });
    expect(drift('tags', 'tags_all')).toEqual([{ address: 'aws_vpc.X', attributes: ['tags'] }]);
    expect(drift('tags_all')).toEqual([]);
  });

  test('tells telemetry of a VPN connection as no drift, and the same names of anything else as drift', () => {
    const routed = (type: string) => changeOf(type, ['update'], { changed: ['routes', 'vgw_telemetry'] });
    const drift = (type: string) =>
      driftOf({ changes: [routed(type)], drift: [routed(type)], outputs: [], outputValues: {} });
    expect(drift('aws_vpn_connection')).toEqual([]);
    expect(drift('aws_x')).toEqual([{ address: 'aws_x.X', attributes: ['routes', 'vgw_telemetry'] }]);
  });

  test('leaves out what nothing follows from', () => {
    expect(driftOf({ changes: [], drift: [drifted], outputs: [], outputValues: {} })).toEqual([]);
  });

  test('leaves out what the plan takes away', () => {
    const answer = changeOf('aws_vpn_connection', ['delete'], { changed: ['tunnel1_dpd_timeout_seconds'] });
    expect(driftOf({ changes: [answer], drift: [drifted], outputs: [], outputValues: {} })).toEqual([]);
  });

  test('of what is replaced, leaves out what the cloud sets', () => {
    const answer = changeOf('aws_vpn_connection', ['delete', 'create'], {
      changed: ['tunnel1_dpd_timeout_seconds', 'routes'],
      after: { tunnel1_dpd_timeout_seconds: 30 },
    });
    expect(driftOf({ changes: [answer], drift: [drifted], outputs: [], outputValues: {} })).toEqual([
      { address: 'aws_vpn_connection.X', attributes: ['tunnel1_dpd_timeout_seconds'] },
    ]);
  });

  test('tells an object that is gone', () => {
    const drift = driftOf({
      changes: [],
      drift: [changeOf('aws_subnet', ['delete'])],
      outputs: [],
      outputValues: {},
    });
    expect(driftWords(drift)).toEqual(['drift: aws_subnet.X is gone, but not by Terraform']);
  });
});
