import type { Cidr } from '../../model/net/cidr';
import type { SecretReference } from '../../model/vault/secret-reference';
import type { AdoptedEntry } from '../ground/adopted-entry';
import type { Backend, BackendType } from '../ground/backend';
import type { Claims, IdentityClaim } from '../ground/claims';
import type { Identities } from '../ground/identities';
import type { Need } from '../ground/need';
import type { Network, RulePriorities } from '../ground/network';
import type { NodeGroup } from '../ground/node-group';
import type { ProblemList } from '../ground/problem-list';
import type { Site } from '../ground/site';
import type { GroupPlace } from '../nodes/group-place';
import type { Key, MapForm, Shape } from '../shape/shape';
import type { Place } from '../source/place';
import type { Origins } from './origins';

/**
 * A kind of stack: all that a catalog says of it. What it builds is in `stacks/kinds/`, what the driver does beside
 * Terraform in `scripts/kinds/`.
 *
 * @typeParam Model what the kind reads of a catalog, checked
 * @typeParam At where the resources of one of its stacks are, as the lock file remembers it
 */
export interface StackKind<Name extends string, Model, At> {
  readonly name: Name;
  /** The sections at the root of a catalog that are its own, by name. */
  readonly sections: Readonly<Record<string, Key>>;
  /** The provider whose entries it creates. */
  readonly creates?: CreatedEntries;
  /** The provider in whose networks it makes node groups. */
  readonly groups?: GroupsOf;
  /** Reads its part of a catalog and reports what is wrong within it. */
  readonly read: (source: KindSource, problems: ProblemList) => KindReading<Model, At>;
  readonly lock: LockedPlace<At>;
  /** Kinds whose stacks hold on to those of this one: where one is gone, it is destroyed after all of them. @default - none */
  readonly outlives?: readonly string[];
  /** What of a catalog makes each resource of its stacks. @default - the entry, or the keys of the group of nodes */
  readonly origins?: Origins;
  /** Whether node groups, which are made without it, are ended with its help: it is destroyed after all of them. @default false */
  readonly servesNodes?: boolean;
}

/** How the lock file remembers where the resources of a kind's stacks are. */
export interface LockedPlace<At> {
  /** The Terraform provider's name, which the lock file notes beside the kind. */
  readonly provider: string;
  readonly shape: MapForm & Shape<At>;
  /** The same as text: `region: ap-northeast-1`. */
  readonly format: (at: At) => string;
  /** How the ids of the kind's stacks are made, for messages: `dev-aws-<entry>`. */
  readonly idPattern: (environment: string) => string;
  /** What it holds of the tunnels of a network. @default - any blocks and interfaces, as many as the connection claims */
  readonly tunnels?: LockedTunnels;
}

/** What the cloud takes as the inside CIDRs of a connection, and how many tunnel interfaces it has. */
export interface LockedTunnels {
  /** What the keys of its networks begin with. @default - the provider whose entries the kind creates */
  readonly of?: string;
  readonly insideCidrs: Shape<readonly Cidr[], readonly Cidr[]>;
  readonly interfaces: Shape<readonly number[], readonly number[]>;
}

/** Entries of a provider that a kind creates. */
export interface CreatedEntries {
  readonly provider: string;
  /** The name of the Terraform provider in `providers`. @default - that of the provider */
  readonly settingsName?: string;
  /** The section `providers.<name>`. */
  readonly settings: Key;
  /** Shapes of an entry with `create`, told apart by the key of `create` that only the first has. */
  readonly shapes: readonly { readonly only?: string; readonly shape: MapForm }[];
}

/** The groups of `node_groups` that a kind makes. */
export interface GroupsOf {
  /** The provider whose entries they are in. */
  readonly provider: string;
  /** Its other name, under which entries for spot instances are published. */
  readonly spotProvider?: string;
  readonly shape: MapForm;
  /** A section `providers.<name>` of its own. @default - none, or that of the entries that are created */
  readonly settings?: ProviderSettings;
}

/** A section of `providers`: the name of a Terraform provider, and what may be said of it. */
export interface ProviderSettings {
  readonly name: string;
  readonly key: Key;
}

/** What a kind reads from. */
export interface KindSource {
  readonly environment: string;
  /** The whole merged catalog. */
  readonly root: Place;
  /** The entries with `create` of the provider that the kind creates, in the order of the file. */
  readonly created: readonly Place[];
  /** The node groups in networks of the provider whose groups the kind makes, in the order of the file. */
  readonly groups: readonly GroupPlace[];
}

/** A kind's part of one catalog, as far as it can be read. */
export interface KindReading<Model, At> {
  /** The entries, or sections, that have a stack each. */
  readonly identities: readonly IdentityClaim[];
  readonly claims: Claims;
  /**
   * What it needs at servers, whoever made it there: another environment must not destroy that.
   *
   * @param claims - of the whole catalog
   */
  readonly needs?: (claims: Claims) => readonly Need[];
  /** Reports what does not hold between its parts, and between it and the rest. */
  readonly check: (around: Around<At>, problems: ProblemList) => void;
  /** What it is, where no error was found anywhere in the catalog. */
  readonly finish: (around: Around<At>) => KindResult<Model, At>;
}

/** What a kind's part of a catalog stands in. */
export interface Around<At> {
  readonly environment: string;
  readonly root: Place;
  readonly site?: Site;
  readonly backend: Backend;
  readonly adopted: readonly AdoptedEntry[];
  /** The claims of all kinds, this one's too. */
  readonly claims: Claims;
  /** The other environments of the folder. */
  readonly neighbours: readonly NeighbourClaims[];
  /** What the lock file says of the kind's own stacks, by id. */
  readonly locked: ReadonlyMap<string, LockedStack<At>>;
  /** Ids of the kind's stacks whose lines in the lock file are broken. */
  readonly damaged: ReadonlySet<string>;
  readonly identities: Identities;
  /** What the lock file holds of the priorities of rules, by the key that a network had when it was made. */
  readonly lockedRules: Readonly<Record<string, RulePriorities>>;
}

/** A stack of the lock file. */
export interface LockedStack<At> {
  readonly place: At;
  readonly backend: BackendType;
}

export interface NeighbourClaims {
  readonly environment: string;
  /** Whether its tunnels end at the same gateway. */
  readonly sharesGateway: boolean;
  readonly site?: Site;
  readonly claims: Claims;
}

/** A kind's part of a catalog in which nothing is wrong. */
export interface KindResult<Model, At> {
  readonly model: Model;
  readonly networks: readonly Network[];
  /** @default - it makes none */
  readonly groups?: readonly NodeGroup[];
  /** Its stacks, in their order. */
  readonly stacks: readonly LiveStack<At>[];
  /** Credentials that are kept in Vault: by provider, by the name that VCP's SDK gives them. */
  readonly credentials: Readonly<Record<string, Readonly<Record<string, SecretReference>>>>;
}

export interface LiveStack<At> {
  /** The key of the network that it makes, where it makes one. */
  readonly network?: string;
  /** The key of the node group whose nodes, or some of them, it makes. */
  readonly group?: string;
  readonly id: string;
  readonly place: At;
  readonly members: readonly string[];
  readonly requires: readonly string[];
}
