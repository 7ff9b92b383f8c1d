import type { Resource } from '../resource';
import { beside, type Found, type Rule, type RuleContext, referring, unseen, violated } from '../rule';
import { blocksAt, flagAt, numberAt, referencesIn, textAt, UNKNOWN, type Values } from '../values';

export const FLOW_LOGS: Rule = {
  id: 'KKH-NET-04',
  severity: 'medium',
  title: 'A VPC writes flow logs, which are kept for a time that is said',
  reason:
    'Without them nobody can say afterwards who spoke to whom. A log group without a retention keeps them, and what they cost, for ever. Flow logs of Azure are in a Network Watcher of the subscription, which is seldom in the same configuration: they are not judged.',
  fix: 'Write flow_logs: true in create.',
  references: ['CKV2_AWS_11', 'AVD-AWS-0178', 'CKV_AWS_66', 'CKV_AWS_338', 'CKV_AWS_158', 'AVD-AZU-0073'],
  types: ['aws_vpc'],
  judge: (vpc, context) => {
    const logs = referring(vpc, context, 'aws_flow_log', 'vpc_id');
    if (logs.length === 0) return [violated('the VPC writes no flow logs', 'flow_logs')];
    return logs.flatMap((log) => retention(log, context));
  },
};

function retention(log: Resource, context: RuleContext): readonly Found[] {
  const group = beside(log, context, 'aws_cloudwatch_log_group').find(({ address }) =>
    referencesIn(log.written.log_destination ?? log.written.log_group_name).includes(address),
  );
  // In a bucket, or in a group of another configuration.
  if (group === undefined) return [];
  const days = numberAt(group.values, 'retention_in_days');
  if (days === UNKNOWN) return [unseen('how long flow logs are kept is not known', 'flow_logs')];
  return days === undefined || days === 0 ? [violated('flow logs are kept for ever', 'flow_logs')] : [];
}

export const CLOSED_DEFAULT: Rule = {
  id: 'KKH-NET-05',
  severity: 'high',
  title: 'What no rule of the network allows is refused',
  reason:
    'The default security group of a VPC lets its members reach each other, and machines without a group are in it. Azure lets everything in the virtual network, and what comes over the VPN, reach the nodes, unless a rule denies it.',
  fix: 'Kakehashi does this for its networks. In another app write aws_default_security_group without rules, and on Azure a rule that denies all inbound traffic.',
  references: ['CKV2_AWS_12', 'AVD-AWS-0173'],
  types: ['aws_vpc', 'azurerm_network_security_group'],
  judge: (resource, context) =>
    resource.type === 'aws_vpc' ? defaultGroup(resource, context) : inboundDenied(resource, context),
};

function defaultGroup(vpc: Resource, context: RuleContext): readonly Found[] {
  const groups = referring(vpc, context, 'aws_default_security_group', 'vpc_id');
  if (groups.length === 0) return [violated('the default security group of the VPC is left as it is')];
  return groups.flatMap(({ values }) => {
    const rules = ['ingress', 'egress'].map((name) => blocksAt(values, name));
    if (rules.includes(UNKNOWN)) return [unseen('the rules of the default security group are not known')];
    const count = rules.reduce((sum, list) => sum + (list === UNKNOWN ? 0 : list.length), 0);
    return count === 0 ? [] : [violated('the default security group has rules')];
  });
}

function inboundDenied(group: Resource, context: RuleContext): readonly Found[] {
  const inline = blocksAt(group.values, 'security_rule');
  if (inline === UNKNOWN) return [unseen('its rules are not known')];
  const apart = referring(group, context, 'azurerm_network_security_rule', 'network_security_group_name');
  const all = [...inline.map(({ values }) => values), ...apart.map(({ values }) => values)];
  if (all.some(deniesAll)) return [];
  const isUnseen = all.some((rule) => OF_DENIAL.some((name) => textAt(rule, name) === UNKNOWN));
  return [
    isUnseen
      ? unseen('whether a rule denies what is left is not known')
      : violated('everything in the virtual network may reach its members: no rule denies it'),
  ];
}

const OF_DENIAL = [
  'access',
  'direction',
  'protocol',
  'source_port_range',
  'source_address_prefix',
  'destination_port_range',
  'destination_address_prefix',
] as const;

/** Whether a rule of Azure denies whatever comes in. An argument that is left out is refused by Azure, or stands in its plural. */
function deniesAll(rule: Values): boolean {
  const is = (name: (typeof OF_DENIAL)[number], words: RegExp, absent = false) => {
    const text = textAt(rule, name);
    return text === undefined ? absent : text !== UNKNOWN && words.test(text);
  };
  const everybody = /^(\*|any|VirtualNetwork|0\.0\.0\.0\/0)$/i;
  return (
    is('access', /^Deny$/i) &&
    is('direction', /^Inbound$/i) &&
    is('protocol', /^\*$/) &&
    is('source_port_range', /^(\*|0-65535)$/, true) &&
    is('source_address_prefix', everybody) &&
    is('destination_port_range', /^(\*|0-65535)$/) &&
    is('destination_address_prefix', everybody, true)
  );
}

/** Subnets of Azure's own services, which refuse a security group or need a way out. */
const AZURE_OWN =
  /^(GatewaySubnet|AzureFirewallSubnet|AzureFirewallManagementSubnet|AzureBastionSubnet|RouteServerSubnet)$/;

export const NO_AUTOMATIC_ADDRESS: Rule = {
  id: 'KKH-NET-06',
  severity: 'high',
  title: 'No machine gets a public address, or a way out, by itself',
  reason:
    'A subnet that gives public addresses puts each machine in it on the Internet. Azure’s default outbound access goes out by addresses that nobody knows, and ends for new networks.',
  fix: 'Set map_public_ip_on_launch to false; on Azure default_outbound_access_enabled to false, with a NAT gateway where nodes need a way out.',
  references: ['CKV_AWS_130', 'AVD-AWS-0164', 'Azure: default outbound access'],
  types: ['aws_subnet', 'azurerm_subnet'],
  judge: ({ type, values }) => {
    if (type === 'aws_subnet') {
      const attribute = 'map_public_ip_on_launch';
      const maps = flagAt(values, attribute);
      if (maps === UNKNOWN) return [unseen('whether it gives public addresses is not known', attribute)];
      return maps === true ? [violated('each machine in the subnet gets a public address', attribute)] : [];
    }
    const name = textAt(values, 'name');
    if (name !== UNKNOWN && name !== undefined && AZURE_OWN.test(name)) return [];
    const attribute = 'default_outbound_access_enabled';
    const enabled = flagAt(values, attribute);
    if (enabled === UNKNOWN) return [unseen('whether it has a default way out is not known', attribute)];
    return enabled === false ? [] : [violated('the subnet has a default way out to the Internet', attribute)];
  },
};

export const SUBNET_GROUPS: Rule = {
  id: 'KKH-NET-07',
  severity: 'medium',
  title: 'Each subnet of nodes on Azure has a network security group, and the GatewaySubnet has none',
  reason:
    'Without a group everything reaches the nodes. On the GatewaySubnet a group is not supported: it can cut the gateway off from its own control.',
  fix: 'Associate a network security group with each subnet other than the GatewaySubnet.',
  references: ['CKV2_AZURE_31', 'Azure: VPN gateway, GatewaySubnet'],
  types: ['azurerm_subnet'],
  judge: (subnet, context) => {
    const name = textAt(subnet.values, 'name');
    const groups = referring(
      subnet,
      context,
      'azurerm_subnet_network_security_group_association',
      'subnet_id',
    );
    if (name === UNKNOWN) return [unseen('whether it is a GatewaySubnet is not known', 'name')];
    if (name === 'GatewaySubnet')
      return groups.length === 0 ? [] : [violated('the GatewaySubnet has a network security group')];
    if (name !== undefined && AZURE_OWN.test(name)) return [];
    return groups.length > 0 ? [] : [violated(`subnet ${name ?? subnet.name} has no network security group`)];
  },
};
