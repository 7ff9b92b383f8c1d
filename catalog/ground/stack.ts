import type { Backend } from './backend';

/** One Terraform state of a kind. */
export interface StackOf<Kind extends string, Place> {
  /** `<env>-<provider>-<entry>`, `<env>-vault`: also the name of the CDKTF stack. */
  readonly id: string;
  readonly kind: Kind;
  /** Where its resources are, as the lock file remembers it: a region, the address of a server. */
  readonly place: Place;
  readonly backend: Backend;
  /** The key of the network that it makes, where it makes one. */
  readonly network?: string;
  /** The key of the node group whose nodes, or some of them, it makes. */
  readonly group?: string;
  /** What it makes, by the catalog's keys: `aws/default`, `vault/mounts/secret`. Empty when it is gone. */
  readonly members: readonly string[];
  /** Ids of the stacks that must be applied before. */
  readonly requires: readonly string[];
  /** Ids of stacks that are gone and may hold on to what this one makes: it is destroyed after them. @default - none */
  readonly destroyedAfter?: readonly string[];
  /** In the lock but no longer in the catalog: synthesized without resources, so that the plan shows their destruction. */
  readonly gone: boolean;
}

/** The id of the stack of an entry that is created. */
export function stackId(environment: string, ...names: readonly string[]): string {
  return [environment, ...names].join('-');
}
