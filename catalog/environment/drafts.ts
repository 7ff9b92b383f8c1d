import type { TunnelOptions } from '../../model/clouds/aws/tunnel-options';
import type { Cidr } from '../../model/net/cidr';
import type { AdoptedEntry, AwsSettings, AwsVpn, Backend, Json, Site, Vault } from '../ground/catalog';
import type { Position } from '../ground/problem';
import type { Section } from '../shape/section';
import type { MapNode } from '../source/node';

/** An environment as far as its file could be read: what the checks across entries and files work on. */
export interface EnvironmentDraft {
  readonly environment: string;
  readonly file: string;
  readonly root: MapNode;
  readonly site?: Site;
  /** The gateway's address, also where the rest of `site` is broken: who shares the gateway. */
  readonly publicIp?: string;
  readonly backend: Backend;
  readonly aws: AwsSettings;
  readonly vault?: VaultDraft;
  readonly networks: readonly NetworkDraft[];
  readonly adopted: readonly AdoptedEntry[];
}

/** The section `vault` as far as it could be read. */
export interface VaultDraft extends Omit<Vault, 'address' | 'auth'> {
  readonly section: Section;
  readonly address?: string;
  /** Absent where `auth` is broken. */
  readonly auth?: Vault['auth'];
}

/** A VPC as far as it could be read. */
export interface NetworkDraft {
  /** `aws/<entry>`. */
  readonly key: string;
  readonly entry: string;
  /** The entry. */
  readonly section: Section;
  /** Its `create`. */
  readonly create: Section;
  readonly region?: string;
  readonly vpcCidr?: Cidr;
  readonly publicSubnet?: Cidr;
  readonly egress: 'nat' | 'nat-per-zone' | 'none';
  /** The entry's own first. */
  readonly subnets: readonly SubnetDraft[];
  /** Absent for `vpn: none`. */
  readonly vpn?: VpnDraft;
}

export interface SubnetDraft {
  readonly entry: string;
  readonly section: Section;
  readonly create: Section;
  readonly cidr?: Cidr;
  readonly zone?: string;
  readonly publicSubnet?: Cidr;
  readonly spot: boolean;
  readonly extra: { readonly [key: string]: Json };
}

export interface VpnDraft extends Omit<AwsVpn, 'remoteNetworks' | 'tunnels'> {
  readonly tunnels: readonly [TunnelOptions, TunnelOptions];
  /** Where the key `vpn` stands, or else `create`. */
  readonly position: Position;
}
