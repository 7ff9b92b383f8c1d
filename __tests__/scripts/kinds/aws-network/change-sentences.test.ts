import { changeWords } from '../../../../scripts/kinds/aws-network/change-sentences';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';

function changeOf(
  type: string,
  actions: readonly string[],
  more: Partial<ScrubbedChange> = {},
): ScrubbedChange {
  return { address: `${type}.X`, type, actions, replacedBy: [], before: {}, after: {}, changed: [], ...more };
}
const words = (...changes: readonly ScrubbedChange[]) =>
  changeWords({ changes, drift: [], outputs: [], outputValues: {} });
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
      'changed in place: 1 aws route',
      'tags change: 1 aws eip',
    ]);
  });

  test('says that a tainted resource is replaced because its creation had failed', () => {
    expect(words(changeOf('aws_vpc', REPLACE, { reason: 'replace_because_tainted' }))[0]).toContain(
      '(its creation had failed)',
    );
  });
});
