import { Failure } from '../../../base/errors';
import { listed } from '../../../base/text/listed';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Stack } from '../../../catalog/kinds/registry';
import type { ResourceChange } from '../../../terraform/messages';
import { driverOf } from '../../kinds/registry';
import { isUnapplied } from '../../session/outputs';
import type { Session } from '../../session/session';
import { groupsIn } from './groups-in';

/**
 * Refuses a plan that would destroy or replace a network in which node groups are: a part of it would be gone before the cloud refuses the
 * rest, and the nodes would be cut off.
 *
 * @throws {@link Failure} that names the groups
 */
export function refuseInhabited(
  session: Pick<Session, 'simulated' | 'folders'>,
  loaded: Loaded,
  stack: Stack,
  resources: readonly ResourceChange[],
): void {
  const { mainType } = driverOf(stack);
  const isLost = resources.some(
    ({ resourceType, action }) => resourceType === mainType && (action === 'delete' || action === 'replace'),
  );
  if (!isLost || stack.group !== undefined) return;
  const inhabitants = groupsIn(loaded, stack).filter((one) => !isUnapplied(session, one.stack));
  if (inhabitants.length === 0) return;
  const names = listed([...new Set(inhabitants.map(({ name }) => name))]);
  const globs = inhabitants.map((one) => ` --stack ${one.stack.id}`).join('');
  throw new Failure(
    [
      `${stack.id}: must stay, because node groups are in its network: ${names}`,
      `help: end them first: kakehashi destroy ${loaded.catalog.environment}${globs}`,
    ].join('\n  '),
  );
}
