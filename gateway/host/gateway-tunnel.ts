import type { CloudVpn } from '../../model/clouds/cloud-vpn';
import {
  type GatewayConnection,
  type GatewayHost,
  interfaceKindOf,
  type TunnelKey,
} from '../../model/gateway/host';
import { tunnelMtu } from '../../model/gateway/mtu';
import type { Address } from '../../model/net/address';
import { parseAsn } from '../../model/net/asn';
import { Cidr, compareCidrs } from '../../model/net/cidr';
import { parseIpv4 } from '../../model/net/ipv4';
import type { CloudConnection, TunnelDescription } from '../../model/tunnel/description';
import { ValueError } from '../../model/value-error';

/** One tunnel as the renderers need it. All values are checked. */
export interface GatewayTunnel {
  /** `dev-aws-default-1`: the connection's name in the daemon, unique by the interface number at its end. */
  readonly name: string;
  /** The key of the tunnel: its inside CIDR, or the cloud's address with /32 where the two ends share no subnet. */
  readonly insideCidr: Cidr;
  /** The inside CIDR of its connection. Tunnels of one inside CIDR have one pre-shared key. */
  readonly connectionCidr: Cidr;
  /** The interface number that the lock file keeps. */
  readonly number: number;
  /** The id of an XFRM interface; of a VTI, the key and the mark. */
  readonly interfaceId: number;
  /** `vti101`, `ipsec101` or `xfrm101`: at most 15 characters (Linux: IFNAMSIZ). */
  readonly interfaceName: string;
  /** Not known before the apply in files that are only shown. */
  readonly outsideAddress: Address;
  readonly cloudInsideAddress: string;
  readonly siteInsideAddress: string;
  readonly bgp: BgpPeering;
  readonly mtu: number;
  readonly mss: number;
  readonly key: TunnelKey;
  readonly description: TunnelDescription<Address>;
}

/** The two ends of a tunnel's BGP session. */
export interface BgpPeering {
  /** Not known before the apply in files that are only shown, if it is beyond the tunnel. */
  readonly cloudAddress: Address;
  readonly siteAddress: string;
  /** Whether the cloud's address is not that of its end of the tunnel: it needs a route of its own into the tunnel. */
  readonly isBeyond: boolean;
}

/** Whether the ends of a tunnel share no subnet: each knows the other's address by itself. */
export function isPointToPoint({ insideCidr }: GatewayTunnel): boolean {
  return insideCidr.prefixLength === 32;
}

/** What comments call a tunnel: `Inside CIDR 169.254.100.0/30`, `Tunnel 169.254.21.2/32`. */
export function tunnelTitle(tunnel: GatewayTunnel): string {
  return `${isPointToPoint(tunnel) ? 'Tunnel' : 'Inside CIDR'} ${tunnel.insideCidr}`;
}

/** One cloud network with its tunnels, one or more, in the order of their interface numbers: the first is preferred. */
export interface GatewayNetwork {
  /** `dev-aws-default`. */
  readonly name: string;
  /** The same for comments, with the key of the catalog where that is another by now. */
  readonly title: string;
  readonly environment: string;
  /** `aws/default`. */
  readonly network: string;
  /** The VPN service at the other end. */
  readonly cloud: CloudVpn;
  /** What its own commands call the connection. @default - they tell of all connections at once */
  readonly cloudConnection?: CloudConnection;
  readonly crypto: GatewayConnection['crypto'];
  readonly mode: 'route-based' | 'policy-based';
  readonly routing: 'static' | 'bgp';
  /** Whether all tunnels carry flows at once. */
  readonly multipath: boolean;
  readonly cloudAsn: number;
  readonly cloudNetworks: readonly Cidr[];
  readonly siteNetworks: readonly Cidr[];
  readonly tunnels: readonly GatewayTunnel[];
}

/**
 * The networks of a host, sorted by name. Everything that comes from Terraform's state is checked again, because it ends in
 * files that root reads.
 *
 * @throws {@link ValueError} naming the connection
 */
export function gatewayNetworks(host: GatewayHost<Address>): readonly GatewayNetwork[] {
  return host.connections
    .map((connection) => {
      try {
        return gatewayNetwork(host, connection);
      } catch (error) {
        if (!(error instanceof ValueError)) throw error;
        const where = `${connection.environment}/${connection.network}`;
        throw new ValueError(`${error.expected} (${where})`, error.got, error);
      }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A tunnel's name in the daemon: `dev-aws-default-1`, with the interface number at its end. */
export function connectionName(environment: string, network: string, number: number): string {
  return `${networkName(environment, network)}-${number}`;
}

function networkName(environment: string, network: string): string {
  return word(`${environment}-${network.replace('/', '-')}`);
}

function gatewayNetwork(host: GatewayHost<Address>, connection: GatewayConnection<Address>): GatewayNetwork {
  const { description, environment, network, entry } = connection;
  const name = networkName(environment, network);
  const tunnels = Object.entries(description.tunnels)
    .map(([insideCidr, tunnel]) =>
      gatewayTunnel(host, connection, connection.cloud.parseInsideCidr(insideCidr), tunnel),
    )
    .sort((a, b) => a.number - b.number);
  return {
    name,
    title: entry === undefined ? name : `${name} (${word(entry.replace('/', '-')) && entry} in the catalog)`,
    environment: word(environment),
    network,
    cloud: connection.cloud,
    ...(description.cloud_connection === undefined
      ? {}
      : { cloudConnection: checkedNames(description.cloud_connection) }),
    crypto: connection.crypto,
    mode: description.mode,
    routing: description.routing,
    multipath: description.multipath === true,
    cloudAsn: parseAsn(description.cloud_asn),
    cloudNetworks: description.networks.map((text) => Cidr.parse(text)).sort(compareCidrs),
    siteNetworks: [...connection.siteNetworks].sort(compareCidrs),
    tunnels,
  };
}

/**
 * Small numbers are left to other software. Libreswan 4.10 also makes an interface `ipsec1` to find out whether the kernel has
 * XFRM interfaces, and refuses every `ipsec-interface` where one of that name exists (docs/reference/ipsec.md).
 */
const FIRST_INTERFACE_ID = 100;

function gatewayTunnel(
  host: GatewayHost<Address>,
  connection: GatewayConnection<Address>,
  insideCidr: Cidr,
  description: TunnelDescription<Address>,
): GatewayTunnel {
  const number = connection.interfaces[insideCidr.toString()];
  if (number === undefined || !Number.isInteger(number) || number < 1 || number > 9999) {
    throw new ValueError(`an interface number from 1 to 9999 for ${insideCidr}`, String(number));
  }
  const key = connection.keys[insideCidr.toString()];
  if (key === undefined) throw new ValueError(`a pre-shared key for ${insideCidr}`, 'none');
  const { linkMtu, behindNat } = host.site.gateway;
  const fitting = tunnelMtu(description.esp, { mtu: linkMtu, behindNat });
  const limit = connection.cloud.tunnelLimit;
  const cloudInsideAddress = insideAddress(insideCidr, description.cloud_inside_address);
  const siteInsideAddress = insideAddress(
    connection.cloud.insideCidrOf(insideCidr),
    description.site_inside_address,
  );
  if (siteInsideAddress === cloudInsideAddress)
    throw new ValueError(`another inside address of the site than the cloud's`, siteInsideAddress);
  const interfaceId = FIRST_INTERFACE_ID + number;
  const prefix = host.site.gateway.daemon === 'libreswan' ? 'ipsec' : 'xfrm';
  return {
    name: connectionName(connection.environment, connection.network, number),
    insideCidr,
    connectionCidr: connection.cloud.insideCidrOf(insideCidr),
    number,
    interfaceId,
    interfaceName: `${interfaceKindOf(host) === 'vti' ? 'vti' : prefix}${interfaceId}`,
    outsideAddress: outsideAddress(description.outside_address),
    cloudInsideAddress,
    siteInsideAddress,
    bgp: bgpPeering(connection, description, {
      cloudAddress: cloudInsideAddress,
      siteAddress: siteInsideAddress,
      isBeyond: false,
    }),
    mtu: Math.min(fitting.mtu, limit?.mtu ?? fitting.mtu),
    mss: Math.min(fitting.mss, limit?.mss ?? fitting.mss),
    key,
    description,
  };
}

function outsideAddress(address: Address): Address {
  return typeof address === 'string' ? parseIpv4(address) : address;
}

/**
 * What BGP speaks between. Addresses beyond the tunnel must be of the networks that are routed through it, so that a wrong state
 * routes no other host.
 */
function bgpPeering(
  { description: { networks }, siteNetworks }: GatewayConnection<Address>,
  { bgp_peering: peering }: TunnelDescription<Address>,
  inside: BgpPeering,
): BgpPeering {
  if (peering === undefined) return inside;
  const { cloud_address: cloud, site_address: siteAddress } = peering;
  const cloudAddress =
    typeof cloud === 'string'
      ? addressOf(
          networks.map((text) => Cidr.parse(text)),
          cloud,
        )
      : cloud;
  return { cloudAddress, siteAddress: addressOf(siteNetworks, siteAddress), isBeyond: true };
}

function addressOf(networks: readonly Cidr[], address: string): string {
  parseIpv4(address);
  if (!networks.some((cidr) => cidr.containsAddress(address)))
    throw new ValueError(`a BGP peer in ${networks.join(', ')}`, address);
  return address;
}

/** The inside address of one end. It must be in the tunnel's own block, so that a wrong state routes no other network. */
function insideAddress(insideCidr: Cidr, address: string): string {
  parseIpv4(address);
  if (!insideCidr.containsAddress(address)) throw new ValueError(`an address of ${insideCidr}`, address);
  return address;
}

function checkedNames({ resource_group, name }: CloudConnection): CloudConnection {
  for (const text of [resource_group, name])
    if (!/^[\p{L}\p{N}_][\p{L}\p{N}_.()-]{0,89}$/u.test(text))
      throw new ValueError("a connection's name of letters, digits and _ . - ( )", text);
  return { resource_group, name };
}

function word(text: string): string {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(text)) throw new ValueError('letters, digits, - and _', text);
  return text;
}
