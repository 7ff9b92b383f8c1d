import type { GatewaySite } from '../../../model/gateway/host';
import { Cidr } from '../../../model/net/cidr';
import { type GatewayNetwork, type GatewayTunnel, tunnelTitle } from '../../host/gateway-tunnel';
import { type HostFile, header } from '../../host/host-file';
import { daemonProposals } from '../proposals';

/** One cloud network's connections for `/etc/swanctl/conf.d` (swanctl.conf(5)). */
export function strongswanFile(site: GatewaySite, network: GatewayNetwork): HostFile {
  const connections = network.tunnels.map((tunnel, index) => connection(site, network, tunnel, index === 0));
  return {
    path: `etc/swanctl/conf.d/kakehashi-${network.name}.conf`,
    mode: 0o644,
    text: [
      header([`strongSwan ${site.gateway.version}: ${network.mode} tunnels to ${network.title}.`]),
      'connections {',
      ...connections,
      '}',
      '',
    ].join('\n'),
  };
}

function connection(
  site: GatewaySite,
  network: GatewayNetwork,
  tunnel: GatewayTunnel,
  isPreferred: boolean,
): string {
  const { ike, lifetimes } = tunnel.description;
  // The lifetime of IKE is the sum of rekey_time and over_time.
  const rekey = Math.floor(lifetimes.ike_seconds * 0.9);
  return `  # ${tunnelTitle(tunnel)}
  ${tunnel.name} {
    version = 2
    remote_addrs = ${tunnel.outsideAddress}
    proposals = ${daemonProposals(site, 'ike', ike)}
    rekey_time = ${rekey}s
    over_time = ${lifetimes.ike_seconds - rekey}s
    # How long an answer may take is charon.retransmit_* in strongswan.conf, for the whole daemon.
    dpd_delay = 10s
    keyingtries = 0
    mobike = no
    local {
      auth = psk
      id = ${site.publicIp}
    }
    remote {
      auth = psk
      id = ${tunnel.outsideAddress}
    }
    children {
      ${tunnel.name} {
${child(site, network, tunnel, isPreferred)
  .map((line) => `        ${line}\n`)
  .join('')}      }
    }
  }`;
}

function child(
  site: GatewaySite,
  network: GatewayNetwork,
  tunnel: GatewayTunnel,
  isPreferred: boolean,
): string[] {
  const { esp, lifetimes, startup } = tunnel.description;
  const isRouted = network.mode === 'route-based';
  // Policy-based tunnels have the same selectors, so one can be up at a time. The user starts a standby by hand.
  const start = startup === 'site' && (isPreferred || isRouted) ? 'start' : 'none';
  return [
    `local_ts = ${isRouted ? Cidr.ANY : network.siteNetworks.join(',')}`,
    `remote_ts = ${isRouted ? Cidr.ANY : network.cloudNetworks.join(',')}`,
    `esp_proposals = ${daemonProposals(site, 'esp', esp)}`,
    `rekey_time = ${Math.floor(lifetimes.esp_seconds * 0.9)}s`,
    `life_time = ${lifetimes.esp_seconds}s`,
    ...(isRouted ? [`if_id_in = ${tunnel.interfaceId}`, `if_id_out = ${tunnel.interfaceId}`] : []),
    `dpd_action = ${start === 'start' ? 'restart' : 'clear'}`,
    `close_action = ${start}`,
    `start_action = ${start}`,
  ];
}
