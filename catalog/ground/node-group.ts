/** A group of nodes of the catalog, as all kinds have it. A kind adds what is its own. */
export interface NodeGroup {
  /** `nodes/workers`. */
  readonly key: string;
  readonly name: string;
  /** The entry whose network the nodes are in: `aws/default`. */
  readonly entry: string;
  /** The entry's provider, as people read it: `aws`. */
  readonly provider: string;
  /** Whether each node is one of its own, or any of as many as are needed. */
  readonly kind: 'fixed' | 'elastic';
  /** The nodes of a fixed group; empty for an elastic one, whose nodes have no names. */
  readonly nodes: readonly GroupNode[];
  /** How many nodes there are at first, and at most. */
  readonly initial: number;
  readonly most: number;
  readonly spot: boolean;
  /** What a node is, in the words of its cloud: `m7i.large`. @default - nothing is said of it */
  readonly machine?: string;
  /** How long the nodes live. Absent where they go on until they are removed. */
  readonly leaseSeconds?: number;
  /** After how long without work a node ends. Absent where it does not. */
  readonly idleSeconds?: number;
  /** Of one node, in US dollars, where the catalog says it. */
  readonly pricePerHour?: number;
  /** VCP's UnitGroup that it is a part of. */
  readonly unitGroup?: string;
}

/** One node of a fixed group. */
export interface GroupNode {
  /** `n1`, a name, or an address: a part of the addresses of its resources. */
  readonly key: string;
  /** Where the catalog fixes it. */
  readonly address?: string;
}
