import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import '../../../../../stacks/fast-tokens';
import { AWS_FILES } from '../../../../../sandbox/aws/files';
import { recordedImport } from '../../../../../sandbox/provider/recorded-import';
import {
  AWS_ADOPTED_ROLES,
  AWS_ADOPTED_TYPES,
} from '../../../../../scripts/kinds/aws-network/adoption/types';
import { temporaryFolder } from '../../../../support/catalog-folder';
import { ROOT } from '../../../../support/compiled';
import { synthesizedCatalog } from '../../../../support/synthesized-catalog';

const SITE = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
aws:
`;

/** Everything that an AWS stack can hold. */
const CATALOG = `${SITE}  default:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, public_subnet: 172.30.1.0/24, egress: nat-per-zone, flow_logs: true }
  second:
    aws_availability_zone: ap-northeast-1c
    private_network_ipmask: 172.30.3.0/24
    create: { within: default, public_subnet: 172.30.4.0/24 }
  osaka:
    aws_region: ap-northeast-3
    private_network_ipmask: 172.29.2.0/24
    create: { vpc_cidr: 172.29.0.0/16, egress: none, vpn: { routing: bgp } }
`;

test('each type that our stacks of networks on AWS make has a row', () => {
  const folders = [join(ROOT, 'catalog'), temporaryFolder({ 'dev.yml': CATALOG })];
  const synthesized = [
    synthesizedCatalog(folders[0] ?? '', ['dev', 'staging', 'prod']),
    synthesizedCatalog(folders[1] ?? '', ['dev']),
  ];
  const types = synthesized.flatMap(({ stacks }) =>
    Object.entries(stacks).flatMap(([id, { resource }]) =>
      /^[a-z]+-aws-/.test(id) ? Object.keys(resource) : [],
    ),
  );
  const made = new Set(types.filter((type) => type.startsWith('aws_')));
  expect(made.size).toBe(22);
  expect([...made].filter((type) => AWS_ADOPTED_TYPES[type] === undefined)).toEqual([]);
});

test('a type is imported exactly if the recorded provider imports it', () => {
  const refused = Object.keys(AWS_ADOPTED_TYPES).filter(
    (type) => recordedImport(AWS_FILES.imports(type)).refusal !== undefined,
  );
  const written = Object.entries(AWS_ADOPTED_TYPES).filter(([, { how }]) => how === 'state');
  expect(refused.sort()).toEqual(written.map(([type]) => type).sort());
  expect(refused).toEqual([
    'aws_main_route_table_association',
    'aws_vpn_connection_route',
    'aws_vpn_gateway_attachment',
    'aws_vpn_gateway_route_propagation',
  ]);
});

test('the ids are those that the provider takes', () => {
  const id = (type: string, attributes: object) => AWS_ADOPTED_TYPES[type]?.id({ ...attributes });
  expect(id('aws_route', { route_table_id: 'rtb-1', destination_cidr_block: '0.0.0.0/0' })).toBe(
    'rtb-1_0.0.0.0/0',
  );
  expect(id('aws_route', { route_table_id: 'rtb-1' })).toBeUndefined();
  expect(id('aws_route_table_association', { subnet_id: 'subnet-1', route_table_id: 'rtb-1' })).toBe(
    'subnet-1/rtb-1',
  );
  expect(id('aws_iam_role_policy', { role: 'r', name: 'p' })).toBe('r:p');
  expect(
    id('aws_vpn_connection_route', { destination_cidr_block: '10.0.0.0/8', vpn_connection_id: 'vpn-1' }),
  ).toBe('10.0.0.0/8:vpn-1');
  expect(id('aws_vpn_gateway_route_propagation', { vpn_gateway_id: 'vgw-1', route_table_id: 'rtb-1' })).toBe(
    'vgw-1_rtb-1',
  );
  expect(id('aws_cloudwatch_log_group', { id: 'x', name: '/a' })).toBe('/a');
});

test('docs/import.md has the rows and the roles', () => {
  const page = readFileSync(join(ROOT, 'docs/import.md'), 'utf8');
  const rows = Object.entries(AWS_ADOPTED_TYPES).map(
    ([type, { how, identity }]) =>
      `| \`${type}\` | ${how === 'import' ? 'import block' : 'written into the state'} | ${identity} |`,
  );
  expect(rows.filter((row) => !page.includes(row))).toEqual([]);
  expect(Object.keys(AWS_ADOPTED_ROLES).filter((role) => !page.includes(`\`${role}\``))).toEqual([]);
});
