import { counted } from '../../../base/text/counted';
import type { Site } from '../../../catalog/ground/site';
import type { AwsNetwork } from '../../../catalog/kinds/aws-network/network';
import { vpnText } from '../aws/vpn-words';

/** What a network is: the VPC, its VPN, and what else is to do. */
export function networkWords(network: AwsNetwork, site: Site | undefined): readonly string[] {
  const vpc = [
    `VPC ${network.vpcCidr} in ${network.region}`,
    `${counted(network.subnets.length, 'subnet')} of nodes`,
    egress(network.egress),
  ];
  return [vpc.join(', '), vpn(network, site), ...hubOfOthers(network)];
}

/** What else is to do where another environment makes the hub: it writes the gateway's files. */
function hubOfOthers({ tunnelsOf }: AwsNetwork): readonly string[] {
  return tunnelsOf === undefined
    ? []
    : [`then apply ${tunnelsOf}, which makes the hub, so that the gateway host knows this network`];
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
