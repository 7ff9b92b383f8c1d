import type { GatewayConnection, GatewayHost, GatewaySite } from '../../../model/gateway/host';
import { Cidr } from '../../../model/net/cidr';
import type { TunnelDescription } from '../../../model/tunnel/description';
import { cloudEnd } from './cloud-end';
import { into, putDebian, putGateway } from './plan';

/** A gateway host of the site with its one connection to Azure. */
export interface Device {
  readonly name: string;
  readonly host: GatewayHost;
}

/** The tunnel of a device to one of Azure's instances. */
interface DeviceTunnel {
  readonly host: GatewayHost;
  readonly connection: GatewayConnection;
  /** The interface number, used at both ends. */
  readonly number: number;
  readonly tunnel: TunnelDescription;
}

/**
 * Writes a small world whose site has several gateways, and whose cloud is an active-active gateway of Azure: two instances, each a
 * host with a public address, one key a connection, and a BGP speaker that waits for the site.
 */
export function writeAzurePlan(folder: string, devices: readonly Device[]): void {
  const put = into(folder);
  for (const { name, host } of devices) putGateway(put, name, host);
  put('devices', devices.map(({ name, host }) => deviceLine(name, host.site)).join(''));
  const instances = [0, 1].map((index) => ({ name: `azure${index}`, tunnels: tunnelsTo(devices, index) }));
  for (const { name, tunnels } of instances) {
    for (const { host, connection, number, tunnel } of tunnels) {
      const alone = { ...connection.description, tunnels: { [keyOf(connection, number)]: tunnel } };
      const text = cloudEnd(host, { ...connection, description: alone });
      put(`${name}/etc/swanctl/conf.d/cloud${number}.conf`, text, 0o600);
    }
    if (tunnels.some(({ connection }) => connection.description.routing === 'bgp')) {
      put(`${name}/etc/frr/frr.conf`, azureBgp(tunnels));
    }
    put(`${name}/etc/frr/daemons`, 'bgpd=yes\n');
    put(`${name}.tunnels`, tunnels.map(interfaceLine).join(''));
    putDebian(put, name);
  }
  put('instances', instances.map(({ name, tunnels }) => `${name} ${outsideOf(tunnels)}\n`).join(''));
}

/** `east 198.51.100.10 198.51.100.9 10.0.2.2`: name, public address, its router in the same /30, inner address. */
function deviceLine(name: string, { publicIp, controller }: GatewaySite): string {
  const router = Cidr.of(Cidr.parse(`${publicIp}/32`).first, 30).address(1);
  return `${[name, publicIp, router, controller.address].join(' ')}\n`;
}

function tunnelsTo(devices: readonly Device[], index: number): readonly DeviceTunnel[] {
  return devices.flatMap(({ host }) =>
    host.connections.map((connection) => {
      const [key = '', tunnel] = Object.entries(connection.description.tunnels)[index] ?? [];
      const number = connection.interfaces[key];
      if (tunnel === undefined || number === undefined) throw new Error(`no tunnel to instance ${index}`);
      return { host, connection, number, tunnel };
    }),
  );
}

function keyOf({ interfaces }: GatewayConnection, number: number): string {
  return Object.keys(interfaces).find((key) => interfaces[key] === number) ?? '';
}

function outsideOf(tunnels: readonly DeviceTunnel[]): string {
  return String(tunnels[0]?.tunnel.outside_address);
}

/** `1 169.254.21.2 169.254.21.1`: number, address that BGP speaks from, and the site's, which Azure routes into the tunnel. */
function interfaceLine({ number, tunnel }: DeviceTunnel): string {
  return `${[number, ownAddress(tunnel), siteAddress(tunnel)].join(' ')}\n`;
}

function ownAddress({ bgp_peering, cloud_inside_address }: TunnelDescription): string {
  return bgp_peering?.cloud_address ?? cloud_inside_address;
}

function siteAddress({ bgp_peering, site_inside_address }: TunnelDescription): string {
  return bgp_peering?.site_address ?? site_inside_address;
}

/**
 * FRR as one instance: fixed timers, no preference, and with APIPA addresses it never opens a session itself (learn.microsoft.com,
 * "VPN Gateway FAQ").
 */
function azureBgp(tunnels: readonly DeviceTunnel[]): string {
  const [first] = tunnels;
  if (first === undefined) throw new Error('an instance without a tunnel');
  const { description } = first.connection;
  const lines = [
    'frr defaults traditional',
    `router bgp ${description.cloud_asn}`,
    ` bgp router-id ${outsideOf(tunnels)}`,
    ' no bgp ebgp-requires-policy',
    ' no bgp network import-check',
    ...tunnels.flatMap(({ host, tunnel }) => {
      const peer = siteAddress(tunnel);
      return [
        ` neighbor ${peer} remote-as ${host.site.asn}`,
        ` neighbor ${peer} timers 60 180`,
        ` neighbor ${peer} update-source ${ownAddress(tunnel)}`,
        ` neighbor ${peer} ${tunnel.bgp_peering === undefined ? 'passive' : 'ebgp-multihop 255'}`,
      ];
    }),
    ' address-family ipv4 unicast',
    ...description.networks.map((network) => `  network ${network}`),
    ' exit-address-family',
    'exit',
    '',
  ];
  return lines.join('\n');
}
