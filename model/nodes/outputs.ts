/**
 * The output `nodes` of a stack with a node group: what `kakehashi nodes` shows without asking the cloud. Its key is the
 * group's name.
 */
export type NodesOutput = Readonly<Record<string, GroupOutput>>;

export interface GroupOutput {
  /** `aws`. */
  readonly provider: string;
  /** The entry whose network the nodes are in: `aws/default`. */
  readonly network: string;
  readonly kind: 'fixed' | 'elastic';
  /** The nodes of a fixed group by key; empty for an elastic one, and after the end of the lease. */
  readonly nodes: Readonly<Record<string, NodeOutput>>;
  /** What an elastic group is called in its cloud. */
  readonly group_name?: string;
  /** How many nodes there are at most. */
  readonly max: number;
  readonly spot: boolean;
  /** The login user and the port of the host's own sshd; that of the base container is `root` and 22. */
  readonly user: string;
  readonly ssh_port: number;
  /** Whether a base container runs on the nodes, so that they are ready when its sshd answers. @default true */
  readonly base_container?: boolean;
  /** After how many seconds a node that is not ready ends itself. @default 1000 */
  readonly boot_timeout?: number;
}

export interface NodeOutput {
  readonly address: string;
  /** What the cloud calls it: an instance's id, the name of a virtual machine, a container's id. */
  readonly instance_id: string;
}

/** The output `lease` of such a stack; null where nothing ends the nodes. */
export interface LeaseOutput {
  /** RFC 3339, in UTC. It and the next two are null where only idleness ends the nodes. */
  readonly start: string | null;
  readonly end: string | null;
  readonly seconds: number | null;
  /** After how many seconds without work a node ends; null where it does not. */
  readonly idle: number | null;
  /** Keys of fixed nodes that ended by themselves, and are not made anew. */
  readonly ended: readonly string[];
}
