import type { Site } from '../../../catalog/ground/site';
import type { AwsVpn } from '../../../catalog/kinds/aws/vpn';
import type { TunnelOptions } from '../../../model/clouds/aws/tunnel-options';

/** What a VPN is, in a few words: `VPN to 198.51.100.10: 2 tunnels, IKEv2 AES256-GCM DH 20, static routes to 10.0.2.0/24`. */
export function vpnText({ routing, tunnels, remoteNetworks, cloudAsn }: AwsVpn, site: Site): string {
  const routes =
    routing === 'bgp'
      ? `BGP ${site.asn} to ${cloudAsn}`
      : `static routes to ${remoteNetworks.map(String).join(', ')}`;
  const ends = site.gateways.map(({ publicIp }) => publicIp);
  const each = ends.length === 1 ? '' : ' each';
  return `VPN to ${ends.join(' and ')}: ${[`${tunnels.length} tunnels${each}`, crypto(tunnels[0]), routes].join(', ')}`;
}

/** `IKEv2 AES256-GCM DH 20`. */
function crypto(options: TunnelOptions): string {
  const versions = (options.ikeVersions ?? ['ikev1', 'ikev2']).map((version) =>
    version.replace('ikev', 'IKEv'),
  );
  if (options.phase1EncryptionAlgorithms === undefined)
    return `${versions.join('/')} with AWS's default proposals`;
  const ciphers = options.phase1EncryptionAlgorithms.map((cipher) => cipher.replace(/-16$/, ''));
  const groups = options.phase1DhGroupNumbers ?? [];
  return [
    versions.join('/'),
    ciphers.join('/'),
    ...(groups.length > 0 ? [`DH ${groups.join('/')}`] : []),
  ].join(' ');
}
