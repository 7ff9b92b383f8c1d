import type { GatewayHost, GatewaySite } from '../../model/gateway/host';
import { hasSeedForm, seedConnectionName } from '../daemons/libreswan/seed';
import { secretsPath } from '../daemons/secrets';
import { type GatewayNetwork, type GatewayTunnel, gatewayNetworks } from '../host/gateway-tunnel';

/**
 * What to type on the gateway so that it uses a tunnel's new key: the one file that changed, and the one connection. None for a
 * tunnel that the gateway's files do not use; no restart of a standby, which is not there until somebody changes over.
 *
 * @param connection - `dev/aws/default`
 */
export function rotationSteps(host: GatewayHost, connection: string, insideCidr: string): readonly string[] {
  const { site } = host;
  const network = gatewayNetworks(host).find(
    (candidate) => `${candidate.environment}/${candidate.network}` === connection,
  );
  const tunnel = network?.tunnels.find((candidate) => candidate.insideCidr.toString() === insideCidr);
  if (network === undefined || tunnel === undefined) return [];
  const isSecond = network.tunnels.indexOf(tunnel) > 0;
  const isSeed = hasSeedForm(site, network);
  if (isSecond && isSeed) return [];
  const isStandby = isSecond && network.mode === 'policy-based';
  return [
    ...keySteps(site, network, tunnel),
    ...(isStandby ? [] : [restart(site, isSeed ? seedConnectionName(tunnel) : tunnel.name)]),
  ];
}

function keySteps(site: GatewaySite, network: GatewayNetwork, { key }: GatewayTunnel): readonly string[] {
  const file = secretsPath(site, network);
  return [
    key.reference === undefined
      ? `install -m 600 ${file} /${file}`
      : `kakehashi-keys /${file.replace(/\/[^/]*$/, '')}`,
    site.gateway.daemon === 'libreswan' ? 'ipsec rereadsecrets' : 'swanctl --load-creds --clear',
  ];
}

function restart({ gateway }: GatewaySite, name: string): string {
  return gateway.daemon === 'libreswan'
    ? `ipsec auto --down ${name}; ipsec auto --up ${name}`
    : `swanctl --terminate --ike ${name}; swanctl --initiate --child ${name}`;
}
