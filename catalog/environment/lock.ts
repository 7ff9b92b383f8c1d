import type { Allocation } from '../ground/allocation';
import type { BackendType } from '../ground/backend';
import type { Kind, PlaceOf } from '../kinds/registry';

/** `catalog/<env>.lock.yml`: what must not move when the catalog changes. */
export interface Lock {
  readonly stacks: { readonly [id: string]: LockedStack };
  /** By network key, `aws/default`. */
  readonly tunnels: { readonly [key: string]: Allocation };
}

/** A stack of one kind whose state exists. */
export interface LockedStackOf<K extends Kind> {
  readonly kind: K;
  readonly place: PlaceOf<K>;
  readonly backend: BackendType;
}

/** A stack whose state exists. */
export type LockedStack = { [K in Kind]: LockedStackOf<K> }[Kind];

export const EMPTY_LOCK: Lock = { stacks: {}, tunnels: {} };
