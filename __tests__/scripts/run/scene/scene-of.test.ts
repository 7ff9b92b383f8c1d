import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadEnvironment } from '../../../../catalog/load';
import { markScene } from '../../../../draw/marks';
import type { Scene } from '../../../../draw/scene';
import { sceneOf } from '../../../../scripts/run/scene/scene-of';
import { CONTROLLER_CATALOG } from '../../../fixtures/controller-catalog';
import { hubCatalog } from '../../../fixtures/hub-catalog';
import { VAULT_CATALOG } from '../../../fixtures/vault-catalog';
import { temporaryFolder } from '../../../support/catalog-folder';
import { ROOT } from '../../../support/compiled';

/** The scene of a catalog, as an environment that has the name of its file. */
function sceneFrom(text: string, name = 'lab'): Scene {
  const directory = temporaryFolder({ [`${name}.yml`]: text });
  return sceneOf(loadEnvironment({ directory, environment: name, lenient: true }));
}

/** `kind id: title | line | line`, and of what it is in. */
function partLines({ parts }: Scene): readonly string[] {
  return parts.map(
    ({ kind, id, title, lines, within }) =>
      `${kind} ${id}${within === undefined ? '' : ` in ${within}`}: ${[title, ...lines].join(' | ')}`,
  );
}

function linkLines({ links }: Scene): readonly string[] {
  return links.map(
    ({ kind, from, to, title, lines }) => `${kind} ${from} > ${to}: ${[title, ...lines].join(' | ')}`,
  );
}

const example = (environment: string) =>
  sceneOf(loadEnvironment({ directory: path.join(ROOT, 'catalog'), environment, lenient: true }));

describe('the scene of the example environment', () => {
  const scene = example('dev');

  it('has the site, its gateway, networks, subnets, NAT, nodes, hosts and what exists already', () => {
    expect(partLines(scene)).toEqual([
      'site site/198.51.100.10: Site 10.0.2.0/24 | controller 10.0.2.15 | ASN 65000',
      'gateway gateway/198.51.100.10 in site/198.51.100.10: Gateway 198.51.100.10 | libreswan 4 on 10.0.2.15 | link MTU 1500',
      'network dev/aws/default: VPC 172.30.0.0/16 | aws/default · ap-northeast-1',
      'service dev/aws/default/vpn in dev/aws/default: VPN gateway | static routes | crypto modern',
      'subnet dev/aws/default/public/default in dev/aws/default: Public subnet 172.30.1.0/24',
      'service dev/aws/default/public/default/nat in dev/aws/default/public/default: NAT gateway',
      'subnet dev/entry/aws/default in dev/aws/default: Subnet 172.30.2.0/24 | default · ap-northeast-1a · nodes · also as aws_spot',
      'subnet dev/entry/aws/tokyo_subnet1 in dev/aws/default: Subnet 172.30.3.0/24 | tokyo_subnet1 · ap-northeast-1c · nodes',
      'network dev/aws/osaka: VPC 172.29.0.0/16 | aws/osaka · ap-northeast-3',
      'service dev/aws/osaka/vpn in dev/aws/osaka: VPN gateway | BGP 65000 – 64512 | crypto modern',
      'subnet dev/entry/aws/osaka in dev/aws/osaka: Subnet 172.29.2.0/24 | osaka · any zone · nodes',
      'network dev/azure/default: VNet 172.21.0.0/16 | azure/default · japaneast | resource group dev-default',
      'subnet dev/azure/default/gateway-subnet in dev/azure/default: GatewaySubnet 172.21.255.0/27',
      'service dev/azure/default/vpn in dev/azure/default/gateway-subnet: VPN gateway VpnGw1AZ | BGP 65000 – 65515 | crypto modern | active-active',
      'service dev/azure/default/nat in dev/azure/default: NAT gateway',
      'subnet dev/entry/azure/default in dev/azure/default: Subnet 172.21.1.0/24 | default · all zones · nodes',
      'nodes dev/nodes/workers in dev/entry/aws/default: workers: 2 nodes | fixed, m7i.large | lease 8 h, idle 30 min',
      'nodes dev/nodes/burst in dev/entry/aws/default: burst: 2 to 10 nodes | elastic, spot, m7i.large, m6i.large or m6a.large | lease 50 min, idle 15 min',
      'nodes dev/nodes/batch in dev/entry/azure/default: batch: 1 node | fixed, Standard_B2s_v2 | lease 50 min, idle 15 min',
      "nodes dev/nodes/lab/10.0.2.31 in host/10.0.2.31: lab: container dev-lab-web1 | VCP's base container",
      'host host/10.0.2.31 in site/198.51.100.10: Docker host 10.0.2.31',
      'entry dev/entry/aws/us_west_subnet: aws/us_west_subnet | 172.28.5.0/24',
      'entry dev/entry/sakura/default: sakura/default | 172.23.1.0/24',
      'entry dev/entry/own-openstack/default: own-openstack/default | 10.0.1.0/24',
      'entry dev/entry/onpremises/default: onpremises/default',
    ]);
    expect(scene.parts[0]?.sharedWith).toEqual(['staging']);
  });

  it('has the tunnels with their inside addresses and MTU', () => {
    expect(linkLines(scene)).toEqual([
      'tunnel gateway/198.51.100.10 > dev/aws/default/vpn: 169.254.100.0/30  .2 – .1 | MTU 1446',
      'tunnel gateway/198.51.100.10 > dev/aws/default/vpn: 169.254.100.4/30  .6 – .5 | MTU 1446',
      'tunnel gateway/198.51.100.10 > dev/aws/osaka/vpn: 169.254.100.8/30  .10 – .9 | MTU 1446',
      'tunnel gateway/198.51.100.10 > dev/aws/osaka/vpn: 169.254.100.12/30  .14 – .13 | MTU 1446',
      'tunnel gateway/198.51.100.10 > dev/azure/default/vpn: 169.254.21.0/29  .1 – .2 | MTU 1400',
      'tunnel gateway/198.51.100.10 > dev/azure/default/vpn: 169.254.21.0/29  .1 – .3 | MTU 1400',
    ]);
  });

  it('is plain data, the same each time', () => {
    expect(JSON.parse(JSON.stringify(scene))).toEqual(scene);
    expect(JSON.stringify(example('dev'))).toBe(JSON.stringify(scene));
  });

  // Each address is one of the golden files: what Terraform really calls the resource.
  it.each([
    ['dev-aws-default', 'aws_vpc.Network_Vpc', ['dev/aws/default']],
    ['dev-aws-default', 'aws_nat_gateway.Network_Public_Nat-default', ['dev/aws/default/public/default/nat']],
    ['dev-aws-default', 'aws_eip.Network_Public_Address-default', ['dev/aws/default/public/default/nat']],
    ['dev-aws-default', 'aws_subnet.Network_Public_Subnet-default', ['dev/aws/default/public/default']],
    ['dev-aws-default', 'aws_subnet.Network_Nodes-tokyo_subnet1', ['dev/entry/aws/tokyo_subnet1']],
    ['dev-aws-default', 'aws_vpn_gateway.Vpn_Gateway', ['dev/aws/default/vpn']],
    [
      'dev-aws-default',
      'aws_vpn_connection.Vpn_Connection',
      ['dev/aws/default/169.254.100.0/30', 'dev/aws/default/169.254.100.4/30'],
    ],
    [
      'dev-azure-default',
      'azurerm_virtual_network_gateway_connection.Connection_Connection',
      ['dev/azure/default/169.254.21.2/32', 'dev/azure/default/169.254.21.3/32'],
    ],
    ['dev-azure-default', 'azurerm_virtual_network_gateway.Vpn_Gateway', ['dev/azure/default/vpn']],
    ['dev-azure-default', 'azurerm_subnet.Vpn_GatewaySubnet', ['dev/azure/default/gateway-subnet']],
    ['dev-azure-default', 'azurerm_nat_gateway.Network_Nat', ['dev/azure/default/nat']],
    ['dev-azure-default', 'azurerm_subnet.Network_Nodes-default', ['dev/entry/azure/default']],
    ['dev-azure-default', 'azurerm_network_security_group.Nodes_Group', ['dev/azure/default']],
    ['dev-nodes-workers', 'aws_instance.Nodes["n1"]', ['dev/nodes/workers']],
    ['dev-nodes-lab-web1', 'docker_container.Node', ['dev/nodes/lab/10.0.2.31']],
  ])('%s %s is drawn', (stack, address, ids) => {
    const golden = readFileSync(path.join(ROOT, `__tests__/stacks/golden/${stack}.golden.json`), 'utf8');
    const [type = '', name = ''] = address.replace(/\[.*/, '').split('.');
    expect(Object.keys(JSON.parse(golden).resource[type])).toContain(name);
    const { marks } = markScene(scene, [{ stack, changes: [{ address, action: 'update' }], outages: [] }]);
    expect(Object.keys(marks)).toEqual(ids);
  });
});

it('draws a hub with its tunnels, and the networks that are attached', () => {
  const scene = sceneFrom(
    hubCatalog().replace(
      'public_ip: 198.51.100.10',
      'gateways: { east: { public_ip: 198.51.100.10, address: 10.0.2.2 }, west: { public_ip: 198.51.100.11, address: 10.0.2.3 } }',
    ),
  );
  expect(partLines(scene).filter((line) => /^(network|gateway|site)/.test(line))).toEqual([
    'site site/198.51.100.10+198.51.100.11: Site 10.0.2.0/24 | controller 10.0.2.15 | ASN 65000',
    'gateway gateway/198.51.100.10 in site/198.51.100.10+198.51.100.11: Gateway east 198.51.100.10 | libreswan 4 on 10.0.2.2 | link MTU 1500 | metric 100',
    'gateway gateway/198.51.100.11 in site/198.51.100.10+198.51.100.11: Gateway west 198.51.100.11 | libreswan 4 on 10.0.2.3 | link MTU 1500 | metric 200',
    'network lab/hub/main: Transit gateway main | ap-northeast-1 | route tables dev, prod',
    'network lab/aws/default: VPC 172.30.0.0/16 | aws/default · ap-northeast-1 | hub lab/hub/main | route table dev',
    'network lab/aws/second: VPC 172.29.0.0/16 | aws/second · ap-northeast-1 | hub lab/hub/main | route table prod',
  ]);
  expect(linkLines(scene)).toEqual([
    'tunnel gateway/198.51.100.10 > lab/hub/main/vpn: 169.254.100.0/30  .2 – .1 | MTU 1446 | from east',
    'tunnel gateway/198.51.100.10 > lab/hub/main/vpn: 169.254.100.4/30  .6 – .5 | MTU 1446 | from east',
    'tunnel gateway/198.51.100.11 > lab/hub/main/vpn: 169.254.100.8/30  .10 – .9 | MTU 1446 | from west',
    'tunnel gateway/198.51.100.11 > lab/hub/main/vpn: 169.254.100.12/30  .14 – .13 | MTU 1446 | from west',
    'attachment lab/hub/main > lab/aws/default: attached, route table dev',
    'attachment lab/hub/main > lab/aws/second: attached, route table prod',
  ]);
  const plan = {
    stack: 'lab-hub-main',
    changes: [{ address: 'aws_vpn_connection.Vpn-west_Connection', action: 'replace' }],
    outages: [],
  };
  expect(Object.keys(markScene(scene, [plan]).marks)).toEqual([
    'lab/hub/main@west/169.254.100.8/30',
    'lab/hub/main@west/169.254.100.12/30',
  ]);
});

it('draws a Vault with its mounts, also one in which nothing is made', () => {
  expect(partLines(sceneFrom(VAULT_CATALOG)).filter((line) => line.includes('/vault'))).toEqual([
    'server lab/vault in site/198.51.100.10: Vault | https://10.0.2.15:8443 | namespace team | 2 policies, 4 users, 2 AppRoles, 2 audit devices',
    'service lab/vault/mounts/secret in lab/vault: Mount secret | KV v1',
    'service lab/vault/mounts/team/kv.v2 in lab/vault: Mount team/kv.v2 | KV v2',
    'service lab/vault/mounts/theirs in lab/vault: Mount theirs | KV v1, exists already',
  ]);
  const existing = `cci_version: '1.0'\nvault: { address: 'https://10.0.2.15:8443' }\n`;
  const { parts } = sceneFrom(existing);
  expect(parts.find(({ id }) => id === 'lab/vault')).toMatchObject({ kind: 'server', title: 'Vault' });
  expect(parts.find(({ id }) => id === 'lab/vault')?.stack).toBeUndefined();
});

it('draws the controller on its host', () => {
  const environment = /^environment: (\S+)/m.exec(CONTROLLER_CATALOG)?.[1] ?? 'lab';
  const lines = partLines(sceneFrom(CONTROLLER_CATALOG, environment)).filter((line) =>
    /^(host|server)/.test(line),
  );
  expect(lines.some((line) => /^server \S+\/controller in host\/\S+: VC controller \| /.test(line))).toBe(
    true,
  );
});

it('draws a catalog that has nothing but entries, and one with nothing at all', () => {
  const entries = sceneFrom("cci_version: '1.0'\nonpremises:\n  default: {}\n");
  expect(partLines(entries)).toEqual(['entry lab/entry/onpremises/default: onpremises/default']);
  expect(sceneFrom("cci_version: '1.0'\n").parts).toEqual([]);
});
