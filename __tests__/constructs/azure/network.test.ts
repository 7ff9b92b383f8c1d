import '../../../stacks/fast-tokens';
import { Fn, TerraformVariable } from 'cdktf';
import { Network, type NetworkProps } from '../../../constructs/azure/network';
import { ResourceGroup } from '../../../constructs/azure/resource-group';
import { Cidr } from '../../../model/net/cidr';
import { addresses, only, plainAddresses, type Synthesized } from '../../support/synthesized';
import { synthesizedAzure } from '../../support/synthesized-azure';
import { networkIn } from './lab';

const build = (props: Partial<NetworkProps> = {}): Synthesized =>
  synthesizedAzure((stack) => {
    networkIn(stack, props);
  });
const NODES = { name: 'nodes', cidr: '172.21.1.0/24' };

it('has no way to the Internet but the one that is asked for', () => {
  const synth = build();
  expect(plainAddresses(synth)).toEqual([
    'azurerm_route_table.Network_Routes',
    'azurerm_subnet.Network_Nodes-default',
    'azurerm_subnet_route_table_association.Network_Nodes-default-Routes',
    'azurerm_virtual_network.Network_Vnet',
  ]);
  expect(only(synth, 'azurerm_subnet')).toMatchObject({
    name: 'nodes',
    address_prefixes: ['172.21.1.0/24'],
    default_outbound_access_enabled: false,
  });
  expect(only(synth, 'azurerm_virtual_network')).toMatchObject({
    name: 'lab',
    address_space: ['172.21.0.0/16'],
    location: 'japaneast',
  });
  expect(only(synth, 'azurerm_virtual_network')).not.toHaveProperty('dns_servers');
});

it('takes the routes that a gateway learns', () => {
  expect(only(build(), 'azurerm_route_table')).toMatchObject({
    name: 'lab-routes',
    bgp_route_propagation_enabled: true,
  });
});

it('sends every subnet for nodes through one NAT gateway', () => {
  const synth = build({ nat: {}, subnets: { default: NODES, b: { name: 'b', cidr: '172.21.2.0/24' } } });
  expect(plainAddresses(synth).filter((address) => /nat|public_ip/.test(address))).toEqual([
    'azurerm_nat_gateway.Network_Nat',
    'azurerm_nat_gateway_public_ip_association.Network_Nat-Address',
    'azurerm_public_ip.Network_NatAddress',
    'azurerm_subnet_nat_gateway_association.Network_Nodes-b-Nat',
    'azurerm_subnet_nat_gateway_association.Network_Nodes-default-Nat',
  ]);
  expect(only(synth, 'azurerm_nat_gateway')).toMatchObject({
    idle_timeout_in_minutes: 4,
    sku_name: 'Standard',
  });
  expect(only(synth, 'azurerm_public_ip')).toMatchObject({ allocation_method: 'Static', sku: 'Standard' });
  for (const type of ['azurerm_nat_gateway', 'azurerm_public_ip'])
    expect(only(synth, type)).not.toHaveProperty('zones');
});

it('puts the NAT gateway and its address into one zone', () => {
  const synth = build({ nat: { zone: '2', idleTimeoutMinutes: 120 } });
  expect(only(synth, 'azurerm_public_ip').zones).toEqual(['2']);
  expect(only(synth, 'azurerm_nat_gateway')).toMatchObject({ zones: ['2'], idle_timeout_in_minutes: 120 });
});

it('moves no address when a subnet comes or goes', () => {
  const more = { default: NODES, extra: { name: 'extra', cidr: '172.21.9.0/24' } };
  const before = addresses(build({ nat: {} }));
  const after = addresses(build({ nat: {}, subnets: more }));
  expect(after.filter((address) => !address.includes('extra'))).toEqual(before);
});

it('has its own name servers and name, and tags on all that can have some', () => {
  const synth = build({
    vnetName: 'theirs',
    dnsServers: ['10.0.2.53'],
    nat: {},
    tags: { owner: 'lab' },
  });
  expect(only(synth, 'azurerm_virtual_network')).toMatchObject({
    name: 'theirs',
    dns_servers: ['10.0.2.53'],
  });
  const tagged = Object.entries(synth.resource).flatMap(([type, named]) =>
    Object.values(named).some(({ tags }) => tags !== undefined) ? [type] : [],
  );
  expect(tagged.sort()).toEqual([
    'azurerm_nat_gateway',
    'azurerm_public_ip',
    'azurerm_route_table',
    'azurerm_virtual_network',
  ]);
});

it('writes flow logs of the virtual network to an account, with the watcher that Azure makes', () => {
  const id = '/subscriptions/1/resourceGroups/logs/providers/Microsoft.Storage/storageAccounts/logs';
  const synth = build({ flowLogsStorageAccountId: id });
  const log = only(synth, 'azurerm_network_watcher_flow_log');
  expect(log).toMatchObject({
    name: 'lab-flow',
    network_watcher_name: 'NetworkWatcher_japaneast',
    resource_group_name: 'NetworkWatcherRG',
    storage_account_id: id,
    enabled: true,
    version: 2,
    retention_policy: { enabled: true, days: 90 },
  });
  const [vnet] = Object.keys(synth.resource.azurerm_virtual_network ?? {});
  expect(log.target_resource_id).toBe(`\${azurerm_virtual_network.${vnet}.id}`);
});

it('takes blocks, names and tags that only Terraform knows', () => {
  const synth = synthesizedAzure((stack) => {
    const block = new TerraformVariable(stack, 'block', { type: 'string' }).stringValue;
    networkIn(stack, {
      cidrs: [block],
      subnets: { a: { name: 'a', cidr: Fn.cidrsubnet(block, 8, 1) } },
      tags: { owner: new TerraformVariable(stack, 'owner', { type: 'string' }).stringValue },
    });
  });
  expect(only(synth, 'azurerm_virtual_network')).toMatchObject({
    address_space: ['${var.block}'],
    tags: { owner: '${var.owner}' },
  });
  expect(only(synth, 'azurerm_subnet').address_prefixes).toEqual(['${cidrsubnet(var.block, 8, 1)}']);
});

it.each<[string, Partial<NetworkProps>]>([
  ['the widest and the narrowest block', { cidrs: ['172.0.0.0/8', '10.0.0.0/29'] }],
  ['the narrowest subnet', { subnets: { a: { name: 'a', cidr: '172.21.0.0/29' } } }],
  ['a subnet in the second block', { cidrs: ['10.0.0.0/24', '172.21.0.0/16'] }],
  ['a value in place of a text', { cidrs: [Cidr.parse('172.21.0.0/16')] }],
  [
    'neighbours',
    { subnets: { a: { name: 'a', cidr: '172.21.0.0/24' }, b: { name: 'b', cidr: '172.21.1.0/24' } } },
  ],
])('takes %s', (_, props) => {
  expect(() => build(props)).not.toThrow();
});

it.each<[string, Partial<NetworkProps>, string]>([
  ['no block', { cidrs: [] }, 'stack/Network: cidrs: must hold at least one block, got none'],
  ['no subnet', { subnets: {} }, 'stack/Network: subnets: must hold at least one, got none'],
  [
    'a block of /7',
    { cidrs: ['172.21.0.0/16', '10.0.0.0/7'] },
    'cidrs[1]: must be a block from /8 to /29, got 10.0.0.0/7',
  ],
  [
    'a block of /30',
    { cidrs: ['172.21.0.0/16', '10.0.0.0/30'] },
    'cidrs[1]: must be a block from /8 to /29, got 10.0.0.0/30',
  ],
  [
    'blocks that overlap',
    { cidrs: ['172.21.0.0/16', '172.21.9.0/24'] },
    'cidrs[1]: 172.21.9.0/24 overlaps cidrs[0] (172.21.0.0/16)',
  ],
  [
    'a text that is no block',
    { cidrs: ['172.21.0.0'] },
    'cidrs[0]: must be an IPv4 CIDR like 172.30.0.0/16, got "172.21.0.0"',
  ],
  [
    'a subnet outside',
    { subnets: { a: { name: 'a', cidr: '172.22.0.0/24' } } },
    'subnets.a.cidr: must lie in the network (172.21.0.0/16), got 172.22.0.0/24',
  ],
  [
    'a subnet of four addresses',
    { subnets: { a: { name: 'a', cidr: '172.21.0.0/30' } } },
    'subnets.a.cidr: must be a block from /8 to /29, got 172.21.0.0/30',
  ],
  [
    'subnets that overlap',
    { subnets: { a: NODES, b: { name: 'b', cidr: '172.21.1.128/25' } } },
    'subnets.b.cidr: 172.21.1.128/25 overlaps subnets.a.cidr (172.21.1.0/24)',
  ],
  [
    'nodes in the GatewaySubnet',
    { subnets: { a: { ...NODES, name: 'gatewaysubnet' } } },
    'subnets.a.name: must not be GatewaySubnet, which Azure uses itself',
  ],
  [
    'nodes in the subnet of a firewall',
    { subnets: { a: { ...NODES, name: 'AzureFirewallSubnet' } } },
    'subnets.a.name: must not be AzureFirewallSubnet',
  ],
  [
    'too short a memory',
    { nat: { idleTimeoutMinutes: 3 } },
    'nat.idleTimeoutMinutes: must be from 4 to 120, got 3',
  ],
  [
    'too long a memory',
    { nat: { idleTimeoutMinutes: 121 } },
    'nat.idleTimeoutMinutes: must be from 4 to 120, got 121',
  ],
])('refuses %s', (_, props, message) => {
  expect(() => build(props)).toThrow(message);
});

describe('a resource group', () => {
  it('is made, and everything is placed where it is', () => {
    const synth = synthesizedAzure((stack) => {
      const resourceGroup = new ResourceGroup(stack, 'Group', {
        name: 'lab',
        location: 'japaneast',
        tags: { owner: 'lab' },
      });
      new Network(stack, 'Network', {
        resourceGroup,
        name: 'lab',
        cidrs: ['172.21.0.0/16'],
        subnets: { default: NODES },
      });
    });
    expect(only(synth, 'azurerm_resource_group')).toEqual({
      name: 'lab',
      location: 'japaneast',
      tags: { owner: 'lab' },
    });
    const [name] = Object.keys(synth.resource.azurerm_resource_group ?? {});
    expect(only(synth, 'azurerm_virtual_network').resource_group_name).toBe(
      `\${azurerm_resource_group.${name}.name}`,
    );
  });

  it('that is there is looked up, and nothing of it is made', () => {
    const synth = build();
    expect(synth.resource).not.toHaveProperty('azurerm_resource_group');
    const [[name, group] = []] = Object.entries(synth.data?.azurerm_resource_group ?? {});
    expect(group).toEqual({ name: 'lab' });
    expect(only(synth, 'azurerm_subnet').resource_group_name).toBe(
      `\${data.azurerm_resource_group.${name}.name}`,
    );
  });
});
