import type { Allocation } from '../ground/allocation';
import type { BackendType } from '../ground/backend';
import type { RulePriorities } from '../ground/network';
import type { Kind, PlaceOf } from '../kinds/registry';

/** `catalog/<env>.lock.yml`: what must not move when the catalog changes. */
export interface Lock {
  readonly stacks: { readonly [id: string]: LockedStack };
  /** By network key, `aws/default`. */
  readonly tunnels: { readonly [key: string]: Allocation };
  /** By the key that a network had when it was made: the priorities of its rules, also of those that are gone. */
  readonly rules: { readonly [network: string]: RulePriorities };
  /**
   * The version of the tables of flavors from which the sizes of its nodes are. Absent where it has no nodes, and in a lock that was
   * written before there was a second version.
   */
  readonly flavors?: number;
  /** Stacks whose lines are broken, with their kinds: what they remember is not known. */
  readonly damaged: { readonly [id: string]: Kind };
}

/** A stack of one kind that was planned at least. Whether it was applied, its state says. */
export interface LockedStackOf<K extends Kind> extends StackMemory {
  readonly kind: K;
  readonly place: PlaceOf<K>;
  readonly backend: BackendType;
}

/** The names of a stack, as far as they do not follow from its id. */
export interface StackMemory {
  /** The key of its entry now, `aws/tokyo`. */
  readonly entry?: string;
  /** For keys of now, the names at their birth: `aws/tokyo_b` is `tokyo_subnet1`. */
  readonly keys?: { readonly [key: string]: string };
  /** The values of `formerly` that were carried out, as long as the catalog has them and they could be read anew. */
  readonly formerly?: { readonly [key: string]: string };
}

/** A stack that was planned at least. */
export type LockedStack = { [K in Kind]: LockedStackOf<K> }[Kind];

export const EMPTY_LOCK: Lock = { stacks: {}, tunnels: {}, rules: {}, damaged: {} };
