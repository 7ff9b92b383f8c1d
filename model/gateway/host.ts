import type { Cidr, InterfaceAddress } from '../net/cidr';
import type { CryptoProfile } from '../tunnel/crypto-profiles';
import type { NetworkTunnels } from '../tunnel/description';
import type { GatewayKey } from './key';

export type GatewayDaemon = 'libreswan' | 'strongswan';

/** How a route-based tunnel becomes an interface: the kernel's older VTI, told apart by mark, or an XFRM interface. */
export type InterfaceKind = 'vti' | 'xfrm';

/** The on-premises end: the shape of a catalog's `site` (format.md). */
export interface GatewaySite {
  /** The controller's address and network; the gateway host is the one that has this address. */
  readonly controller: InterfaceAddress;
  /** The gateway's outbound public IPv4 address, which is also its IKE identity. */
  readonly publicIp: string;
  /** Networks behind the gateway. */
  readonly subnets: readonly Cidr[];
  readonly asn: number;
  /** Whether nodes of all networks reach each other through the site. */
  readonly mesh: boolean;
  readonly gateway: {
    readonly daemon: GatewayDaemon;
    /** Its major version. */
    readonly version: number;
    readonly behindNat: boolean;
    /** MTU of the link to the Internet, in bytes. */
    readonly linkMtu: number;
  };
}

/** One cloud network with its tunnels, as one environment made them. */
export interface GatewayConnection {
  readonly environment: string;
  /** `aws/default`. */
  readonly network: string;
  readonly crypto: CryptoProfile;
  /** The value of this network's key in the `tunnels` output. */
  readonly description: NetworkTunnels;
  /** Networks behind the gateway that this cloud network reaches: the site's, and with `mesh` those of the other networks. */
  readonly siteNetworks: readonly Cidr[];
  /** By inside CIDR: the lock file's interface number, from 1. */
  readonly interfaces: Readonly<Record<string, number>>;
  /** By inside CIDR. */
  readonly keys: Readonly<Record<string, GatewayKey>>;
}

/** All that ends at one gateway host, of all environments. */
export interface GatewayHost {
  readonly site: GatewaySite;
  /** @default 'vti' for libreswan 4, 'xfrm' for all others */
  readonly interfaceKind?: InterfaceKind;
  readonly connections: readonly GatewayConnection[];
}

/** The kind of interface that a host's route-based tunnels get. */
export function interfaceKindOf(host: GatewayHost): InterfaceKind {
  const { daemon, version } = host.site.gateway;
  return host.interfaceKind ?? (daemon === 'libreswan' && version === 4 ? 'vti' : 'xfrm');
}
