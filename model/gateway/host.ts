import type { CloudVpn } from '../clouds/cloud-vpn';
import type { Address } from '../net/address';
import type { Cidr, InterfaceAddress } from '../net/cidr';
import type { CryptoProfile } from '../tunnel/crypto-profiles';
import type { NetworkTunnels } from '../tunnel/description';
import type { HiddenKey } from './hidden-key';
import type { GatewayKey } from './key';

export type GatewayDaemon = 'libreswan' | 'strongswan';

/** The kind of network interface of a route-based tunnel: the kernel's older VTI, selected by mark, or an XFRM interface. */
export type InterfaceKind = 'vti' | 'xfrm';

/** The on-premises end of all tunnels: a catalog's `site` (docs/catalog.md). */
export interface GatewaySite {
  /** The controller's address and network. */
  readonly controller: InterfaceAddress;
  /** The gateway's outbound public IPv4 address, which is also its IKE identity. */
  readonly publicIp: string;
  /** Networks behind the gateway. */
  readonly subnets: readonly Cidr[];
  readonly asn: number;
  /** Whether nodes of all networks reach each other through the site. */
  readonly mesh: boolean;
  readonly gateway: {
    /** Absent for `site.gateway`. */
    readonly name?: string;
    /** The host's own inner IPv4 address. @default - the controller's */
    readonly address?: string;
    /** Multi-exit discriminator that it announces over BGP. @default - none */
    readonly metric?: number;
    /** The card to the site's networks. @default - whichever the host's routes say */
    readonly lanInterface?: string;
    readonly daemon: GatewayDaemon;
    /** Major version of the daemon. */
    readonly version: number;
    readonly behindNat: boolean;
    /** MTU of the link to the Internet, in bytes. */
    readonly linkMtu: number;
  };
}

/** A key in a file that is written, or what stands for it in one that is only shown. */
export type TunnelKey = GatewayKey | HiddenKey;

/**
 * One cloud network with its tunnels, as one environment applied them; with an {@link Address} that may be unknown, as a plan
 * will leave them.
 */
export interface GatewayConnection<A extends Address = string> {
  readonly environment: string;
  /** The key that the network had when it was made, `aws/default`: names of files and connections bear it, also after a rename. */
  readonly network: string;
  /** The key that it has in the catalog now. @default - the same */
  readonly entry?: string;
  /** The gateway's name, which the path of the connection's keys bears. @default - the one of `site.gateway` */
  readonly gateway?: string;
  /** The VPN service at the other end. */
  readonly cloud: CloudVpn;
  readonly crypto: CryptoProfile;
  /** The value of this network's key in the `tunnels` output. */
  readonly description: NetworkTunnels<A>;
  /** Networks behind the gateway that this cloud network reaches: the site's, and with `mesh` those of the other networks. */
  readonly siteNetworks: readonly Cidr[];
  /** The lock file's interface numbers, from 1, by inside CIDR. */
  readonly interfaces: Readonly<Record<string, number>>;
  /** The pre-shared keys, by inside CIDR. */
  readonly keys: Readonly<Record<string, [A] extends [string] ? GatewayKey : TunnelKey>>;
}

/** Everything that ends at one gateway host, of all environments. */
export interface GatewayHost<A extends Address = string> {
  readonly site: GatewaySite;
  /** @default 'vti' for libreswan 4, 'xfrm' for all others */
  readonly interfaceKind?: InterfaceKind;
  readonly connections: readonly GatewayConnection<A>[];
}

/** The kind of interface that the host's route-based tunnels get. */
export function interfaceKindOf(host: GatewayHost<Address>): InterfaceKind {
  const { daemon, version } = host.site.gateway;
  return host.interfaceKind ?? (daemon === 'libreswan' && version === 4 ? 'vti' : 'xfrm');
}

/** The host's own inner IPv4 address. */
export function addressAt({ controller, gateway }: GatewaySite): string {
  return gateway.address ?? controller.address;
}
