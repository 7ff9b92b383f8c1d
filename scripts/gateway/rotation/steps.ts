import { gatewayNetworks } from '../../../gateway/gateway-tunnel';
import { secretsPath } from '../../../gateway/secrets';
import type { GatewayHost } from '../../../model/gateway-host';

/**
 * What to type on the gateway so that it uses a tunnel's new key: the one file that changed, and the one connection.
 *
 * @param connection - `dev/aws/default`
 */
export function rotationSteps(host: GatewayHost, connection: string, insideCidr: string): readonly string[] {
  const network = gatewayNetworks(host).find(
    (candidate) => `${candidate.environment}/${candidate.network}` === connection,
  );
  const tunnel = network?.tunnels.find((candidate) => candidate.insideCidr.toString() === insideCidr);
  if (network === undefined || tunnel === undefined) return [];
  const file = secretsPath(host.site, network);
  const copy =
    tunnel.key.reference === undefined
      ? `install -m 600 ${file} /${file}`
      : `kakehashi-keys /${file.replace(/\/[^/]*$/, '')}`;
  return host.site.gateway.daemon === 'libreswan'
    ? [copy, 'ipsec rereadsecrets', `ipsec auto --down ${tunnel.name}; ipsec auto --up ${tunnel.name}`]
    : [
        copy,
        'swanctl --load-creds --clear',
        `swanctl --terminate --ike ${tunnel.name}; swanctl --initiate --child ${tunnel.name}`,
      ];
}
