import type { GatewaySite } from '../../model/gateway/host';
import type { GatewayNetwork, GatewayTunnel } from '../host/gateway-tunnel';
import { type HostFile, header } from '../host/host-file';

/**
 * The only file of a network with its pre-shared keys, mode 0600.
 *
 * Where a key is a reference, the file is a template outside the daemon's folders, with `@@reference@@` in the key's place:
 * a placeholder that the daemon would load as the key is one that anybody knows. `kakehashi-keys` fills it in.
 */
export function secretsFile(
  site: GatewaySite,
  network: GatewayNetwork,
  tunnels: readonly GatewayTunnel[],
): HostFile {
  const isTemplate = tunnels.some(({ key }) => key.value() === undefined);
  const target = secretsPath(site, network);
  const about = isTemplate
    ? [`kakehashi-keys writes /${target} from it.`]
    : ['Mode 0600: whoever reads it can be the other end.'];
  const body =
    site.gateway.daemon === 'libreswan' ? libreswanLines(site, tunnels) : strongswanLines(site, tunnels);
  return {
    path: isTemplate ? `etc/kakehashi/${target.split('/').at(-1)}.template` : target,
    mode: 0o600,
    text: `${header([`Pre-shared keys of ${network.name}.`, ...about])}\n${body.join('\n')}\n`,
  };
}

/** Where the daemon reads a network's keys. */
export function secretsPath(site: GatewaySite, network: GatewayNetwork): string {
  return site.gateway.daemon === 'libreswan'
    ? `etc/ipsec.d/kakehashi-${network.name}.secrets`
    : `etc/swanctl/conf.d/kakehashi-${network.name}-secrets.conf`;
}

function keyText({ key }: GatewayTunnel): string {
  return key.value() ?? `@@${key.reference}@@`;
}

/** ipsec.secrets(5): the two identities, as leftid and rightid have them. */
function libreswanLines(site: GatewaySite, tunnels: readonly GatewayTunnel[]): string[] {
  return tunnels.map((tunnel) => `${site.publicIp} ${tunnel.outsideAddress} : PSK "${keyText(tunnel)}"`);
}

function strongswanLines(site: GatewaySite, tunnels: readonly GatewayTunnel[]): string[] {
  const sections = tunnels.map(
    (tunnel) => `  ike-${tunnel.name} {
    id-local = ${site.publicIp}
    id-remote = ${tunnel.outsideAddress}
    secret = "${keyText(tunnel)}"
  }`,
  );
  return ['secrets {', ...sections, '}'];
}
