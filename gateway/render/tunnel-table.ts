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
  const peers = network.tunnels.flatMap(({ bgp, interfaceName }) =>
    bgp.isBeyond ? [['peer', bgp.cloudAddress, bgp.siteAddress, interfaceName].join(' ')] : [],
  );
  const routing = network.routing === 'static' && !network.cloud.answersPings ? 'keyed' : network.routing;
  const routes = network.cloudNetworks.map((cidr) =>
    ['network', cidr, site.controller.address, routing].join(' '),
  );
  const text = [
    header([
      `Interfaces and routes of ${network.title}.`,
      'tunnel: interface, kind, id, outside address, own inside address, its peer, MTU',
      ...(peers.length > 0 ? ["peer: of BGP, beyond a tunnel; the site's own address; interface"] : []),
      'network: of the cloud, source address of the host, routing',
    ]),
    ...tunnels,
    ...peers,
    ...routes,
    '',
  ];
  return { path: `etc/kakehashi/${network.name}.tunnels`, mode: 0o644, text: text.join('\n') };
}
