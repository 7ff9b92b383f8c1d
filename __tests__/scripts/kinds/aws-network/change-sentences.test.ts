import { changeWords, driftOf, driftWords } from '../../../../scripts/kinds/aws-network/change-sentences';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';

function changeOf(
  type: string,
  actions: readonly string[],
  more: Partial<ScrubbedChange> = {},
): ScrubbedChange {
  return { address: `${type}.X`, type, actions, replacedBy: [], before: {}, after: {}, changed: [], ...more };
}
const words = (...changes: readonly ScrubbedChange[]) => changeWords({ changes, drift: [], outputs: [] });
const REPLACE = ['delete', 'create'];

describe('changeWords', () => {
  test('says what a replaced VPN connection does to its tunnels, and why', () => {
    expect(words(changeOf('aws_vpn_connection', REPLACE, { replacedBy: ['tunnel2_inside_cidr'] }))).toEqual([
      'the VPN connection is REPLACED (inside CIDR of tunnel 2 changes)',
      "both tunnels go down; new outside addresses and keys; the gateway's files change",
    ]);
  });

  test('names tunnel options that change in place, and no computed ones', () => {
    const after = {
      tunnel1_phase1_lifetime_seconds: 28800,
      tunnel1_preshared_key: '(sensitive)',
      tunnel1_address: null,
    };
    const changed = [...Object.keys(after)];
    expect(words(changeOf('aws_vpn_connection', ['update'], { after, changed }))).toEqual([
      "the VPN's phase 1 lifetime of tunnel 1 and pre-shared key of tunnel 1 change in place: that tunnel restarts",
    ]);
  });

  test('puts the most hurtful first and counts rules', () => {
    expect(
      words(
        changeOf('aws_vpc_security_group_ingress_rule', ['create']),
        changeOf('aws_vpc_security_group_ingress_rule', ['delete']),
        changeOf('aws_subnet', ['create'], { after: { cidr_block: '172.30.4.0/24' } }),
        changeOf('aws_vpc', REPLACE, { replacedBy: ['cidr_block'] }),
        changeOf('aws_route', ['update'], { changed: ['gateway_id'] }),
        changeOf('aws_eip', ['update'], { changed: ['tags', 'tags_all'] }),
      ),
    ).toEqual([
      'the VPC is REPLACED (CIDR block changes): everything in it goes and is built anew',
      'subnet 172.30.4.0/24 is added',
      'ingress rules: 1 added, 1 removed',
      'changed in place: route.X',
      'tags change: eip.X',
    ]);
  });

  test('says that a tainted resource is replaced because its creation had failed', () => {
    expect(words(changeOf('aws_vpc', REPLACE, { reason: 'replace_because_tainted' }))[0]).toContain(
      '(its creation had failed)',
    );
  });
});

describe('driftOf', () => {
  const drifted = changeOf('aws_vpn_connection', ['update'], {
    changed: ['vgw_telemetry', 'tunnel1_dpd_timeout_seconds', 'routes'],
  });

  test('tells what the plan changes back, without telemetry', () => {
    const answer = changeOf('aws_vpn_connection', ['update'], {
      changed: ['tunnel1_dpd_timeout_seconds', 'vgw_telemetry'],
    });
    const drift = driftOf({ changes: [answer], drift: [drifted], outputs: [] });
    expect(drift).toEqual([{ address: 'aws_vpn_connection.X', attributes: ['tunnel1_dpd_timeout_seconds'] }]);
    expect(driftWords(drift)).toEqual([
      'drift: aws_vpn_connection.X was changed outside of Terraform: tunnel1_dpd_timeout_seconds',
    ]);
  });

  test('does not tell tags twice: tags_all follows from tags, and alone from the defaults of the provider', () => {
    const tagged = (...changed: string[]) => changeOf('aws_vpc', ['update'], { changed });
    const drift = (...changed: string[]) =>
      driftOf({ changes: [tagged(...changed)], drift: [tagged(...changed)], outputs: [] });
    expect(drift('tags', 'tags_all')).toEqual([{ address: 'aws_vpc.X', attributes: ['tags'] }]);
    expect(drift('tags_all')).toEqual([]);
  });

  test('tells telemetry of a VPN connection as no drift, and the same names of anything else as drift', () => {
    const routed = (type: string) => changeOf(type, ['update'], { changed: ['routes', 'vgw_telemetry'] });
    const drift = (type: string) => driftOf({ changes: [routed(type)], drift: [routed(type)], outputs: [] });
    expect(drift('aws_vpn_connection')).toEqual([]);
    expect(drift('aws_x')).toEqual([{ address: 'aws_x.X', attributes: ['routes', 'vgw_telemetry'] }]);
  });

  test('leaves out what nothing follows from', () => {
    expect(driftOf({ changes: [], drift: [drifted], outputs: [] })).toEqual([]);
  });

  test('leaves out what the plan takes away', () => {
    const answer = changeOf('aws_vpn_connection', ['delete'], { changed: ['tunnel1_dpd_timeout_seconds'] });
    expect(driftOf({ changes: [answer], drift: [drifted], outputs: [] })).toEqual([]);
  });

  test('of what is replaced, leaves out what the cloud sets', () => {
    const answer = changeOf('aws_vpn_connection', ['delete', 'create'], {
      changed: ['tunnel1_dpd_timeout_seconds', 'routes'],
      after: { tunnel1_dpd_timeout_seconds: 30 },
    });
    expect(driftOf({ changes: [answer], drift: [drifted], outputs: [] })).toEqual([
      { address: 'aws_vpn_connection.X', attributes: ['tunnel1_dpd_timeout_seconds'] },
    ]);
  });

  test('tells an object that is gone', () => {
    const drift = driftOf({ changes: [], drift: [changeOf('aws_subnet', ['delete'])], outputs: [] });
    expect(driftWords(drift)).toEqual(['drift: aws_subnet.X is gone, but not by Terraform']);
  });
});
