import type { GatewaySite, InterfaceKind } from '../../model/gateway/host';
import type { GatewayNetwork } from '../host/gateway-tunnel';
import { type HostFile, header } from '../host/host-file';

/** The file that `kakehashi-tunnels` and `kakehashi-routes` read: one network's interfaces and routes, a line each. */
export function tunnelTable(site: GatewaySite, kind: InterfaceKind, network: GatewayNetwork): HostFile {
  const tunnels = network.tunnels.map((tunnel) =>
    [
      'tunnel',
      tunnel.interfaceName,
      kind,
      tunnel.interfaceId,
      tunnel.outsideAddress,
      `${tunnel.siteInsideAddress}/${tunnel.insideCidr.prefixLength}`,
      tunnel.cloudInsideAddress,
      tunnel.mtu,
    ].join(' '),
  );
  const routes = network.cloudNetworks.map((cidr) =>
    ['network', cidr, site.controller.address, network.routing].join(' '),
  );
  const text = [
    header([
      `Interfaces and routes of ${network.title}.`,
      'tunnel: interface, kind, id, outside address, own inside address, its peer, MTU',
      'network: of the cloud, source address of the host, routing',
    ]),
    ...tunnels,
    ...routes,
    '',
  ];
  return { path: `etc/kakehashi/${network.name}.tunnels`, mode: 0o644, text: text.join('\n') };
}
