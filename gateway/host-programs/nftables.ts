import { addressAt, type GatewaySite } from '../../model/gateway/host';
import type { GatewayNetwork, GatewayTunnel } from '../host/gateway-tunnel';
import { type HostFile, header } from '../host/host-file';

/**
 * The packet filter's table `inet kakehashi`. It accepts IKE and ESP from the tunnels' other ends, limits the size of TCP
 * segments, and gives packets of the host and its containers the controller's address on their way into a tunnel.
 *
 * It is a table of its own and is replaced as a whole, so it neither needs nor changes other tables. For the same reason its
 * `accept` does not overrule a `drop` of another table.
 */
export function nftablesFile(site: GatewaySite, networks: readonly GatewayNetwork[]): HostFile {
  const lines = [
    header(['nftables: loaded by kakehashi-firewall.service.']),
    '# Replaced as a whole; the first line makes the second one good where there is no such table yet.',
    'table inet kakehashi',
    'delete table inet kakehashi',
    '',
    'table inet kakehashi {',
    '  # IKE (500, and 4500 behind a NAT) and ESP. A firewall of your own that drops by default needs these lines too.',
    '  chain input {',
    '    type filter hook input priority filter; policy accept;',
    ...networks.flatMap(({ tunnels, name }) => tunnels.flatMap((tunnel) => outside(tunnel, name))),
    '  }',
    '',
    '  # TCP segments that fit the tunnel with their ESP overhead, in both directions: path MTU discovery is often filtered.',
    '  chain prerouting {',
    '    type filter hook prerouting priority mangle; policy accept;',
    ...networks.flatMap((network) => clamp(network, 'in')),
    '  }',
    '',
    '  chain postrouting {',
    '    type filter hook postrouting priority mangle; policy accept;',
    ...networks.flatMap((network) => clamp(network, 'out')),
    '  }',
    '',
    "  # The host's own packets and its containers': the cloud knows the way to the site's networks only.",
    "  # Before Docker's masquerading (priority srcnat): the first source address that is set stays.",
    '  chain source {',
    '    type nat hook postrouting priority srcnat - 1; policy accept;',
    ...networks.flatMap((network) => source(site, network)),
    '  }',
    '}',
    '',
  ];
  return { path: 'etc/kakehashi/kakehashi.nft', mode: 0o644, text: lines.join('\n') };
}

function outside({ outsideAddress }: GatewayTunnel, name: string): string[] {
  return [
    `    ip saddr ${outsideAddress} udp dport { 500, 4500 } counter accept comment "${name}"`,
    `    ip saddr ${outsideAddress} ip protocol esp counter accept comment "${name}"`,
  ];
}

function clamp(network: GatewayNetwork, direction: 'in' | 'out'): string[] {
  const set = ({ mss }: { mss: number }): string =>
    `tcp flags & (syn | rst) == syn tcp option maxseg size > ${mss} tcp option maxseg size set ${mss}`;
  if (network.mode === 'route-based') {
    const way = direction === 'in' ? 'iifname' : 'oifname';
    return network.tunnels.map((tunnel) => `    ${way} "${tunnel.interfaceName}" ${set(tunnel)}`);
  }
  const way = direction === 'in' ? 'saddr' : 'daddr';
  const mss = Math.min(...network.tunnels.map((tunnel) => tunnel.mss));
  return [`    ip ${way} { ${network.cloudNetworks.join(', ')} } ${set({ mss })}`];
}

/** Has a line for each network, so that another network of a mesh changes no existing line. */
function source(site: GatewaySite, network: GatewayNetwork): string[] {
  const out =
    network.mode === 'route-based'
      ? `oifname { ${network.tunnels.map(({ interfaceName }) => `"${interfaceName}"`).join(', ')} } `
      : '';
  const way = `    ${out}ip daddr { ${network.cloudNetworks.join(', ')} }`;
  return [
    ...network.siteNetworks.map((cidr) => `${way} ip saddr ${cidr} accept`),
    `${way} snat ip to ${addressAt(site)}`,
  ];
}
