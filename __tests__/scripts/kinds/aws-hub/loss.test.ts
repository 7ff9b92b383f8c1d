import { refuseLoss } from '../../../../scripts/kinds/aws-hub/loss';
import type { Session } from '../../../../scripts/session/session';
import { tryLoad } from '../../../catalog/folder-of';

const SITE = "cci_version: '1.0'\nsite: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }\n";
const MAKER = `${SITE}hubs: { main: { aws_region: ap-northeast-1, create: { vpn: { routing: bgp } } } }\n`;
const network = (vpn: string): string => `aws:
  guest:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.26.2.0/24
    create: { vpc_cidr: 172.26.0.0/16, egress: none, vpn: ${vpn} }
`;
const USER = `${SITE}hubs: { main: { environment: dev } }\n${network('{ gateway: transit, hub: main, route_table: dev }')}`;
const LOCK = `version: 1
stacks: { dev-hub-main: { kind: aws-hub, provider: aws, region: ap-northeast-1, backend: local } }
`;

/** Plans the deletion of resources of a hub of `dev`. */
function deleting(
  types: readonly string[],
  files: Readonly<Record<string, string>>,
  action = 'delete',
  id = 'dev-hub-main',
) {
  const { loaded, problems } = tryLoad({ 'dev.yml': MAKER, 'prod.yml': USER, ...files });
  const stack = loaded?.stacks.find(({ kind }) => kind === 'aws-hub');
  if (loaded === undefined || stack?.kind !== 'aws-hub') throw new Error(JSON.stringify(problems));
  const resources = types.map((resourceType) => ({ address: `${resourceType}.x`, resourceType, action }));
  return () =>
    refuseLoss({
      session: {} as Session,
      stack: { ...stack, id },
      loaded,
      resources,
      destroy: action === 'delete',
    });
}

const WHOLE = ['aws_ec2_transit_gateway', 'aws_ec2_transit_gateway_route_table', 'aws_vpn_connection'];
const REFUSED = `hub main: must stay, because networks of other environments reach the site through it:
  prod has networks on it: aws/guest
  help: destroy those networks and take them out of their catalogs, or give them gateway: virtual-private and apply`;
const EMPTY = `${SITE}`;

test('a hub is not destroyed while another environment has networks on it, and the message names them', () => {
  expect(deleting(WHOLE, {})).toThrow(REFUSED);
});

test('a hub that left the catalog is not destroyed either', () => {
  expect(deleting(WHOLE, { 'dev.yml': EMPTY, 'dev.lock.yml': LOCK })).toThrow(REFUSED);
});

test('a hub that has got another name is known by that, though its stack keeps its id', () => {
  const files = { 'dev.yml': MAKER.replace('main:', 'core:'), 'prod.yml': USER.replaceAll('main', 'core') };
  expect(deleting(WHOLE, files, 'delete', 'dev-hub-main')).toThrow(
    /^hub core: must stay.*\n {2}prod has networks on it: aws\/guest/,
  );
});

test('the VPN of an existing gateway is not destroyed with its stack', () => {
  const ids =
    'aws_transit_gateway_id: tgw-0123456789abcdef0, aws_transit_gateway_route_table_id: tgw-rtb-0123456789abcdef0';
  const files = {
    'dev.yml': `${SITE}hubs: { main: { aws_region: ap-northeast-1, ${ids} } }\n`,
    'prod.yml': USER.replace(', route_table: dev', ''),
    'dev.lock.yml': LOCK,
  };
  expect(deleting(['aws_vpn_connection'], files)).toThrow(REFUSED);
});

test.each<[string, readonly string[], Record<string, string>, string]>([
  ['nobody else uses it', WHOLE, { 'prod.yml': EMPTY }, 'delete'],
  [
    'the networks of others have a VPN of their own',
    WHOLE,
    { 'prod.yml': `${SITE}${network('{ amazon_side_asn: 64600 }')}` },
    'delete',
  ],
  [
    'the networks of others are on a hub of their own',
    WHOLE,
    {
      'prod.yml': USER.replace(
        'environment: dev',
        'aws_region: ap-northeast-1, create: { route_tables: { dev: {} } }',
      ),
    },
    'delete',
  ],
  ['a table alone goes', ['aws_ec2_transit_gateway_route_table'], {}, 'delete'],
  [
    'the catalog says vpn: none',
    ['aws_vpn_connection', 'aws_customer_gateway'],
    { 'dev.yml': MAKER.replace('{ routing: bgp }', 'none') },
    'delete',
  ],
  ['it is replaced', WHOLE, {}, 'replace'],
])('it may change where %s', (_, types, files, action) => {
  expect(deleting(types, files, action)).not.toThrow();
});

test('an environment whose catalog cannot be read may have networks on it', () => {
  expect(deleting(WHOLE, { 'prod.yml': `${SITE}hubs: 5\n` })).toThrow(
    "prod may have networks on it: its catalog can't be read (kakehashi validate prod)",
  );
  expect(deleting(WHOLE, { 'prod.yml': 'a: [' })).toThrow('prod may have networks on it');
  expect(deleting(WHOLE, { 'prod.yml': `${SITE}azure: 5\n` })).not.toThrow();
});
