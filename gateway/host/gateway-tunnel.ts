import type { CloudVpn } from '../../model/clouds/cloud-vpn';
import { type GatewayConnection, type GatewayHost, interfaceKindOf } from '../../model/gateway/host';
import type { GatewayKey } from '../../model/gateway/key';
import { tunnelMtu } from '../../model/gateway/mtu';
import { parseAsn } from '../../model/net/asn';
import { Cidr, compareCidrs } from '../../model/net/cidr';
import { parseIpv4 } from '../../model/net/ipv4';
import type { TunnelDescription } from '../../model/tunnel/description';
import { ValueError } from '../../model/value-error';

/** One tunnel as the renderers need it. All values are checked. */
export interface GatewayTunnel {
  /** `dev-aws-default-1`: the connection's name in the daemon, unique by the interface number at its end. */
  readonly name: string;
  readonly insideCidr: Cidr;
  /** The interface number that the lock file keeps. */
  readonly number: number;
  /** The id of an XFRM interface; of a VTI, the key and the mark. */
  readonly interfaceId: number;
  /** `vti101`, `ipsec101` or `xfrm101`: at most 15 characters (Linux: IFNAMSIZ). */
  readonly interfaceName: string;
  readonly outsideAddress: string;
  readonly cloudInsideAddress: string;
  readonly siteInsideAddress: string;
  readonly mtu: number;
  readonly mss: number;
  readonly key: GatewayKey;
  readonly description: TunnelDescription;
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
  readonly crypto: GatewayConnection['crypto'];
  readonly mode: 'route-based' | 'policy-based';
  readonly routing: 'static' | 'bgp';
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
export function gatewayNetworks(host: GatewayHost): readonly GatewayNetwork[] {
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

function gatewayNetwork(host: GatewayHost, connection: GatewayConnection): GatewayNetwork {
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
    crypto: connection.crypto,
    mode: description.mode,
    routing: description.routing,
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
  host: GatewayHost,
  connection: GatewayConnection,
  insideCidr: Cidr,
  description: TunnelDescription,
): GatewayTunnel {
  const number = connection.interfaces[insideCidr.toString()];
  if (number === undefined || !Number.isInteger(number) || number < 1 || number > 9999) {
    throw new ValueError(`an interface number from 1 to 9999 for ${insideCidr}`, String(number));
  }
  const key = connection.keys[insideCidr.toString()];
  if (key === undefined) throw new ValueError(`a pre-shared key for ${insideCidr}`, 'none');
  const { linkMtu, behindNat } = host.site.gateway;
  const interfaceId = FIRST_INTERFACE_ID + number;
  const prefix = host.site.gateway.daemon === 'libreswan' ? 'ipsec' : 'xfrm';
  return {
    name: connectionName(connection.environment, connection.network, number),
    insideCidr,
    number,
    interfaceId,
    interfaceName: `${interfaceKindOf(host) === 'vti' ? 'vti' : prefix}${interfaceId}`,
    outsideAddress: parseIpv4(description.outside_address),
    cloudInsideAddress: insideAddress(insideCidr, description.cloud_inside_address),
    siteInsideAddress: insideAddress(insideCidr, description.site_inside_address),
    ...tunnelMtu(description.esp, { mtu: linkMtu, behindNat }),
    key,
    description,
  };
}

/** The inside address of one end. It must be in the tunnel's own block, so that a wrong state routes no other network. */
function insideAddress(insideCidr: Cidr, address: string): string {
  parseIpv4(address);
  if (!insideCidr.containsAddress(address)) throw new ValueError(`an address of ${insideCidr}`, address);
  return address;
}

function word(text: string): string {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(text)) throw new ValueError('letters, digits, - and _', text);
  return text;
}
