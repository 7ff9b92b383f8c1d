import { hubSentences } from '../../../../scripts/kinds/aws-hub/plan-sentences';
import { textsOf } from '../../../../terraform/plan/effect';
import { loadedFrom } from '../../../support/loaded';

const SITE = "cci_version: '1.0'\nsite: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }\n";

function sentences(create: string, types: readonly string[], action = 'create'): readonly string[] {
  const loaded = loadedFrom(`${SITE}hubs: { main: { aws_region: ap-northeast-1, create: ${create} } }\n`);
  const [stack] = loaded.stacks;
  if (stack?.kind !== 'aws-hub') throw new Error('the catalog has no hub');
  const resources = types.map((resourceType) => ({ address: `${resourceType}.x`, resourceType, action }));
  return textsOf(hubSentences({ stack, loaded, resources }));
}

const GATEWAY = 'aws_ec2_transit_gateway';

test('a new hub is told with its tables, with whom it is shared, and its VPN', () => {
  const create =
    "{ route_tables: { dev: {}, prod: {} }, share: ['123456789012'], vpn: { routing: bgp, acceleration: true } }";
  const [gateway, vpn, ...others] = sentences(create, [GATEWAY, 'aws_vpn_connection']);
  expect(gateway).toBe(
    'transit gateway in ap-northeast-1, 2 route tables of networks (dev and prod), shared with 123456789012',
  );
  expect(vpn).toMatch(/^VPN to 198\.51\.100\.10.*, both tunnels at once, accelerated$/);
  expect(others).toEqual([]);
});

test('a VPN with static routes uses one tunnel at a time', () => {
  const [gateway, vpn] = sentences('{}', [GATEWAY]);
  expect(gateway).toBe('transit gateway in ap-northeast-1, 1 route table of networks (dev)');
  expect(vpn).not.toContain('at once');
});

test('a new hub without a VPN says so', () => {
  expect(sentences('{ vpn: none }', [GATEWAY])[1]).toBe('no VPN');
});

test('a hub that is destroyed loses its VPN where it has one', () => {
  const gone = 'the transit gateway is DESTROYED, with its route tables';
  expect(sentences('{}', [GATEWAY, 'aws_vpn_connection'], 'delete')).toEqual([
    `${gone} and its VPN: networks on it no longer reach the site`,
  ]);
  expect(sentences('{}', [GATEWAY], 'delete')).toEqual([gone]);
});
