import { addressAt, type GatewaySite } from '../../../model/gateway/host';
import { type Cidr, compareCidrs } from '../../../model/net/cidr';
import { type GatewayNetwork, type GatewayTunnel, isPointToPoint } from '../../host/gateway-tunnel';
import { type HostFile, header } from '../../host/host-file';

/**
 * FRR's configuration: one BGP session per tunnel of the networks whose routing is `bgp`; undefined where there is none.
 *
 * FRR's `ebgp-requires-policy` is on by default (RFC 8212), so without prefix lists the session comes up and no route passes.
 */
export function frrFile(site: GatewaySite, networks: readonly GatewayNetwork[]): HostFile | undefined {
  const spoken = networks.filter(({ routing }) => routing === 'bgp');
  if (spoken.length === 0) return undefined;
  const text = [
    header([
      'FRR: BGP over the tunnels. The whole of /etc/frr/frr.conf, if FRR does nothing else here.',
    ]).trimEnd(),
    'frr defaults traditional',
    '!',
    ...spoken.flatMap(prefixLists),
    ...sourceRoute(site, spoken),
    ...tieBreakers(spoken),
    ...metricMap(site),
    `router bgp ${site.asn}`,
    ` bgp router-id ${addressAt(site)}`,
    ' ! networks of the site are announced although another router of the site may be the way to them',
    ' no bgp network import-check',
    ...spoken.flatMap((network) => network.tunnels.flatMap((tunnel) => neighbour(network, tunnel))),
    ' !',
    ' address-family ipv4 unicast',
    ...announced(site, networks).map((cidr) => `  network ${cidr}`),
    ...paths(spoken),
    ...spoken.flatMap((network) =>
      network.tunnels.flatMap((tunnel, index) => [
        ...policies(site, network, tunnel),
        ...(index > 0 && hasTieBreakers(network, spoken)
          ? [`  neighbor ${tunnel.bgp.cloudAddress} route-map ${tieBreaker(index)} in`]
          : []),
      ]),
    ),
    ' exit-address-family',
    'exit',
    '!',
    '',
  ];
  return { path: 'etc/frr/frr.conf', mode: 0o640, text: text.join('\n') };
}

/** How many tunnels may carry flows to one network at a time, and why. */
function paths(networks: readonly GatewayNetwork[]): string[] {
  const most = mostPaths(networks);
  const single = [
    ...new Set(networks.filter(({ multipath }) => !multipath).map(({ cloud }) => cloud.onePath)),
  ];
  return [
    ...single.map((reason) => `  ! ${reason}`),
    ...(most > 1 ? ['  ! flows of one network go over all its tunnels, each flow over one of them'] : []),
    `  maximum-paths ${most}`,
  ];
}

function mostPaths(networks: readonly GatewayNetwork[]): number {
  return Math.max(1, ...networks.flatMap(({ multipath, tunnels }) => (multipath ? [tunnels.length] : [])));
}

/**
 * Where a host has equal paths for one network, the tunnels of another must differ: the number of paths is the router's, not a
 * network's. The later tunnel's metric is one more, which changes no order that the cloud's own metrics say.
 */
function tieBreakers(networks: readonly GatewayNetwork[]): string[] {
  const broken = networks.filter((network) => hasTieBreakers(network, networks));
  const longest = Math.max(1, ...broken.map(({ tunnels }) => tunnels.length));
  return Array.from({ length: longest - 1 }, (_, index) => [
    `route-map ${tieBreaker(index + 1)} permit 10`,
    ` set metric +${index + 1}`,
    'exit',
    '!',
  ]).flat();
}

function hasTieBreakers({ multipath, tunnels }: GatewayNetwork, all: readonly GatewayNetwork[]): boolean {
  return !multipath && tunnels.length > 1 && mostPaths(all) > 1;
}

function tieBreaker(index: number): string {
  return `kakehashi-later-${index}`;
}

/** The networks that BGP announces: the site's; with a mesh, also those of the clouds that are not learned by BGP. */
function announced(site: GatewaySite, networks: readonly GatewayNetwork[]): readonly Cidr[] {
  const others = networks.filter(({ routing }) => site.mesh && routing === 'static');
  return [...site.subnets, ...others.flatMap(({ cloudNetworks }) => cloudNetworks)].sort(compareCidrs);
}

function listName(network: GatewayNetwork, direction: 'in' | 'out'): string {
  return `kakehashi-${network.name}-${direction}`;
}

function prefixLists(network: GatewayNetwork): string[] {
  const list = (direction: 'in' | 'out', cidrs: readonly Cidr[]): string[] =>
    cidrs.map(
      (cidr, index) => `ip prefix-list ${listName(network, direction)} seq ${(index + 1) * 5} permit ${cidr}`,
    );
  return [...list('in', network.cloudNetworks), ...list('out', network.siteNetworks), '!'];
}

/** Lets packets of the host itself leave with the controller's address, because the cloud can't answer 169.254.x.y. */
function sourceRoute(site: GatewaySite, networks: readonly GatewayNetwork[]): string[] {
  const matches = networks.flatMap((network, index) => [
    `route-map kakehashi-source permit ${(index + 1) * 10}`,
    ` match ip address prefix-list ${listName(network, 'in')}`,
    ` set src ${addressAt(site)}`,
    'exit',
    '!',
  ]);
  // BGP routes from other sources, if the host has any, pass unchanged.
  const rest = ['route-map kakehashi-source permit 65535', 'exit', '!'];
  return [...matches, ...rest, 'ip protocol bgp route-map kakehashi-source', '!'];
}

/**
 * The gateway's metric as multi-exit discriminator: of two gateways of one site, which have the same ASN, a cloud takes the one
 * that announces the lower one (RFC 4271, 9.1.2.2 c).
 */
function metricMap({ gateway: { metric } }: GatewaySite): string[] {
  if (metric === undefined) return [];
  return ['route-map kakehashi-metric permit 10', ` set metric ${metric}`, 'exit', '!'];
}

function neighbour(network: GatewayNetwork, tunnel: GatewayTunnel): string[] {
  const { cloudAddress: peer, siteAddress, isBeyond } = tunnel.bgp;
  return [
    ' !',
    ` neighbor ${peer} remote-as ${network.cloudAsn}`,
    ` neighbor ${peer} description ${tunnel.name}`,
    // RFC 4271 §10 suggests a keepalive interval of a third of the hold time.
    ` neighbor ${peer} timers ${Math.floor(network.cloud.bgpHoldSeconds / 3)} ${network.cloud.bgpHoldSeconds}`,
    ` neighbor ${peer} timers connect 10`,
    // The cloud answers to the address that it knows; several interfaces may have it.
    ...(isBeyond || isPointToPoint(tunnel) ? [` neighbor ${peer} update-source ${siteAddress}`] : []),
    ...(isBeyond ? [` neighbor ${peer} ebgp-multihop 255`] : []),
  ];
}

function policies(site: GatewaySite, network: GatewayNetwork, tunnel: GatewayTunnel): string[] {
  const peer = tunnel.bgp.cloudAddress;
  return [
    `  neighbor ${peer} activate`,
    `  neighbor ${peer} soft-reconfiguration inbound`,
    `  neighbor ${peer} prefix-list ${listName(network, 'in')} in`,
    `  neighbor ${peer} prefix-list ${listName(network, 'out')} out`,
    ...(site.gateway.metric === undefined ? [] : [`  neighbor ${peer} route-map kakehashi-metric out`]),
    // The cloud of another network may have the same ASN, and drops a path that contains it.
    ...(site.mesh ? [`  neighbor ${peer} as-override`] : []),
  ];
}
