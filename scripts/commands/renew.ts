import { Failure, UsageError } from '../../base/errors';
import { durationText } from '../../base/text/duration-text';
import type { Stack } from '../../catalog/kinds/registry';
import { LEASE_BOUNDS, parseLease } from '../../model/nodes/lease';
import { ValueError } from '../../model/value-error';
import { driverOf } from '../kinds/registry';
import { confirmCeilings } from '../run/nodes/ceilings';
import { changeGroups } from '../run/nodes/change-groups';
import { configuredGroup, configuredResources } from '../run/nodes/configuration';
import { type GroupRun, refuseUnapplied, withGroups } from '../run/nodes/group-session';
import type { GroupState } from '../run/nodes/group-states';
import { requestText } from '../run/nodes/group-words';
import { leaseTime } from '../run/nodes/lease-time';
import { named } from '../run/nodes/named-groups';
import { endedAdvice } from '../run/nodes/node-texts';
import type { Session } from '../session/session';
import type { Settings } from '../session/settings';

/** The record of a lease: the construct `Lease` of each stack whose nodes have one. */
const RECORD = 'terraform_data.Lease';

/** `kakehashi renew`: restarts the lease of node groups from now. After its end, it makes their nodes anew. */
export function renew(
  settings: Settings,
  [environment, ...names]: readonly string[],
  lease: string | undefined,
): Promise<number> {
  const seconds = lease === undefined ? undefined : leaseSeconds(lease);
  return withGroups('renew', settings, environment, (run) => {
    const { session, loaded, groups: all } = run;
    const groups = named(all, names);
    for (const group of groups) refuseLease(session, group, seconds);
    refuseUnapplied(session.environment, groups);
    return changeGroups({
      ...run,
      stacks: groups.flatMap(({ stacks }) => stacks),
      command: 'renew',
      destroy: false,
      // Nodes that ended by themselves are made anew.
      of: (stack) => ({ replace: [RECORD, ...further(run, groups, stack)], ended: [] }),
      before: () => groups.flatMap((group) => askingLines(group)),
      done: 'renewed',
      answer: 'yes',
      confirmFirst: () => confirmCeilings(session, loaded.catalog, 'renewed'),
    });
  });
}

/** What else a lease that is over needs to have nodes again. */
function further(run: GroupRun, groups: readonly GroupState[], stack: Stack): readonly string[] {
  const state = groups.find(({ stacks }) => stacks.includes(stack));
  if (state === undefined || !isOver(state)) return [];
  const group = configuredGroup(run, state, stack);
  return group === undefined ? [] : (driverOf(stack).nodes?.renewed?.(group) ?? []);
}

function isOver({ lease }: GroupState): boolean {
  return lease?.end ? Date.parse(lease.end) <= leaseTime() : false;
}

function leaseSeconds(text: string): number {
  try {
    return parseLease(text);
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new UsageError(
      `--lease: must be a duration from ${LEASE_BOUNDS.shown}, or hours like 0.83, got "${text}"`,
    );
  }
}

/**
 * A lease is as long as the catalog says, so that whoever applies gets the same end.
 *
 * @throws {@link Failure} for a group without one, or one of another length
 */
function refuseLease(
  session: Session,
  { name, group, stacks }: GroupState,
  seconds: number | undefined,
): void {
  if (group === undefined)
    throw new Failure(
      `${name}: it is gone from the catalog, and the next apply ends it; write it there again to renew it`,
    );
  const { leaseSeconds: own } = group;
  const records = stacks.flatMap(({ id }) => configuredResources(session, id));
  if (own === undefined || records.every(({ address }) => address !== RECORD))
    throw new Failure(`${name}: it has no lease to renew: its nodes go on until they are removed`);
  if (seconds === undefined || seconds === own) return;
  throw new UsageError({
    where: '--lease',
    summary: `${name} has a lease of ${durationText(own)} in the catalog, got ${durationText(seconds)}`,
    fixes: [
      `write node_groups.${name}.lease there, so that everybody who applies gets the same end, and renew it then`,
    ],
  });
}

function askingLines(state: GroupState): readonly string[] {
  const { name, group, lease } = state;
  if (group === undefined) return [];
  const ended = lease?.ended ?? [];
  return [
    ...(isOver(state) ? [`${name}: its lease is over: it gets new nodes`] : []),
    ...(!isOver(state) && ended.length > 0 ? [`${name}: ${endedAdvice(ended)}`] : []),
    requestText(group),
  ];
}
