import type { NodeGroup } from '../../../../catalog/ground/node-group';
import type { GroupOutput, LeaseOutput } from '../../../../model/nodes/outputs';
import type { GroupState } from '../../../../scripts/run/nodes/group-states';

export const START = Date.parse('2026-11-29T22:00:00Z');

/** A group of the catalog with two nodes. */
export function groupWith(more: Partial<NodeGroup> = {}): NodeGroup {
  return {
    key: 'nodes/workers',
    name: 'workers',
    entry: 'aws/default',
    provider: 'aws',
    kind: 'fixed',
    nodes: [{ key: 'n1' }, { key: 'n2' }],
    initial: 2,
    most: 2,
    spot: false,
    leaseSeconds: 3000,
    idleSeconds: 900,
    ...more,
  };
}

export function outputWith(more: Partial<GroupOutput> = {}): GroupOutput {
  return {
    provider: 'aws',
    network: 'aws/default',
    kind: 'fixed',
    nodes: {
      n1: { address: '172.30.2.4', instance_id: 'i-1' },
      n2: { address: '172.30.2.5', instance_id: 'i-2' },
    },
    max: 2,
    spot: false,
    user: 'ubuntu',
    ssh_port: 20022,
    ...more,
  };
}

export function leaseWith(more: Partial<LeaseOutput> = {}): LeaseOutput {
  return {
    start: '2026-11-29T22:00:00Z',
    end: '2026-11-29T22:50:00Z',
    seconds: 3000,
    idle: 900,
    ended: [],
    ...more,
  };
}

export function stateWith(more: Partial<GroupState> = {}): GroupState {
  return {
    name: 'workers',
    group: groupWith(),
    stacks: [],
    output: outputWith(),
    lease: leaseWith(),
    ...more,
  };
}
