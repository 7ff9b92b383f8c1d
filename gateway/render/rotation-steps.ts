import type { GatewayHost, GatewaySite } from '../../model/gateway/host';
import { hasSeedForm, seedConnectionName } from '../daemons/libreswan/seed';
import { secretsFolder, secretsPath } from '../daemons/secrets';
import { type GatewayNetwork, type GatewayTunnel, gatewayNetworks } from '../host/gateway-tunnel';

/**
 * The commands that let the gateway use a tunnel's new key: they install the one file that changed and restart the one
 * connection. None for a tunnel that the gateway's files do not use. A standby is not restarted: it is not loaded until
 * somebody changes over to it.
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
  const isPreferred = network.tunnels.indexOf(tunnel) === 0;
  const isSeed = hasSeedForm(site, network);
  if (isSeed && !isPreferred) return [];
  const isStandby = !isPreferred && network.mode === 'policy-based';
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
      : `kakehashi-keys /${secretsFolder(site)}`,
    site.gateway.daemon === 'libreswan' ? 'ipsec rereadsecrets' : 'swanctl --load-creds --clear',
  ];
}

function restart({ gateway }: GatewaySite, name: string): string {
  return gateway.daemon === 'libreswan'
    ? `ipsec auto --down ${name}; ipsec auto --up ${name}`
    : `swanctl --terminate --ike ${name}; swanctl --initiate --child ${name}`;
}
