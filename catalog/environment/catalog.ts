import type { SecretReference } from '../../model/vault/secret-reference';
import type { AddressPool } from '../ground/address-pool';
import type { AdoptedEntry } from '../ground/adopted-entry';
import type { Allocation } from '../ground/allocation';
import type { Backend } from '../ground/backend';
import type { DriftIgnore } from '../ground/drift';
import type { NeighbourNeeds } from '../ground/need';
import type { Network } from '../ground/network';
import type { NodeGroup } from '../ground/node-group';
import type { Policy } from '../ground/policy';
import type { Problem, StackName } from '../ground/problem';
import type { Site } from '../ground/site';
import type { Models, Stack } from '../kinds/registry';
import type { Place } from '../source/place';
import type { ResolvedIdentities } from './identities';
import type { Lock } from './lock';

/** One environment's catalog, checked: everything in it is a typed value and holds together. */
export interface Catalog {
  readonly environment: string;
  /** The environment's own file, as it is to be shown. */
  readonly file: string;
  /** Absent where nothing is connected to a site. */
  readonly site?: Site;
  readonly backend: Backend;
  readonly policy: Policy;
  /** Drift that is expected, in the order of the file. */
  readonly driftIgnore: readonly DriftIgnore[];
  /** The networks that are created, in the order of the file. */
  readonly networks: readonly Network[];
  /** The groups of nodes, in the order of their kinds and of the file. */
  readonly groups: readonly NodeGroup[];
  /** What exists already and is passed through, in the order of the file. */
  readonly adopted: readonly AdoptedEntry[];
  /** Addresses for nodes that the section `sakura_config` names. */
  readonly addressPools: readonly AddressPool[];
  /** Credentials that are kept in Vault: by provider, by the name that VCP's SDK gives them. */
  readonly credentials: Readonly<Record<string, Readonly<Record<string, SecretReference>>>>;
  /** What each kind of stack reads of it. */
  readonly kinds: Models;
}

/** An environment, ready to be synthesized. */
export interface Loaded {
  readonly catalog: Catalog;
  /** The merged catalog, with the position of each value in its file. */
  readonly root: Place;
  /** The lock file as it is. */
  readonly lock: Lock;
  /** The same without the stacks that were never applied, as far as anybody has looked. */
  readonly kept: Lock;
  readonly identities: ResolvedIdentities;
  /** The stacks of lock files that were found never to have been applied, of this environment and of others. */
  readonly unapplied: readonly StackName[];
  readonly stacks: readonly Stack[];
  /** By network key, `aws/default`: what is locked, else newly allocated. */
  readonly allocations: ReadonlyMap<string, Allocation>;
  /** The other environments whose tunnels end at the same gateway. */
  readonly sharers: readonly string[];
  /** What the other environments of the folder need at servers; only for one that has stacks. */
  readonly neighbourNeeds: readonly NeighbourNeeds[];
  /** The secrets in Vault to which the catalog refers: credentials of providers, registries, nodes and controllers. */
  readonly references: readonly SecretReference[];
  /** Warnings and notes. */
  readonly problems: readonly Problem[];
  /** Every file that was read for this environment, its own first. */
  readonly files: readonly string[];
}

/** The network that a stack makes; undefined for a stack of another kind, and for one that is gone. */
export function networkOf(
  { catalog }: Pick<Loaded, 'catalog'>,
  stack: Pick<Stack, 'network'>,
): Network | undefined {
  return catalog.networks.find(({ key }) => key === stack.network);
}

/** The node group whose nodes a stack makes; undefined for a stack of another kind, and for one that is gone. */
export function groupOf(
  { catalog }: Pick<Loaded, 'catalog'>,
  stack: Pick<Stack, 'group'>,
): NodeGroup | undefined {
  return catalog.groups.find(({ key }) => key === stack.group);
}
