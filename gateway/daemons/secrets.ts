import type { GatewaySite } from '../../model/gateway/host';
import type { GatewayNetwork, GatewayTunnel } from '../host/gateway-tunnel';
import { type HostFile, header } from '../host/host-file';

/**
 * The only file of a network with its pre-shared keys, mode 0600.
 *
 * Where a key is a reference, the file is a template with `@@reference@@` in the key's place, and `kakehashi-keys` fills it in.
 * It is outside of the daemon's folders, because the daemon would take the placeholder for a key, and anybody knows that one.
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
    text: `${header([`Pre-shared keys of ${network.title}.`, ...about])}\n${body.join('\n')}\n`,
  };
}

/** The folder where the daemon reads keys. */
export function secretsFolder({ gateway }: GatewaySite): string {
  return gateway.daemon === 'libreswan' ? 'etc/ipsec.d' : 'etc/swanctl/conf.d';
}

/** The file where the daemon reads a network's keys. */
export function secretsPath(site: GatewaySite, { name }: GatewayNetwork): string {
  const ending = site.gateway.daemon === 'libreswan' ? '.secrets' : '-secrets.conf';
  return `${secretsFolder(site)}/kakehashi-${name}${ending}`;
}

function keyText({ key }: GatewayTunnel): string {
  return key.value() ?? `@@${key.reference}@@`;
}

/** Lines of ipsec.secrets(5): the two identities are those of leftid and rightid. */
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
