import { counted } from '../../../base/text/counted';
import type { Site } from '../../../catalog/ground/site';
import type { AwsNetwork } from '../../../catalog/kinds/aws-network/network';
import { vpnText } from '../aws/vpn-words';

/** What a network is, in two sentences: the VPC, and its VPN. */
export function networkWords(network: AwsNetwork, site: Site | undefined): readonly string[] {
  const vpc = [
    `VPC ${network.vpcCidr} in ${network.region}`,
    `${counted(network.subnets.length, 'subnet')} of nodes`,
    egress(network.egress),
  ];
  return [vpc.join(', '), vpn(network, site)];
}

/** How nodes and the site reach each other. */
function vpn({ vpn: own, attachment }: AwsNetwork, site: Site | undefined): string {
  if (attachment !== undefined) {
    const { hub } = attachment;
    const name = 'gateway' in hub ? hub.gateway : `hub ${hub.entry}`;
    return `attached to ${name}, route table ${hub.routeTable}: routes to ${attachment.remoteNetworks.map(String).join(', ')}`;
  }
  return own === undefined || site === undefined ? 'no VPN' : vpnText(own, site);
}

function egress(kind: AwsNetwork['egress']): string {
  return { nat: 'NAT', 'nat-per-zone': 'NAT in each zone', none: 'no Internet access' }[kind];
}
