import type { IpsecPolicy } from '../../../model/clouds/azure/ipsec-policy';
import type { SiteGateway } from '../../../model/gateway/site-gateway';
import type { Cidr } from '../../../model/net/cidr';
import type { Rule } from '../../../model/net/rule';
import type { JsonMap } from '../../ground/json';
import type { Network, NetworkVpn } from '../../ground/network';
import type { AzureSettings } from '../azure/settings';

/** What a catalog creates on Azure. */
export interface AzureCatalog {
  readonly settings: AzureSettings;
  /** One element for each virtual network, in the order of the file. */
  readonly networks: readonly AzureNetwork[];
}

/** One virtual network with its VPN gateway: an entry with `create`, and the entries that are `within` it. */
export interface AzureNetwork extends Network {
  readonly entry: string;
  /** Azure's own form of the location: `japaneast`. */
  readonly location: string;
  /** As the catalog spells it, for the entry that goes out: `Japan East`. */
  readonly shownLocation: string;
  readonly resourceGroup: { readonly name: string; readonly create: boolean };
  readonly vnetName: string;
  readonly vnetCidrs: readonly Cidr[];
  /** Needed where the network has a VPN. */
  readonly gatewaySubnet?: Cidr;
  /** Name servers of the virtual network. @default - Azure's own */
  readonly dnsServers?: readonly string[];
  readonly egress: 'nat' | 'none';
  readonly nat: { readonly zone?: string; readonly idleTimeoutMinutes: number };
  readonly securityGroupName: string;
  /** Profiles and references to other entries are resolved. */
  readonly ingress: readonly PrioritizedRule[];
  /** Account of the flow logs of the virtual network; absent: no flow logs. */
  readonly flowLogsStorageAccountId?: string;
  readonly tags: { readonly [key: string]: string };
  readonly timeouts: { readonly gatewayMinutes: number; readonly connectionMinutes: number };
  /** The entry's own subnet first, then those `within` it, by name. */
  readonly subnets: readonly [AzureSubnet, ...AzureSubnet[]];
  /** Absent for `vpn: none`. */
  readonly vpn?: AzureVpn;
}

/** An inbound rule with the priority that the lock file keeps for it. */
export interface PrioritizedRule {
  /** Names the rule: `tcp-22-from-10_0_2_0-24`. */
  readonly key: string;
  /** 200 to 3999. */
  readonly priority: number;
  readonly rule: Rule;
}

/** A subnet for nodes: what one catalog entry names. */
export interface AzureSubnet {
  readonly entry: string;
  /** The name that the entry had when the subnet was made: the addresses of its resources bear it. */
  readonly born: string;
  readonly name: string;
  readonly cidr: Cidr;
  /** Zone for nodes; a subnet spans zones. */
  readonly zone?: string;
  /** Further keys of the entry, published as they are. */
  readonly extra: JsonMap;
}

export interface AzureVpn extends NetworkVpn {
  readonly sku: string;
  readonly generation: 1 | 2;
  /** Zones of the gateway's public addresses; empty in a region without zones. */
  readonly zones: readonly string[];
  readonly activeActive: boolean;
  readonly bgpPeering: 'apipa' | 'gateway-subnet';
  readonly connectionMode: 'Default' | 'ResponderOnly' | 'InitiatorOnly';
  readonly saLifetimeSeconds: number;
  readonly saDatasizeKb: number;
  readonly dpdSeconds: number;
  readonly policy: IpsecPolicy;
  readonly natRules: readonly NatRule[];
  /** The network's blocks as the site sees them: translated where a rule says so. */
  readonly seenNetworks: readonly Cidr[];
  readonly routingWeight: number;
  /** One for each gateway of the site, in their order. Each has one pre-shared key, one policy and one /29. */
  readonly connections: readonly AzureConnection[];
}

/** A connection of the virtual network gateway to one gateway of the site. */
export interface AzureConnection {
  /** `azure/default`, or `azure/default@east`: names it in the lock file and in outputs. */
  readonly key: string;
  readonly gateway: SiteGateway;
}

export interface NatRule {
  readonly name: string;
  readonly mode: 'EgressSnat' | 'IngressSnat';
  readonly type: 'Static';
  readonly internal: Cidr;
  readonly external: Cidr;
}
