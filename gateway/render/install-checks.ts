import type { GatewaySite } from '../../model/gateway/host';
import { hasSeedForm } from '../daemons/libreswan/seed';
import type { GatewayNetwork } from '../host/gateway-tunnel';

/** The part of the install page that says what success looks like, as the controller's manual does (domain.md B7). */
export function successChecks(site: GatewaySite, networks: readonly GatewayNetwork[]): readonly string[] {
  const up = networks.flatMap(activeTunnels).length;
  const { daemon } = site.gateway;
  const spoken = networks.filter(({ routing }) => routing === 'bgp');
  const followed = networks.filter(({ mode, routing }) => mode === 'route-based' && routing === 'static');
  const standby = networks.filter(({ mode, tunnels }) => mode === 'policy-based' && tunnels.length > 1);
  return [
    ...(daemon === 'libreswan'
      ? [
          `\`ipsec status\` shows \`Total IPsec connections: loaded ${up}, active ${up}\` and for each of them \`established Child SA\` (what the manual knows as \`IPsec SA established\`).`,
        ]
      : [`\`swanctl --list-sas\` shows ${up} connections \`ESTABLISHED\`, each with a child \`INSTALLED\`.`]),
    'In the console, VPC > Site-to-Site VPN connections > Tunnel details: these tunnels have the status UP. The same from a shell:',
    code([
      "aws ec2 describe-vpn-connections --query 'VpnConnections[].VgwTelemetry[].[OutsideIpAddress,Status,AcceptedRouteCount]' --output text",
    ]),
    ...(spoken.length > 0
      ? [
          `\`vtysh -c 'show bgp summary'\` shows ${count(spoken)} neighbours with a number (not a word) under \`State/PfxRcd\`; \`ip route show proto bgp\` shows ${cidrs(spoken)} with \`src ${site.controller.address}\`.`,
        ]
      : []),
    ...(followed.length > 0
      ? [
          `\`ip route | grep 'metric 50'\` shows ${cidrs(followed)} with \`src ${site.controller.address}\`. \`journalctl -u kakehashi-routes\` says when a route moved to the other tunnel.`,
        ]
      : []),
    ...standby.flatMap((network) => standbyPart(site, network)),
    `A ping from the controller's address reaches a node: \`ping -I ${site.controller.address} ADDRESS-OF-A-NODE\`.`,
  ];
}

/** Those that are up at a time: both where each has an interface, else the first. */
function activeTunnels({ mode, tunnels }: GatewayNetwork): readonly string[] {
  return (mode === 'route-based' ? tunnels : tunnels.slice(0, 1)).map(({ name }) => name);
}

function standbyPart(site: GatewaySite, network: GatewayNetwork): string[] {
  const [first, second] = network.tunnels;
  if (!first || !second || hasSeedForm(site, network)) return [];
  const commands =
    site.gateway.daemon === 'libreswan'
      ? [
          `ipsec auto --delete ${first.name}`,
          `ipsec auto --add ${second.name}`,
          `ipsec auto --up ${second.name}`,
        ]
      : [`swanctl --terminate --ike ${first.name}`, `swanctl --initiate --child ${second.name}`];
  return [
    `\`${second.name}\` is a standby: policy-based, both tunnels have the same selectors, and one at a time can be up. To change over:`,
    code(commands),
  ];
}

function count(networks: readonly GatewayNetwork[]): number {
  return networks.flatMap(({ tunnels }) => tunnels).length;
}

function cidrs(networks: readonly GatewayNetwork[]): string {
  return networks.flatMap(({ cloudNetworks }) => cloudNetworks.map((cidr) => `\`${cidr}\``)).join(', ');
}

function code(lines: readonly string[]): string {
  return ['```sh', ...lines, '```'].join('\n');
}
