import { Failure, UsageError } from '../../../base/errors';
import type { Stack } from '../../../catalog/kinds/registry';
import { driverOf } from '../../kinds/registry';
import type { Settings } from '../../session/settings';
import { confirmCeilings } from './ceilings';
import { changeGroups } from './change-groups';
import { configuredGroup } from './configuration';
import { type GroupRun, refuseUnapplied, withGroups } from './group-session';
import type { GroupState } from './group-states';
import { named } from './named-groups';

/** `kakehashi nodes ENV GROUP --new-image`: gives the nodes of groups the newest image of their cloud, which replaces them. */
export function newImages(
  settings: Settings,
  environment: string | undefined,
  names: readonly string[],
): Promise<number> {
  if (names.length === 0)
    throw new UsageError({
      where: '--new-image',
      summary: 'replaces nodes, and needs the names of their groups',
    });
  return withGroups('nodes', settings, environment, (run) => {
    const { session, loaded } = run;
    const groups = named(run.groups, names);
    refuseUnapplied(session.environment, groups);
    const replaced = new Map(
      groups.flatMap((group) => group.stacks.map((stack) => [stack.id, addresses(run, group, stack)])),
    );
    return changeGroups({
      ...run,
      stacks: groups.flatMap(({ stacks }) => stacks),
      command: 'nodes',
      destroy: false,
      of: (stack) => ({ replace: replaced.get(stack.id) ?? [] }),
      before: () =>
        groups.map(
          ({ name }) =>
            `${name}: its nodes are replaced; what runs on them ends, and what they hold on disks of their own is lost`,
        ),
      done: 'replaced',
      answer: 'yes',
      confirmFirst: () => confirmCeilings(session, loaded.catalog, 'replaced'),
    });
  });
}

function addresses(run: GroupRun, state: GroupState, stack: Stack): readonly string[] {
  const { name } = state;
  const newImage = driverOf(stack).nodes?.newImage;
  const group = configuredGroup(run, state, stack);
  if (group === undefined || newImage === undefined)
    throw new Failure(
      `${name}: the image of its nodes is what the catalog says: write another one there, and apply`,
    );
  const found = newImage(group);
  if (found.length > 0) return found;
  throw new Failure(`${name}: it has no node that is replaced; new ones get the newest image`);
}
