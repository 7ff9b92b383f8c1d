import type { NodeState } from '../../../model/nodes/node-state';
import type { FoundMember, FoundNode } from '../../kinds/nodes';
import type { GroupView, NodeView } from '../../report/node-view';
import type { GroupState } from './group-states';

/** What was found out about nodes beside the outputs. */
export interface Findings {
  /** By instance id. Absent where the cloud was not asked. */
  readonly cloud?: ReadonlyMap<string, FoundNode>;
  /** Of elastic groups, by name, where the cloud was asked and can tell. */
  readonly members?: ReadonlyMap<string, readonly FoundMember[]>;
  /** By address, where nodes were waited for. */
  readonly waited?: ReadonlyMap<string, NodeState>;
}

export interface GroupWithNodes {
  readonly view: GroupView;
  readonly nodes: readonly NodeView[];
}

/** A group and its nodes as they are shown. @param now - milliseconds */
export function viewOf(state: GroupState, now: number, findings: Findings = {}): GroupWithNodes {
  const { name, group, output, lease } = state;
  const left = lease?.end ? Math.max(0, Math.round((Date.parse(lease.end) - now) / 1000)) : undefined;
  const isOver = left === 0;
  const nodes = nodesOf(state, isOver, findings);
  const there = nodes.filter((node) => node.state !== 'ENDED').length;
  const kind = output?.kind ?? group?.kind ?? 'fixed';
  const isKnown = kind === 'fixed' || isOver || findings.members?.has(name) === true;
  const size = output === undefined ? 0 : isKnown ? there : undefined;
  const idle = lease === undefined ? group?.idleSeconds : (lease.idle ?? undefined);
  const price = group?.pricePerHour;
  const count = kind === 'fixed' ? there : (output?.max ?? 0);
  const max = output?.max ?? group?.most ?? 0;
  return {
    view: {
      group: name,
      provider: output?.provider ?? group?.provider ?? '',
      network: output?.network ?? group?.entry ?? '',
      kind,
      state: output === undefined ? 'NOT_APPLIED' : isOver ? 'ENDED' : 'RUNNING',
      ...(size === undefined ? {} : { size }),
      max,
      spot: output?.spot ?? group?.spot ?? false,
      ...(group?.unitGroup === undefined ? {} : { unit_group: group.unitGroup }),
      ...(lease?.start ? { lease_start: lease.start } : {}),
      ...(lease?.end ? { lease_end: lease.end } : {}),
      ...(left === undefined ? {} : { lease_left_seconds: left }),
      ...(idle === undefined ? {} : { idle_seconds: idle }),
      ended: lease?.ended ?? [],
      ...(price === undefined || left === undefined || output === undefined
        ? {}
        : { cost_left: rounded((count * left * price) / 3600) }),
      gone: group === undefined,
    },
    nodes,
  };
}

function nodesOf(
  { name, output, lease }: GroupState,
  isOver: boolean,
  { cloud, members, waited }: Findings,
): readonly NodeView[] {
  const ended = lease?.ended ?? [];
  const fixed = Object.entries(output?.nodes ?? {}).map(([node, { address, instance_id }]): NodeView => {
    const asked = cloud === undefined ? 'UNKNOWN' : (cloud.get(instance_id)?.state ?? 'ENDED');
    const state = isOver || ended.includes(node) ? 'ENDED' : (waited?.get(address) ?? asked);
    return { group: name, node, state, address, instance_id };
  });
  const gone = ended
    .filter((node) => fixed.every((one) => one.node !== node))
    .map((node): NodeView => ({ group: name, node, state: 'ENDED', address: '', instance_id: '' }));
  const elastic = (members?.get(name) ?? []).map(
    ({ address, instanceId, state }): NodeView => ({
      group: name,
      state: waited?.get(address) ?? state,
      address,
      instance_id: instanceId,
    }),
  );
  return [...fixed, ...gone, ...elastic];
}

/** Cents, rounded up: what is said is never less than what may be paid. */
export function rounded(dollars: number): number {
  return Math.max(0, Math.ceil(dollars * 100 - 1e-9)) / 100;
}
