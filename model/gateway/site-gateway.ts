import type { GatewayDaemon, GatewaySite, InterfaceKind } from './host';

/** One gateway of the site: an element of `site.gateways`, or the nameless one of `site.gateway` (docs/catalog.md). */
export interface SiteGateway {
  /** Absent for `site.gateway`: names of connections, lock lines and outputs are then those of a site with one gateway. */
  readonly name?: string;
  /** The outbound public IPv4 address, which is also its IKE identity. */
  readonly publicIp: string;
  /** The gateway host's own inner IPv4 address. */
  readonly address: string;
  /** Multi-exit discriminator that it announces over BGP; the lower one is preferred. */
  readonly metric: number;
  readonly daemon: GatewayDaemon;
  /** Major version of the daemon. */
  readonly version: number;
  readonly behindNat: boolean;
  /** MTU of the link to the Internet, in bytes. */
  readonly linkMtu: number;
  /** Kind of the interfaces of route-based tunnels. @default - the daemon's own */
  readonly interface?: InterfaceKind;
  /** The folder of the keys that the host's files name instead of holding them. @default - the files hold them */
  readonly keyReference?: string;
  /** The card to the site's networks. @default - whichever the host's routes say */
  readonly lanInterface?: string;
}

/** The on-premises end of every tunnel: what the gateways of a site have in common, and each of them. */
export interface SiteWithGateways extends Pick<GatewaySite, 'controller' | 'subnets' | 'asn' | 'mesh'> {
  /** In the order of the catalog; of several each has a name. */
  readonly gateways: readonly [SiteGateway, ...SiteGateway[]];
}

/** The site as one of its gateways sees it. */
export function siteAt(
  { controller, subnets, asn, mesh }: SiteWithGateways,
  gateway: SiteGateway,
): GatewaySite {
  const { name, publicIp, address, metric, daemon, version, behindNat, linkMtu, lanInterface } = gateway;
  return {
    controller,
    publicIp,
    subnets,
    asn,
    mesh,
    gateway: {
      ...(name === undefined ? {} : { name, metric }),
      ...(address === controller.address ? {} : { address }),
      daemon,
      version,
      behindNat,
      linkMtu,
      ...(lanInterface === undefined ? {} : { lanInterface }),
    },
  };
}

/**
 * The key of a network's connection to one gateway: `aws/default`, or `aws/default@east` for a gateway with a name. Lock lines,
 * the outputs `tunnels` and `site`, and messages use it.
 */
export function connectionKey(network: string, { name }: Pick<SiteGateway, 'name'>): string {
  return name === undefined ? network : `${network}@${name}`;
}

/** The path of a connection's keys below its environment: `aws/default`, or `aws/default/east`. */
export function keyPath(network: string, gateway: string | undefined): string {
  return gateway === undefined ? network : `${network}/${gateway}`;
}

/** The parts of a connection's key. */
export function connectionParts(key: string): { readonly network: string; readonly gateway?: string } {
  const at = key.indexOf('@');
  return at < 0 ? { network: key } : { network: key.slice(0, at), gateway: key.slice(at + 1) };
}
