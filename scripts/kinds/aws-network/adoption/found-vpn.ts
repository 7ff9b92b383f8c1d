import type { Site } from '../../../../catalog/ground/site';
import type { StateInstance } from '../../../../terraform/state/state-file';
import { blocksOf, numberOf, textOf } from './attributes';
import type { Obstacles } from './obstacles';
import { yamlSite } from './site-text';
import { idOf, type Things } from './things';

/** The VPN connection of a VPC, with both of its ends. */
export interface FoundVpn {
  readonly gateway: StateInstance;
  /** The attachment of the gateway to the VPC, where it is a resource of its own. */
  readonly attachment?: StateInstance;
  readonly customerGateway: StateInstance;
  readonly connection: StateInstance;
  /** Destinations of the connection's static routes. */
  readonly networks: readonly string[];
}

interface Search {
  readonly things: Things;
  readonly vpcId: string;
  readonly ids: ReadonlyMap<string, readonly string[]>;
  readonly site: Site | undefined;
}

/** The VPN connection of the VPC's virtual private gateway, checked against the catalog's site; undefined where there is none. */
export function findVpn({ things, vpcId, ids, site }: Search, obstacles: Obstacles): FoundVpn | undefined {
  const attachment = things.where('aws_vpn_gateway_attachment', { vpc_id: vpcId })[0];
  const gateway =
    things.where('aws_vpn_gateway', { vpc_id: vpcId })[0] ??
    things.byId('aws_vpn_gateway', attachment && textOf(attachment.attributes, 'vpn_gateway_id'));
  if (gateway === undefined) return undefined;
  const all = things.where('aws_vpn_connection', { vpn_gateway_id: idOf(gateway) });
  const chosen = ids.get('vpn_connection');
  const found = chosen === undefined ? all : all.filter((one) => chosen.includes(idOf(one) ?? ''));
  if (found.length > 1) {
    const there = found.map((one) => `${idOf(one)} (${one.address})`).join(', ');
    return obstacles.add(
      `${idOf(gateway)} has ${found.length} VPN connections: ${there}`,
      `say which one goes to the site: --id vpn_connection=${idOf(found[0])}; the others stay where they are`,
    );
  }
  const [connection] = found;
  if (connection === undefined) return undefined;
  const customerGatewayId = textOf(connection.attributes, 'customer_gateway_id');
  const customerGateway = things.byId('aws_customer_gateway', customerGatewayId);
  if (customerGateway === undefined) {
    return obstacles.add(
      `${connection.address} ends at ${customerGatewayId}, which the state does not hold`,
      `give it too: --id customer_gateway=${customerGatewayId}`,
    );
  }
  const routes = things
    .where('aws_vpn_connection_route', { vpn_connection_id: idOf(connection) })
    .flatMap(({ attributes }) => textOf(attributes, 'destination_cidr_block') ?? []);
  const seen = blocksOf(connection.attributes, 'routes')
    .filter((route) => textOf(route, 'source')?.toLowerCase() === 'static')
    .flatMap((route) => textOf(route, 'destination_cidr_block') ?? []);
  const networks = [...new Set([...routes, ...seen])].sort();
  checkSite(customerGateway, networks, site, obstacles);
  return {
    gateway,
    ...(attachment === undefined ? {} : { attachment }),
    customerGateway,
    connection,
    networks,
  };
}

/** A customer gateway is replaced by any change, so the catalog's site must be what it says. */
function checkSite(
  { address, attributes }: StateInstance,
  networks: readonly string[],
  site: Site | undefined,
  obstacles: Obstacles,
): void {
  const publicIp = textOf(attributes, 'ip_address');
  const asn = numberOf(attributes, 'bgp_asn') ?? numberOf(attributes, 'bgp_asn_extended');
  if (site === undefined) {
    obstacles.add(
      `${address} is the other end of a VPN, and the catalog has no site`,
      `write ${yamlSite(publicIp, asn, networks)} with the controller's own address`,
    );
    return;
  }
  const differ = (key: string, there: string | undefined, here: string): void => {
    obstacles.add(
      `${address} has ${there}, and the catalog's site.${key} is ${here}: that would replace the customer gateway, and with it the connection`,
      `write site.${key}: ${there}, import, and change it afterwards`,
    );
  };
  const [{ name, publicIp: here }] = site.gateways;
  if (name !== undefined) {
    obstacles.add(
      `${address} is the one connection of a gateway without a name, and the catalog has site.gateways`,
      'write site.public_ip in their place, import, and name the gateways afterwards',
    );
  } else if (publicIp !== here) differ('public_ip', publicIp, here);
  if (asn !== site.asn) differ('asn', asn === undefined ? undefined : String(asn), String(site.asn));
}
