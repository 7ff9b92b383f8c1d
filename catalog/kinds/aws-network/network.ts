import type { Endpoint } from '../../../model/clouds/aws/endpoints';
import type { Cidr } from '../../../model/net/cidr';
import type { Rule } from '../../../model/net/rule';
import type { JsonMap } from '../../ground/json';
import type { Network } from '../../ground/network';
import type { AwsSettings } from '../aws/settings';
import type { AwsVpn } from '../aws/vpn';
import type { ExistingNames } from './existing-names';

/** What a catalog creates on AWS. */
export interface AwsCatalog {
  readonly settings: AwsSettings;
  /** One element for each VPC, in the order of the file. */
  readonly networks: readonly AwsNetwork[];
}

/** One VPC with its VPN: an entry with `create`, and the entries that are `within` it. */
export interface AwsNetwork extends Network {
  readonly entry: string;
  readonly region: string;
  readonly vpcCidr: Cidr;
  readonly publicSubnet?: Cidr;
  readonly egress: 'nat' | 'nat-per-zone' | 'none';
  /** Profiles and references to other entries are resolved. */
  readonly ingress: readonly Rule[];
  /** Services of AWS that nodes reach without the Internet. */
  readonly endpoints: readonly Endpoint[];
  /** The subnets in which their network interfaces are, by entry: one in each zone that is known to be another. */
  readonly endpointSubnets: readonly string[];
  /** What nodes learn by DHCP; absent: AWS's own options. */
  readonly dhcp?: NetworkDhcp;
  /** Domains about which the resolver of the VPC asks others; absent: none. */
  readonly forwarding?: NetworkForwarding;
  readonly flowLogs: boolean;
  readonly tags: { readonly [key: string]: string };
  /** The entry's own subnet first, then those `within` it, by name. */
  readonly subnets: readonly [AwsSubnet, ...AwsSubnet[]];
  /** Names of what was imported. */
  readonly existingNames: ExistingNames;
  /** Absent for `vpn: none`, and for a network of a hub. */
  readonly vpn?: AwsVpn;
  /** Present for a network of a hub. */
  readonly attachment?: HubAttachment;
}

/** A network's attachment to the transit gateway of a hub. */
export interface HubAttachment {
  /** The hub, by ids of what exists already, or by the entry and the tables with which the driver finds it. */
  readonly hub:
    | { readonly gateway: string; readonly routeTable: string }
    | { readonly entry: string; readonly routeTable: string };
  /** The stack that makes it, where this environment does. */
  readonly stack?: string;
  /** Entries in whose subnets the gateway's interfaces are, or the blocks of subnets of their own, by zone. */
  readonly subnets: readonly string[] | Readonly<Record<string, Cidr>>;
  /** Networks behind the hub that the network reaches. */
  readonly remoteNetworks: readonly Cidr[];
}

export interface NetworkDhcp {
  /** Empty: AWS's own resolver. */
  readonly nameServers: readonly string[];
  readonly domain?: string;
  /** Addresses alone: DHCP has no names of NTP servers. */
  readonly ntpServers: readonly string[];
}

export interface NetworkForwarding {
  /** Addresses of the resolvers that are asked, by domain; `.` stands for all names. */
  readonly resolvers: Readonly<Record<string, readonly string[]>>;
  /** The subnets from which they are asked, by entry; with an address where there is only one. */
  readonly interfaces: readonly { readonly entry: string; readonly address?: string }[];
}

/** A subnet for nodes: what one catalog entry names. */
export interface AwsSubnet {
  readonly entry: string;
  /** The name that the entry had when the subnet was made: the addresses of its resources bear it. */
  readonly born: string;
  readonly cidr: Cidr;
  /** Absent: the first available zone. */
  readonly zone?: string;
  /** With `nat-per-zone`, the public subnet of a zone that the entry's own is not in. */
  readonly publicSubnet?: Cidr;
  /** Whether the entry is published under `aws_spot` too. */
  readonly spot: boolean;
  /** Further keys of the entry, published as they are (`ntp_servers`, …). */
  readonly extra: JsonMap;
}
