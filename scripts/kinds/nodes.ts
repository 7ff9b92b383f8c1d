import type { Loaded } from '../../catalog/environment/catalog';
import type { NodeGroup } from '../../catalog/ground/node-group';
import type { NodeState } from '../../model/nodes/node-state';
import type { GroupOutput } from '../../model/nodes/outputs';
import type { StateResource } from '../../terraform/plan/prior-resources';
import type { Attributes } from '../../terraform/state/state-file';

/** What the driver needs of a kind of stack that has node groups. */
export interface KindNodes {
  /** The type of the resource that is a node of a fixed group; the key of its instance is the node's. */
  readonly type: string;
  /** A node as the cloud reports it; undefined for a resource or a data source that is none. */
  readonly nodeOf: (resource: StateResource) => FoundNode | undefined;
  /**
   * Data sources that tell more of a group's nodes than the resources of its stack do, as a configuration's `data` has them;
   * undefined where those tell all. They are asked by the provider of the stack.
   */
  readonly asks?: (group: AppliedGroup) => Attributes | undefined;
  /** The nodes of an elastic group, of what those data sources answer. */
  readonly membersOf?: (answers: readonly StateResource[]) => readonly FoundMember[];
  /**
   * Addresses of what must be replaced to give a group's nodes the newest image, where there are any. Absent where an image is
   * what the catalog says.
   */
  readonly newImage?: (group: ConfiguredGroup) => readonly string[];
  /** Addresses of what must be replaced, beside the record of the lease, where its end is renewed. @default - nothing */
  readonly renewed?: (group: ConfiguredGroup) => readonly string[];
}

/** A node as its cloud reports it. */
export interface FoundNode {
  readonly instanceId: string;
  readonly state: NodeState;
}

/** A node of an elastic group. */
export interface FoundMember extends FoundNode {
  readonly address: string;
}

/** A group as it was applied. */
export interface AppliedGroup {
  /** The id of its stack. */
  readonly stack: string;
  readonly output: GroupOutput;
}

/** A group as its stack is synthesized now. */
export interface ConfiguredGroup {
  readonly loaded: Loaded;
  readonly group: NodeGroup;
  /** Addresses of the stack's resources, without keys: `aws_instance.Nodes`. */
  readonly resources: readonly string[];
  /** Keys of the nodes that are there now. */
  readonly nodes: readonly string[];
}
