import { counted } from '../../../base/text/counted';
import { listed } from '../../../base/text/listed';
import type { Site } from '../../../catalog/ground/site';
import type { AwsHub } from '../../../catalog/kinds/aws-hub/hub';
import { type PlanEffect, weighed } from '../../../terraform/plan/effect';
import { changeWords } from '../aws/plan/change-sentences';
import { weighedEffects } from '../aws/plan/outcome-words';
import { destroyedHub } from '../aws/plan/transit-effects';
import { vpnText } from '../aws/vpn-words';
import type { Planned } from '../kind';

/** What a plan means for a hub, as sentences. */
export function hubSentences({
  stack,
  loaded,
  resources,
  details,
}: Planned<'aws-hub'>): readonly PlanEffect[] {
  if (details !== undefined) return changeWords(details, loaded);
  const { kinds, site } = loaded.catalog;
  const hub = kinds['aws-hub']?.hubs.find(({ key }) => key === stack.network);
  const creates = resources.some(({ action }) => action === 'create');
  if (creates && hub !== undefined) return weighed('created', hubWords(hub, site));
  const destroys = (type: string) => resources.some(({ resourceType }) => resourceType === type);
  return destroys('aws_ec2_transit_gateway')
    ? weighedEffects([destroyedHub(destroys('aws_vpn_connection'))])
    : [];
}

/** What a hub is, in two sentences: the transit gateway, and its VPN. */
function hubWords({ region, routeTables, share, vpn }: AwsHub, site: Site | undefined): readonly string[] {
  const gateway = [
    `transit gateway in ${region}`,
    `${counted(routeTables.length, 'route table')} of networks (${listed(routeTables)})`,
    ...(share.length > 0 ? [`shared with ${listed(share)}`] : []),
  ];
  if (vpn === undefined || site === undefined) return [gateway.join(', '), 'no VPN'];
  const paths = vpn.multipath ? ', both tunnels at once' : '';
  return [gateway.join(', '), `${vpnText(vpn, site)}${paths}${vpn.acceleration ? ', accelerated' : ''}`];
}
