import type { GatewaySite } from '../../../model/gateway/host';
import { type GatewayNetwork, type GatewayTunnel, tunnelTitle } from '../../host/gateway-tunnel';
import { type HostFile, header } from '../../host/host-file';
import { daemonProposals } from '../proposals';

/** Whether a network's connection has the form of the controller's manual, which has one tunnel. */
export function hasSeedForm(site: GatewaySite, { crypto, mode }: GatewayNetwork): boolean {
  return site.gateway.daemon === 'libreswan' && crypto === 'seed' && mode === 'policy-based';
}

/** The name of a connection in the manual: `tunnel1`. */
export function seedConnectionName({ number }: GatewayTunnel): string {
  return `tunnel${number}`;
}

/**
 * The single-tunnel form of the portable VC controller's manual (its `/etc/ipsec.conf`), changed only where current daemons or
 * the protocol refuse it. A comment in the file names what the manual has (docs/reference/ipsec.md).
 */
export function libreswanSeedFile(site: GatewaySite, network: GatewayNetwork): HostFile {
  const [tunnel] = network.tunnels;
  if (!tunnel) throw new TypeError(`${network.name} has no tunnel`);
  const isNew = site.gateway.version >= 5;
  const { ike, esp } = tunnel.description;
  const lines: (string | readonly [string, string])[] = [
    ['authby', 'secret'],
    ['auto', 'start'],
    ['left', '%defaultroute'],
    `# was @tunnel1, which the secrets file does not name and ${network.cloud.name} does not know`,
    ['leftid', site.publicIp],
    ['right', String(tunnel.outsideAddress)],
    ['type', 'tunnel'],
    ['ikelifetime', '8h'],
    ...(isNew ? ['# was keylife, its old name'] : []),
    [isNew ? 'salifetime' : 'keylife', '1h'],
    '# was aes128-sha1;modp1024 in both: DH group 2 is not compiled in',
    [isNew ? 'esp' : 'phase2alg', daemonProposals(site, 'esp', esp)],
    ['ike', daemonProposals(site, 'ike', ike)],
    '# auth=esp is gone: a syntax error today, and the manual says to delete it',
    ...(isNew
      ? ['# keyingtries=%forever is gone: always so, and obsolete']
      : [['keyingtries', '%forever'] as const]),
    '# was keyexchange=ike, which some versions read as IKEv2 and some refuse',
    isNew ? ['keyexchange', 'ikev2'] : ['ikev2', 'insist'],
    ['leftsubnets', network.siteNetworks.join(',')],
    ['rightsubnet', network.cloudNetworks.join(',')],
    ['dpddelay', '10'],
    '# was dpdtimeout, which IKEv2 does not have',
    ['retransmit-timeout', '30s'],
    ...(isNew
      ? ['# dpdaction=restart_by_peer is gone: always so, and obsolete']
      : ['# was restart_by_peer, an old name of it', ['dpdaction', 'restart'] as const]),
    ['leftsourceip', site.controller.address],
  ];
  const text = lines.map((line) => (typeof line === 'string' ? `\t${line}` : `\t${line[0]}=${line[1]}`));
  return {
    path: `etc/ipsec.d/kakehashi-${network.name}.conf`,
    mode: 0o644,
    text: [
      header([
        `Libreswan ${site.gateway.version}: the controller manual's single tunnel, to ${network.name}.`,
        `${unusedTunnels(network)}${tunnelTitle(tunnel)}.`,
      ]),
      `conn ${seedConnectionName(tunnel)}`,
      ...text,
      '',
    ].join('\n'),
  };
}

function unusedTunnels({ tunnels }: GatewayNetwork): string {
  if (tunnels.length < 2) return '';
  const others = tunnels.length === 2 ? 'other tunnel is' : 'other tunnels are';
  return `The connection's ${others} not used. `;
}
