import { addressAt, type GatewaySite } from '../../model/gateway/host';
import { secretsFolder } from '../daemons/secrets';
import { type GatewayNetwork, isPointToPoint } from '../host/gateway-tunnel';
import type { HostFile } from '../host/host-file';
import { successChecks } from './install-checks';

/** `INSTALL.md`: the commands to type on the gateway host, and what the user must see then. */
export function installPage(
  site: GatewaySite,
  networks: readonly GatewayNetwork[],
  files: readonly HostFile[],
): HostFile {
  const { daemon, version, behindNat } = site.gateway;
  const old = (daemon === 'libreswan' && version === 4) || (daemon === 'strongswan' && version === 5);
  const has = (path: string): boolean => files.some((file) => file.path === path);
  const parts = [
    `# The gateway ${site.publicIp}`,
    'Written by kakehashi; changes are overwritten the next time.',
    overview(site, networks),
    `## Install`,
    `Debian ${old ? 12 : 13} packages ${daemon} ${version}. As root, in this folder, on the host with the address ${addressAt(site)}; the first time, and again whenever the folder has changed:`,
    code(installCommands(site, files)),
    ...(behindNat
      ? [
          'The host is behind a NAT: the router must let UDP 500 and 4500 out. Nothing needs to be forwarded to the host, because the site starts.',
        ]
      : [
          'If the host drops by default, let UDP 500 and 4500 and the protocol ESP in from the addresses above.',
        ]),
    ...(has('usr/local/sbin/kakehashi-keys')
      ? [
          '## Keys',
          'The pre-shared keys are not in this folder. Write them on the gateway, and after every rotation again:',
          code([`kakehashi-keys /${secretsFolder(site)}`]),
        ]
      : []),
    '## Start',
    code(startCommands(site, has)),
    '## Has it worked?',
    ...successChecks(site, networks),
    '## Other hosts of the site',
    `They reach the clouds through this host. On each of them, or once on their default router:`,
    code(
      networks.flatMap(({ cloudNetworks }) =>
        cloudNetworks.map((cidr) => `ip route add ${cidr} via ${addressAt(site)}`),
      ),
    ),
    'To make it last: in `/etc/network/interfaces`, below the interface, the same line after `up`.',
  ];
  return { path: 'INSTALL.md', mode: 0o644, text: `${parts.join('\n\n')}\n` };
}

function overview(site: GatewaySite, networks: readonly GatewayNetwork[]): string {
  const rows = networks.flatMap((network) =>
    network.tunnels.map(
      (tunnel) =>
        `| ${network.environment} ${network.network} | ${tunnel.insideCidr} | ${tunnel.outsideAddress} | ` +
        `${network.mode === 'route-based' ? tunnel.interfaceName : 'none'} | ${network.mode}, ${network.routing} | ` +
        `${network.cloudNetworks.join(', ')} | ${tunnel.mtu} |`,
    ),
  );
  const pointToPoint = networks.some(({ tunnels }) => tunnels.some(isPointToPoint));
  return [
    `Site: ${site.subnets.join(', ')}. Controller: ${site.controller.address}.`,
    '',
    `| network | ${pointToPoint ? 'tunnel' : 'inside CIDR'} | other end | interface | routing | behind it | MTU |`,
    '|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** Where the files of connections are on the host. */
const OURS = [
  '/etc/ipsec.d/kakehashi-*',
  '/etc/swanctl/conf.d/kakehashi-*',
  '/etc/kakehashi/*.tunnels',
  '/etc/kakehashi/*.template',
];

function installCommands({ gateway: { daemon } }: GatewaySite, files: readonly HostFile[]): string[] {
  const hasFrr = files.some(({ path }) => path === 'etc/frr/frr.conf');
  const packages = [
    ...(daemon === 'libreswan' ? ['libreswan'] : ['charon-systemd', 'strongswan-swanctl']),
    'nftables',
    'iproute2',
    'iputils-ping',
    ...(hasFrr ? ['frr'] : []),
    ...(files.some(({ path }) => path.endsWith('kakehashi-keys')) ? ['curl'] : []),
  ];
  return [
    `apt-get update && apt-get install -y ${packages.join(' ')}`,
    // An earlier file may be of an environment that is destroyed. What kakehashi-keys wrote stays until it writes it again.
    `for file in ${OURS.join(' ')}; do [ -e ".$file" ] || [ -e "etc/kakehashi/\${file##*/}.template" ] || rm -f "$file"; done   # what an earlier time left`,
    // Keeps the files' modes, so that a key is never in a file that others can read. Existing folders and links stay as they are.
    `tar -c etc ${files.some(({ path }) => path.startsWith('usr/')) ? 'usr ' : ''}| tar -x -C / -p --no-same-owner --no-overwrite-dir --keep-directory-symlink`,
    ...(hasFrr ? ['chown frr:frr /etc/frr/frr.conf', "sed -i 's/^bgpd=no/bgpd=yes/' /etc/frr/daemons"] : []),
    ...(daemon === 'libreswan'
      ? [
          '[ -e /var/lib/ipsec/nss/cert9.db ] || ipsec initnss',
          'ipsec addconn --config /etc/ipsec.conf --checkconfig   # prints nothing',
        ]
      : []),
  ];
}

function startCommands({ gateway: { daemon } }: GatewaySite, has: (path: string) => boolean): string[] {
  // `enable --now` does nothing to a unit that runs already, and the page is also for later times.
  const unit = (name: string, again: 'reload-or-restart' | 'restart'): string[] =>
    has(`etc/systemd/system/${name}.service`)
      ? [`systemctl enable ${name} && systemctl ${again} ${name}`]
      : [];
  return [
    'systemctl daemon-reload',
    'sysctl -q -e -p /etc/sysctl.d/90-kakehashi.conf',
    ...unit('kakehashi-firewall', 'reload-or-restart'),
    ...unit('kakehashi-tunnels', 'reload-or-restart'),
    ...(daemon === 'libreswan'
      ? ['systemctl enable ipsec && systemctl restart ipsec']
      : ['systemctl enable --now strongswan', 'swanctl --load-all']),
    ...(has('etc/frr/frr.conf') ? ['systemctl enable frr && systemctl restart frr'] : []),
    ...unit('kakehashi-routes', 'restart'),
  ];
}

function code(lines: readonly string[]): string {
  return ['```sh', ...lines, '```'].join('\n');
}
