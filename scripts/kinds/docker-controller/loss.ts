import { Failure } from '../../../base/errors';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Stack } from '../../../catalog/kinds/registry';
import { sandboxLockFile } from '../../session/folders';
import { neighbourSession } from '../../session/neighbour-session';
import { isUnapplied } from '../../session/outputs';
import { newReadings, shownDirectory } from '../../session/read-catalog';
import { matchingStacks } from '../../session/selection';
import type { Session } from '../../session/session';
import type { PossibleLoss } from '../kind';

/**
 * Refuses a plan that would destroy the controller while there are nodes: nobody could end them any more by what started them
 * (docs/reference/controller.md). Nodes of other environments count where these have the same controller.
 *
 * @throws {@link Failure} that names the groups
 */
export function refuseNodeLoss(loss: PossibleLoss<'docker-controller'>): void {
  const { session, stack, loaded, resources, destroy } = loss;
  const isLost = resources.some(
    ({ resourceType, action, address }) =>
      resourceType === 'docker_container' && action === 'delete' && !/jupyter|notebook/i.test(address),
  );
  if (!isLost) return;
  const going = new Set(
    (destroy
      ? matchingStacks(loaded.stacks, session.settings.stacks)
      : loaded.stacks.filter(({ gone }) => gone)
    ).map(({ id }) => id),
  );
  const own = nodeStacks(loaded.stacks).filter(({ id }) => !going.has(id));
  const others = neighboursOf(session, loaded).map(({ session: other, loaded: theirs }) => ({
    environment: other.environment,
    stacks: nodeStacks(theirs.stacks).filter((one) => !isUnapplied(other, one) && isLocal(other, one)),
  }));
  const holding = [
    { environment: session.environment, stacks: own.filter((one) => !isUnapplied(session, one)) },
    ...others,
  ].filter(({ stacks }) => stacks.length > 0);
  if (holding.length === 0) return;
  const names = holding.flatMap(({ stacks }) =>
    stacks.map(({ id, group }) => group?.replace(/^nodes\//, '') ?? id),
  );
  throw new Failure(
    [
      `${stack.id}: must stay, because it has nodes: ${[...new Set(names)].join(', ')}`,
      ...holding.map(
        ({ environment, stacks }) =>
          `help: end them first: kakehashi destroy ${environment}${stacks.map(({ id }) => ` --stack ${id}`).join('')}`,
      ),
    ].join('\n  '),
  );
}

/** The stacks that make nodes, or made them. */
function nodeStacks(stacks: readonly Stack[]): readonly Stack[] {
  return stacks.filter(({ group, kind }) => group !== undefined || kind.endsWith('-nodes'));
}

/** What lies in a backend is not asked here: its environment's own folder is somewhere else. */
function isLocal(session: Pick<Session, 'simulated'>, { backend }: Stack): boolean {
  return session.simulated || backend.type === 'local';
}

/** The other environments of the folder that have the same controller. */
function neighboursOf(
  session: Session,
  { catalog }: Pick<Loaded, 'catalog'>,
): readonly { readonly session: Session; readonly loaded: Loaded }[] {
  const { listEnvironments } =
    require('../../../catalog/environment/folder') as typeof import('../../../catalog/environment/folder');
  const { loadEnvironment } = require('../../../catalog/load') as typeof import('../../../catalog/load');
  const { CatalogError } =
    require('../../../catalog/ground/catalog-error') as typeof import('../../../catalog/ground/catalog-error');
  const address = catalog.site?.controller.address;
  if (address === undefined) return [];
  const directory = shownDirectory(session.settings);
  const readings = newReadings();
  return listEnvironments(directory)
    .filter((name) => name !== session.environment)
    .flatMap((environment) => {
      try {
        const loaded = loadEnvironment({
          directory,
          environment,
          lenient: true,
          readings,
          ...(session.simulated ? { lockAdditions: (name: string) => sandboxLockFile(name) } : {}),
        });
        if (loaded.catalog.site?.controller.address !== address) return [];
        return [{ session: neighbourSession(session, environment), loaded }];
      } catch (error) {
        if (!(error instanceof CatalogError)) throw error;
        session.report.note(
          'warn',
          `${environment}: its catalog is broken, so nobody knows whether it has nodes of this controller; see: kakehashi validate ${environment}`,
        );
        return [];
      }
    });
}
