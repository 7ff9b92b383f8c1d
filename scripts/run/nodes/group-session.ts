import { Failure } from '../../../base/errors';
import { listed } from '../../../base/text/listed';
import type { Loaded } from '../../../catalog/environment/catalog';
import { Initializer } from '../../session/init';
import type { Session } from '../../session/session';
import type { Settings } from '../../session/settings';
import { prepare } from '../prepare';
import { withSession } from '../with-session';
import { type GroupState, groupStates, outputsReader } from './group-states';

/** What a command that changes node groups works on. */
export interface GroupRun {
  readonly session: Session;
  readonly loaded: Loaded;
  readonly initializer: Initializer;
  /** All groups that are in the catalog, or still applied. */
  readonly groups: readonly GroupState[];
}

/** Runs a command that changes node groups of one environment. */
export function withGroups(
  command: string,
  settings: Settings,
  environment: string | undefined,
  work: (run: GroupRun) => Promise<number>,
): Promise<number> {
  return withSession({ command }, settings, environment, async (session) => {
    const loaded = await prepare(session);
    const initializer = new Initializer(session);
    const read = outputsReader(session, initializer);
    const groups = await groupStates(loaded, read, session.parallelism);
    return work({ session, loaded, initializer, groups });
  });
}

/** Refuses groups of which nothing is applied. @throws {@link Failure} */
export function refuseUnapplied(environment: string, groups: readonly GroupState[]): void {
  const unapplied = groups.filter(({ output }) => output === undefined).map(({ name }) => name);
  if (unapplied.length === 0) return;
  throw new Failure({
    summary: `${listed(unapplied)}: nothing of it is applied`,
    fixes: [{ text: 'apply it', command: `apply ${environment}` }],
  });
}
