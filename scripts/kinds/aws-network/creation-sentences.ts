import { counted } from '../../../base/text/counted';
import type { Site } from '../../../catalog/ground/site';
import type { AwsNetwork } from '../../../catalog/kinds/aws-network/network';
import type { TunnelOptions } from '../../../model/clouds/aws/tunnel-options';

/** What a network is, in two sentences: the VPC, and its VPN. */
export function networkWords(network: AwsNetwork, site: Site | undefined): readonly string[] {
  const vpc = [
    `VPC ${network.vpcCidr} in ${network.region}`,
    `${counted(network.subnets.length, 'subnet')} of nodes`,
    egress(network.egress),
  ];
  return [vpc.join(', '), vpn(network, site)];
}

function vpn(network: AwsNetwork, site: Site | undefined): string {
  if (network.vpn === undefined || site === undefined) return 'no VPN';
  const { routing, tunnels, remoteNetworks, cloudAsn } = network.vpn;
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

function egress(kind: AwsNetwork['egress']): string {
  return { nat: 'NAT', 'nat-per-zone': 'NAT in each zone', none: 'no Internet access' }[kind];
}
