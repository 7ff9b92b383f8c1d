import type { Endpoint } from '../../../model/clouds/aws/endpoints';
import type { TunnelOptions } from '../../../model/clouds/aws/tunnel-options';
import type { Cidr } from '../../../model/net/cidr';
import type { Rule } from '../../../model/net/rule';
import type { JsonMap } from '../../ground/json';
import type { Network, NetworkVpn } from '../../ground/network';
import type { AwsSettings } from '../aws/settings';
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
  readonly flowLogs: boolean;
  readonly tags: { readonly [key: string]: string };
  /** The entry's own subnet first, then those `within` it, by name. */
  readonly subnets: readonly [AwsSubnet, ...AwsSubnet[]];
  /** Names of what was imported. */
  readonly existingNames: ExistingNames;
  /** Absent for `vpn: none`. */
  readonly vpn?: AwsVpn;
}

export interface NetworkDhcp {
  /** Empty: AWS's own resolver. */
  readonly nameServers: readonly string[];
  readonly domain?: string;
  /** Addresses alone: DHCP has no names of NTP servers. */
  readonly ntpServers: readonly string[];
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

export interface AwsVpn extends NetworkVpn {
  readonly presharedKeyStorage: 'Standard' | 'SecretsManager';
  /** Profile, `tunnel_options` and `tunnels[i]` merged; `insideCidr` only where the catalog fixes one. */
  readonly tunnels: readonly [TunnelOptions, TunnelOptions];
  /** Absent: no logs. */
  readonly logs?: VpnLogs;
}

export interface VpnLogs {
  readonly format: 'json' | 'text';
  /** One of CloudWatch's values; 0 keeps for ever. */
  readonly retentionDays: number;
  /** BGP logs beside the activity logs: needs provider 6.25. */
  readonly bgp: boolean;
}
