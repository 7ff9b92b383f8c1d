import { type GatewayConnection, type GatewayHost, interfaceKindOf } from '../../model/gateway/host';
import type { GatewayKey } from '../../model/gateway/key';
import { tunnelMtu } from '../../model/gateway/mtu';
import { parseAsn } from '../../model/net/asn';
import { Cidr, compareCidrs } from '../../model/net/cidr';
import { parseIpv4 } from '../../model/net/ipv4';
import type { TunnelDescription } from '../../model/tunnel/description';
import { cloudInsideAddress, parseInsideCidr, siteInsideAddress } from '../../model/tunnel/inside-cidr';
import { ValueError } from '../../model/value-error';

/** One tunnel as the renderers need it: everything checked, nothing left to look up. */
export interface GatewayTunnel {
  /** `dev-aws-default-1`: the connection's name in the daemon, unique by the interface number at its end. */
  readonly name: string;
  readonly insideCidr: Cidr;
  /** The lock file's interface number. */
  readonly number: number;
  /** The mark, the VTI's key and the XFRM interface's id. */
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

/** One cloud network with its tunnels, by interface number: the first is preferred. */
export interface GatewayNetwork {
  /** `dev-aws-default`. */
  readonly name: string;
  readonly environment: string;
  /** `aws/default`. */
  readonly network: string;
  readonly crypto: GatewayConnection['crypto'];
  readonly mode: 'route-based' | 'policy-based';
  readonly routing: 'static' | 'bgp';
  readonly cloudAsn: number;
  readonly cloudNetworks: readonly Cidr[];
  readonly siteNetworks: readonly Cidr[];
  readonly tunnels: readonly GatewayTunnel[];
}

/**
 * The networks of a host, by name, with everything that comes from Terraform's state checked again: it ends in files that
 * root reads.
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

/** A tunnel's name in the daemon: `dev-aws-default-1`, the interface number at its end. */
export function connectionName(environment: string, network: string, number: number): string {
  return `${networkName(environment, network)}-${number}`;
}

function networkName(environment: string, network: string): string {
  return word(`${environment}-${network.replace('/', '-')}`);
}

function gatewayNetwork(host: GatewayHost, connection: GatewayConnection): GatewayNetwork {
  const { description, environment, network } = connection;
  const name = networkName(environment, network);
  const tunnels = Object.entries(description.tunnels)
    .map(([insideCidr, tunnel]) => gatewayTunnel(host, connection, parseInsideCidr(insideCidr), tunnel))
    .sort((a, b) => a.number - b.number);
  return {
    name,
    environment: word(environment),
    network,
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
 * Above small numbers, which others use. Above 1, because libreswan 4.10 tries out XFRM interfaces with one named `ipsec1`,
 * and refuses every `ipsec-interface` where that is there already (seen in a live test).
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
    cloudInsideAddress: cloudInsideAddress(insideCidr),
    siteInsideAddress: siteInsideAddress(insideCidr),
    ...tunnelMtu(description.esp, { mtu: linkMtu, behindNat }),
    key,
    description,
  };
}

function word(text: string): string {
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(text)) throw new ValueError('letters, digits, - and _', text);
  return text;
}
