import type { GatewaySite, InterfaceKind } from '../../../model/gateway/host';
import { Cidr } from '../../../model/net/cidr';
import { type GatewayNetwork, type GatewayTunnel, tunnelTitle } from '../../host/gateway-tunnel';
import { type HostFile, header } from '../../host/host-file';
import { daemonProposals } from '../proposals';

/** The `conn` sections of one cloud network, for `/etc/ipsec.d` (libreswan's ipsec.conf(5), docs/reference/ipsec.md). */
export function libreswanFile(site: GatewaySite, kind: InterfaceKind, network: GatewayNetwork): HostFile {
  const sections = network.tunnels.map((tunnel, index) =>
    section(tunnel, [
      ...common(site, tunnel),
      ...(network.mode === 'route-based'
        ? routeBased(kind, tunnel)
        : policyBased(site, network, tunnel, index > 0)),
    ]),
  );
  const { version } = site.gateway;
  return {
    path: `etc/ipsec.d/kakehashi-${network.name}.conf`,
    mode: 0o644,
    text: [header([`Libreswan ${version}: ${network.mode} tunnels to ${network.title}.`]), ...sections].join(
      '\n',
    ),
  };
}

type Line = readonly [key: string, value: string];

function section(tunnel: GatewayTunnel, lines: readonly Line[]): string {
  return [
    `# ${tunnelTitle(tunnel)}`,
    `conn ${tunnel.name}`,
    ...lines.map(([key, value]) => `\t${key}=${value}`),
    '',
  ].join('\n');
}

function common(site: GatewaySite, tunnel: GatewayTunnel): Line[] {
  const { lifetimes, ike, esp } = tunnel.description;
  return [
    ['type', 'tunnel'],
    ['authby', 'secret'],
    ['left', '%defaultroute'],
    // The address by which the cloud knows the gateway, also behind a NAT. The secrets file names the same.
    ['leftid', site.publicIp],
    ['right', String(tunnel.outsideAddress)],
    ['rightid', String(tunnel.outsideAddress)],
    site.gateway.version >= 5 ? ['keyexchange', 'ikev2'] : ['ikev2', 'insist'],
    ['ike', daemonProposals(site, 'ike', ike)],
    ['esp', daemonProposals(site, 'esp', esp)],
    ['pfs', 'yes'],
    ['ikelifetime', `${lifetimes.ike_seconds}s`],
    ['salifetime', `${lifetimes.esp_seconds}s`],
    // The margin may double (rekeyfuzz=100%): a fifth stays below the shortest lifetime.
    ['rekeymargin', `${Math.min(540, Math.floor(lifetimes.esp_seconds / 5))}s`],
    ...deadPeer(site, tunnel),
  ];
}

function deadPeer(site: GatewaySite, { description: { dpd } }: GatewayTunnel): Line[] {
  return [
    ['dpddelay', '10s'],
    ['retransmit-timeout', `${dpd.timeout_seconds}s`],
    // 5.x always restarts and tries for ever, and calls both lines obsolete.
    ...(site.gateway.version < 5
      ? ([
          ['dpdaction', 'restart'],
          ['keyingtries', '%forever'],
        ] as const)
      : []),
  ];
}

function routeBased(kind: InterfaceKind, tunnel: GatewayTunnel): Line[] {
  return [
    ['leftsubnet', Cidr.ANY.toString()],
    ['rightsubnet', Cidr.ANY.toString()],
    // Without different marks libreswan refuses the second tunnel: "route already in use". With ipsec-interface it marks the ESP packets only.
    ['mark', `${tunnel.interfaceId}/0xffffffff`],
    ...(kind === 'xfrm' ? ([['ipsec-interface', String(tunnel.interfaceId)]] as const) : []),
    // kakehashi-tunnels makes interface, addresses and routes. They stay while the tunnel is down, so nothing leaves in clear.
    ['leftupdown', '%disabled'],
    ['auto', startOf(tunnel)],
  ];
}

function policyBased(
  site: GatewaySite,
  network: GatewayNetwork,
  tunnel: GatewayTunnel,
  isStandby: boolean,
): Line[] {
  const [siteNetwork] = network.siteNetworks;
  const isOurs = siteNetwork?.containsAddress(site.controller.address);
  return [
    ['leftsubnet', network.siteNetworks.join(',')],
    ['rightsubnet', network.cloudNetworks.join(',')],
    ...(isOurs ? ([['leftsourceip', site.controller.address]] as const) : []),
    ['mtu', String(tunnel.mtu)],
    // All tunnels have the same selectors, so one can be up at a time. The user starts a standby by hand.
    ['auto', isStandby ? 'ignore' : startOf(tunnel)],
  ];
}

function startOf({ description }: GatewayTunnel): string {
  return description.startup === 'cloud' ? 'add' : 'start';
}
