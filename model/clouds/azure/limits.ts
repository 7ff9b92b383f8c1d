import type { Cidr } from '../../net/cidr';
import type { ReservedAddresses } from '../../net/usable-addresses';
import type { Range } from '../cloud-vpn';

/** The addresses of each subnet that are Azure's (learn.microsoft.com, "Azure Virtual Network FAQ"). */
export const RESERVED: ReservedAddresses = { first: 4, last: 1 };

/** How many addresses of each subnet are Azure's. */
export const RESERVED_ADDRESSES = RESERVED.first + RESERVED.last;

/** How many addresses of a subnet nodes can have. */
export function freeAddresses(subnet: Cidr): number {
  return subnet.size - RESERVED_ADDRESSES;
}

/** Priorities of our rules: room before them for rules that somebody adds by hand. Our own deny has the last one. */
export const RULE_PRIORITIES: Range = { min: 200, max: 3999 };

/** Of the 1000 rules that a network security group takes (learn.microsoft.com, "Azure subscription limits"). */
export const MOST_RULES = 900;

/** azurerm 4.55 takes no more tags; ours are five of them (recorded behaviour, learn.microsoft.com, "Use tags"). */
export const MOST_TAGS = 45;

/** Names that Azure keeps for subnets of its own services. */
export const RESERVED_SUBNETS: readonly string[] = [
  'GatewaySubnet',
  'AzureBastionSubnet',
  'AzureFirewallSubnet',
  'AzureFirewallManagementSubnet',
  'RouteServerSubnet',
];

/** The protocols of a rule of a network security group (azurerm, `protocol`). */
export const RULE_PROTOCOLS: readonly (string | number)[] = [
  'tcp',
  'udp',
  'icmp',
  'all',
  'esp',
  'ah',
  50,
  51,
];

/** `sa_datasize` of a connection's IPsec policy, in kilobytes. */
export const SA_DATASIZE_KB: Range = { min: 1024, max: 2147483647 };

/** `routing_weight` of a connection. */
export const ROUTING_WEIGHT: Range = { min: 0, max: 32000 };

/** Minutes after which a NAT gateway forgets a silent connection (recorded behaviour of azurerm 4.55). */
export const NAT_IDLE_MINUTES: Range = { min: 4, max: 120 };
