import type { CloudVpn } from '../../model/clouds/cloud-vpn';
import type { GatewaySite } from '../../model/gateway/host';
import { hasSeedForm } from '../daemons/libreswan/seed';
import type { GatewayNetwork, GatewayTunnel } from '../host/gateway-tunnel';
import { otherTunnel } from '../host/other-tunnel';

/** The part of the install page that describes success, as the controller's manual does. */
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
    ...cloudsOf(networks).flatMap((cloud) => [
      `In the console, ${cloud.tunnelStatus.console}: these tunnels have the status ${cloud.tunnelStatus.up}. The same from a shell:`,
      code(statusCommands(cloud, networks)),
    ]),
    ...(spoken.length > 0
      ? [
          `\`vtysh -c 'show bgp summary'\` shows ${neighbours(spoken)} with a number (not a word) under \`State/PfxRcd\`; \`ip route show proto bgp\` shows ${cidrs(spoken)} with \`src ${site.controller.address}\`.`,
        ]
      : []),
    ...(followed.length > 0
      ? [
          `\`ip route | grep 'metric 50'\` shows ${cidrs(followed)} with \`src ${site.controller.address}\`.${moves(followed)}`,
        ]
      : []),
    ...standby.flatMap((network) => standbyPart(site, network)),
    `A ping from the controller's address reaches a node: \`ping -I ${site.controller.address} ADDRESS-OF-A-NODE\`.`,
  ];
}

/** The tunnels that can be up at a time: all where each has an interface, else the preferred one. */
function activeTunnels({ mode, tunnels }: GatewayNetwork): readonly string[] {
  return (mode === 'route-based' ? tunnels : tunnels.slice(0, 1)).map(({ name }) => name);
}

/** How to change over from the preferred tunnel to each of the others. */
function standbyPart(site: GatewaySite, network: GatewayNetwork): string[] {
  const [preferred, ...others] = network.tunnels;
  if (preferred === undefined || hasSeedForm(site, network)) return [];
  const all = others.length === 1 ? 'both tunnels' : 'all tunnels';
  return others.flatMap((standby) => [
    `\`${standby.name}\` is a standby: policy-based, ${all} have the same selectors, and one at a time can be up. To change over:`,
    code(changeOver(site, preferred, standby)),
  ]);
}

function changeOver({ gateway }: GatewaySite, from: GatewayTunnel, to: GatewayTunnel): readonly string[] {
  return gateway.daemon === 'libreswan'
    ? [`ipsec auto --delete ${from.name}`, `ipsec auto --add ${to.name}`, `ipsec auto --up ${to.name}`]
    : [`swanctl --terminate --ike ${from.name}`, `swanctl --initiate --child ${to.name}`];
}

function neighbours(networks: readonly GatewayNetwork[]): string {
  const count = networks.flatMap(({ tunnels }) => tunnels).length;
  return `${count} ${count === 1 ? 'neighbour' : 'neighbours'}`;
}

function moves(networks: readonly GatewayNetwork[]): string {
  const other = otherTunnel(networks);
  if (other === undefined) return '';
  return ` \`journalctl -u kakehashi-routes\` says when a route moved to ${other}.`;
}

function cloudsOf(networks: readonly GatewayNetwork[]): readonly CloudVpn[] {
  return [...new Set(networks.map(({ cloud }) => cloud))];
}

function statusCommands(cloud: CloudVpn, networks: readonly GatewayNetwork[]): readonly string[] {
  const own = networks.filter((network) => network.cloud === cloud);
  return [...new Set(own.map(({ cloudConnection }) => cloud.tunnelStatus.command(cloudConnection)))];
}

function cidrs(networks: readonly GatewayNetwork[]): string {
  return networks.flatMap(({ cloudNetworks }) => cloudNetworks.map((cidr) => `\`${cidr}\``)).join(', ');
}

function code(lines: readonly string[]): string {
  return ['```sh', ...lines, '```'].join('\n');
}
