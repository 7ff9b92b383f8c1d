import { counted } from '../../../base/text/counted';
import { listed } from '../../../base/text/listed';
import type { Site } from '../../../catalog/ground/site';
import type { AwsHub } from '../../../catalog/kinds/aws-hub/hub';
import { changeWords } from '../aws/plan/change-sentences';
import { sentencesOf } from '../aws/plan/outcome-words';
import { vpnText } from '../aws/vpn-words';
import type { Planned } from '../kind';

/** What a plan means for a hub, as sentences. */
export function hubSentences({ stack, loaded, resources, details }: Planned<'aws-hub'>): readonly string[] {
  if (details !== undefined) return changeWords(details, loaded);
  const { kinds, site } = loaded.catalog;
  const hub = kinds['aws-hub']?.hubs.find(({ key }) => key === stack.network);
  const creates = resources.some(({ action }) => action === 'create');
  if (creates && hub !== undefined) return hubWords(hub, site);
  const what = 'the transit gateway is DESTROYED, with its route tables and its VPN';
  return sentencesOf([{ change: 'hub destroyed', what, isComplete: true }]);
}

/** What a hub is, in two sentences: the transit gateway, and its VPN. */
function hubWords(
  { region, existing, routeTables, share, vpn }: AwsHub,
  site: Site | undefined,
): readonly string[] {
  const gateway =
    existing === undefined
      ? [
          `transit gateway in ${region}`,
          `${counted(routeTables.length, 'route table')} of networks (${listed(routeTables)})`,
          ...(share.length > 0 ? [`shared with ${listed(share)}`] : []),
        ]
      : [`transit gateway ${existing.gateway} in ${region}, which exists already`];
  if (vpn === undefined || site === undefined) return [gateway.join(', '), 'no VPN'];
  const paths = vpn.multipath ? ', both tunnels at once' : '';
  return [gateway.join(', '), `${vpnText(vpn, site)}${paths}${vpn.acceleration ? ', accelerated' : ''}`];
}
