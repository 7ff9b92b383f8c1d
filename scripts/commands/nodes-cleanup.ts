import { UsageError } from '../../base/errors';
import { counted } from '../../base/text/counted';
import { listed } from '../../base/text/listed';
import type { Stack } from '../../catalog/kinds/registry';
import { changeGroups } from '../run/nodes/change-groups';
import { configuredResources, hasLeaseOutput } from '../run/nodes/configuration';
import { refuseUnapplied, withGroups } from '../run/nodes/group-session';
import type { GroupState } from '../run/nodes/group-states';
import type { Session } from '../session/session';
import type { Settings } from '../session/settings';

/**
 * `kakehashi nodes cleanup`: ends the nodes of all groups of one UnitGroup of VCP, as its SDK's `cleanup()` does. Networks and entries stay,
 * and disks that are kept.
 */
export function cleanup(
  settings: Settings,
  [environment, unitGroup = '']: readonly string[],
): Promise<number> {
  return withGroups('nodes cleanup', settings, environment, async (run) => {
    const { session } = run;
    const members = membersOf(run.groups, unitGroup);
    const groups = members.filter(({ output }) => output !== undefined);
    if (groups.length === 0) refuseUnapplied(session.environment, members);
    const parts = [
      { groups: groups.filter((group) => !keepsDisks(session, group)), destroy: true },
      { groups: groups.filter((group) => keepsDisks(session, group)), destroy: false },
    ];
    let code = 0;
    for (const part of parts.filter((one) => one.groups.length > 0)) {
      const stacks = part.groups.flatMap((group) => group.stacks);
      code ||= await changeGroups({
        ...run,
        stacks,
        command: 'cleanup',
        destroy: part.destroy,
        of: (stack) => (part.destroy ? {} : { ended: keysOf(part.groups, stack) }),
        before: () => part.groups.map((group) => endText(session, group, part.destroy)),
        done: 'ended',
        answer: unitGroup,
      });
    }
    return code;
  });
}

/** @throws {@link UsageError} where no group is a part of it */
function membersOf(groups: readonly GroupState[], unitGroup: string): readonly GroupState[] {
  const members = groups.filter(({ group }) => group?.unitGroup === unitGroup);
  if (members.length > 0) return members;
  const known = [...new Set(groups.flatMap(({ group }) => group?.unitGroup ?? []))];
  throw new UsageError({
    summary: `no node group has group: ${unitGroup}${known.length === 0 ? '' : `; there are ${listed(known)}`}`,
    fixes: known.length === 0 ? ['write group: in the groups that are cleaned up together'] : [],
  });
}

/** Terraform refuses to destroy a stack with disks that are kept: its nodes end without it. */
function keepsDisks(session: Session, { stacks }: GroupState): boolean {
  return stacks.some(({ id }) => configuredResources(session, id).some(({ isProtected }) => isProtected));
}

function keysOf(groups: readonly GroupState[], stack: Stack): readonly string[] {
  const state = groups.find(({ stacks }) => stacks.includes(stack));
  return (state?.group?.nodes ?? []).map(({ key }) => key);
}

function endText(session: Session, { name, output, stacks }: GroupState, destroy: boolean): string {
  const count =
    output?.kind === 'elastic' ? 'all nodes' : counted(Object.keys(output?.nodes ?? {}).length, 'node');
  const kept = destroy ? '' : ', and keeps the disks that are to be kept';
  // Only the output of a lease remembers which nodes are to stay away.
  const isRemembered = !destroy && stacks.every(({ id }) => hasLeaseOutput(session, id));
  return isRemembered
    ? `${name}: ends ${count}${kept}; kakehashi renew ${session.environment} ${name} makes new ones`
    : `${name}: ends ${count}${kept}; apply makes new ones as long as the catalog has the group`;
}
