import type { GatewayHost, GatewaySite } from '../../model/gateway/host';
import { hasSeedForm, seedConnectionName } from '../daemons/libreswan/seed';
import { secretsFolder, secretsPath } from '../daemons/secrets';
import { type GatewayNetwork, type GatewayTunnel, gatewayNetworks } from '../host/gateway-tunnel';

/**
 * The commands that let the gateway use a tunnel's new key: they install the one file that changed and restart the
 * connections that have the key: one, or all with the same inside CIDR. None for a tunnel that the gateway's files do not use. A standby is not restarted: it is not loaded until
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
  const isSeed = hasSeedForm(site, network);
  const isPreferred = (one: GatewayTunnel): boolean => network.tunnels.indexOf(one) === 0;
  const changed = network.tunnels
    .filter(({ connectionCidr }) => connectionCidr.equals(tunnel.connectionCidr))
    .filter((one) => !isSeed || isPreferred(one));
  if (changed.length === 0) return [];
  const restarted = changed.filter((one) => isPreferred(one) || network.mode !== 'policy-based');
  return [
    ...keySteps(site, network, tunnel),
    ...restarted.map((one) => restart(site, isSeed ? seedConnectionName(one) : one.name)),
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
