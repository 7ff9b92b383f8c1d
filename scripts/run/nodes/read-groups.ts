import { Failure } from '../../../base/errors';
import type { Loaded } from '../../../catalog/environment/catalog';
import { Initializer } from '../../session/init';
import { needConfiguration } from '../../session/outputs';
import type { Session } from '../../session/session';
import { synthesize } from '../../session/synthesize';
import { provideCredentials } from '../credentials';
import { settledCatalog } from '../settle';
import { type GroupState, groupStates, outputsReader } from './group-states';
import { named } from './named-groups';

/** The groups of an environment, and what is needed to ask for more. */
export interface ReadGroups {
  readonly loaded: Loaded;
  readonly initializer: Initializer;
  readonly groups: readonly GroupState[];
}

/**
 * Reads the groups with these names, or all, in a session that changes nothing.
 *
 * @param configured - whether Terraform is run afterwards, so that the configuration is needed in any case
 * @throws Failure, UsageError, TerraformError
 */
export async function readGroups(
  session: Session,
  names: readonly string[],
  configured: boolean,
): Promise<ReadGroups> {
  const { loaded, hasCredentials } = await settledCatalog(session);
  const initializer = new Initializer(session);
  if (configured || needConfiguration(session, loaded.stacks)) {
    await synthesize(session, loaded);
    if (!hasCredentials) await provideCredentials(session, loaded);
  }
  const read = outputsReader(session, initializer);
  return {
    loaded,
    initializer,
    groups: chosenGroups(await groupStates(loaded, read, session.parallelism), names),
  };
}

/** The groups that are named, else all. @throws {@link UsageError}; {@link Failure} where there are none */
export function chosenGroups(groups: readonly GroupState[], names: readonly string[]): readonly GroupState[] {
  if (groups.length === 0)
    throw new Failure('no node groups: write node_groups in the catalog (docs/nodes.md)');
  return names.length === 0 ? groups : named(groups, names);
}
