import { Failure } from '../../../base/errors';
import { listed } from '../../../base/text/listed';
import { isComplete } from '../../../catalog/ground/need';
import { hubServer } from '../../../catalog/kinds/aws/hub-server';
import type { PossibleLoss } from '../kind';

/** What networks cannot do without. */
const HELD = ['aws_ec2_transit_gateway', 'aws_ec2_transit_gateway_route_table', 'aws_vpn_connection'];

/**
 * Refuses a plan that would destroy a hub on which other environments of the folder have networks: its VPN would be gone, and then
 * AWS would refuse the rest.
 *
 * @throws Failure that names them
 */
export function refuseLoss({ stack, loaded, resources }: PossibleLoss<'aws-hub'>): void {
  const gone = resources.filter(
    ({ action, resourceType }) => action === 'delete' && HELD.includes(resourceType),
  );
  const isWhole = gone.some(({ resourceType }) => resourceType === 'aws_ec2_transit_gateway');
  const isVpn = stack.gone || loaded.catalog.networks.every(({ key }) => key !== stack.network);
  if (!isWhole && !(isVpn && gone.length > 0)) return;
  const { environment } = loaded.catalog;
  // A hub that has got another name keeps its id.
  const name = stack.network?.slice('hub/'.length) ?? stack.id.slice(`${environment}-hub-`.length);
  const lines = loaded.neighbourNeeds.flatMap((neighbour) => {
    const { environment: other, needs } = neighbour;
    const keys = needs
      .filter(({ server, path }) => server === hubServer(environment) && path === name)
      .map(({ key }) => key);
    if (keys.length > 0) return [`${other} has networks on it: ${listed(keys)}`];
    return isComplete(neighbour, ['hubs', 'aws'])
      ? []
      : [`${other} may have networks on it: its catalog can't be read (kakehashi validate ${other})`];
  });
  if (lines.length === 0) return;
  throw new Failure(
    [
      `hub ${name}: must stay, because networks of other environments reach the site through it:`,
      ...lines,
      'help: destroy those networks and take them out of their catalogs, or give them gateway: virtual-private and apply',
    ].join('\n  '),
  );
}
