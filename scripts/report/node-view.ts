import type { NodeState } from '../../model/nodes/node-state';

/** A node as it is shown. */
export interface NodeView {
  readonly group: string;
  /** Absent for one of an elastic group, which has no name. */
  readonly node?: string;
  readonly state: NodeState;
  readonly address: string;
  readonly instance_id: string;
}

/** A node group as it is shown. */
export interface GroupView {
  readonly group: string;
  readonly provider: string;
  readonly network: string;
  readonly kind: 'fixed' | 'elastic';
  readonly state: 'RUNNING' | 'ENDED' | 'NOT_APPLIED';
  /** How many nodes there are; absent where nobody knows without asking the cloud. */
  readonly size?: number;
  readonly max: number;
  readonly spot: boolean;
  readonly unit_group?: string;
  readonly lease_start?: string;
  readonly lease_end?: string;
  readonly lease_left_seconds?: number;
  readonly idle_seconds?: number;
  /** Fixed nodes that ended by themselves. */
  readonly ended: readonly string[];
  /** In US dollars, from now to the end of the lease, if all nodes live until then. */
  readonly cost_left?: number;
  /** Whether it has left the catalog. */
  readonly gone: boolean;
}
