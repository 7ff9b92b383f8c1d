import type { JsonMap } from '../../catalog/ground/json';
import type { Site } from '../../catalog/ground/site';
import type { Attributes, StateInstance } from '../../terraform/state/state-file';

/** How an existing object comes into a state of ours. */
export type KnownObject =
  /** As it stands in another state. */
  | { readonly how: 'taken'; readonly instance: StateInstance }
  /** By an import block; the provider reads the rest. */
  | { readonly how: 'imported'; readonly id: string }
  /** Written, because the provider can't import the type; the attributes follow from other objects. */
  | { readonly how: 'written'; readonly attributes: Attributes };

/** How objects of one resource type are adopted. Each type that a kind makes has one. */
export interface AdoptedType {
  /** `import`: the provider takes an import block. `state`: it refuses, so the instance is written into the state. */
  readonly how: 'import' | 'state';
  /** By what an object is told from others of its type, as people say it. */
  readonly identity: string;
  /** The id of an import block, from the object's attributes; of a type that can't be imported, its id in the state. */
  readonly id: (attributes: Attributes) => string | undefined;
}

/** What the kind's `--id ROLE=ID` names. */
export interface AdoptedRole {
  /** The resource type. */
  readonly type: string;
  /** Arguments without which a configuration of the type is not valid, with values that no import reads. */
  readonly needs?: Attributes;
  /** The arguments that an import must leave alone. @default - all, which some types refuse */
  readonly leaves?: readonly string[];
}

/** What an adoption starts from. */
export interface AdoptionInput {
  /** Where the objects come from, as messages call it. */
  readonly source: string;
  readonly instances: readonly StateInstance[];
  /** The name that the entry gets. */
  readonly name: string;
  /** The ids of `--id`, by role: which of several objects is meant. */
  readonly ids: ReadonlyMap<string, readonly string[]>;
  /** The site of the catalog, where it has one. */
  readonly site?: Site;
  /** The entries of the provider that the catalog has already, without `create`, by name. */
  readonly adopted: ReadonlyMap<string, JsonMap>;
  /** The names of those with `create`. */
  readonly created: ReadonlySet<string>;
}

/** A network that exists, read from objects. */
export interface AdoptionReading {
  /** `VPC vpc-… (172.30.0.0/16) in ap-northeast-1`. */
  readonly title: string;
  /** The catalog's entry, with `create`. */
  readonly entry: JsonMap;
  /** Entries that are `within` it, by name. */
  readonly further: Readonly<Record<string, JsonMap>>;
  /** What somebody should know before it is adopted. */
  readonly notes: readonly string[];
  /** Data sources whose answers the objects are found by; empty where nothing is to be asked. */
  readonly questions: Questions;
  /** The object for a resource of the synthesized configuration; undefined for one that does not exist yet. */
  readonly find: (resource: AdoptionTarget, answers: Attributes) => KnownObject | undefined;
  /** Objects that are parts of adopted ones, and have no resource of their own with us. */
  readonly covered: readonly StateInstance[];
}

/** A resource of the synthesized configuration. */
export interface AdoptionTarget {
  readonly type: string;
  readonly name: string;
  /** Its arguments; references to objects that are known already are their ids. */
  readonly config: Attributes;
}

/** Data sources, as a configuration has them, and the outputs that hold their answers. */
export interface Questions {
  readonly data: Readonly<Record<string, Readonly<Record<string, Attributes>>>>;
  readonly outputs: Readonly<Record<string, string>>;
}

/** An object that is imported before anything is known about it but its id. */
export interface GivenObject {
  readonly type: string;
  readonly id: string;
  /** Arguments without which a configuration of the type is not valid. */
  readonly needs: Attributes;
  /** As {@link AdoptedRole.leaves}. */
  readonly leaves?: readonly string[];
}

/** How a network is found in the cloud where no state has it. */
export interface Discovery {
  /** An entry that makes a stack of the kind in a region: its provider asks and imports, and nothing of it is made. */
  readonly provisional: (region: string) => JsonMap;
  /** Data sources that list what belongs together. @throws UsageError where an id is missing without which nothing is found */
  readonly questions: (ids: AdoptionInput['ids']) => Questions;
  /** The objects to import, from the ids that were given and those that were listed. */
  readonly objects: (ids: AdoptionInput['ids'], answers: Attributes) => readonly GivenObject[];
  /** Further ones that the imported ones name. */
  readonly further: (instances: readonly StateInstance[]) => readonly GivenObject[];
  /** Objects of types that can't be imported, all of whose attributes are in the answers. */
  readonly written: (instances: readonly StateInstance[], answers: Attributes) => readonly StateInstance[];
}

/** What a kind of stack knows about adopting what exists. */
export interface KindAdoption {
  /** The section of the catalog in which its entries are. */
  readonly provider: string;
  /** The provider of its resources, as Terraform names it: `hashicorp/aws`. */
  readonly source: string;
  readonly types: Readonly<Record<string, AdoptedType>>;
  readonly roles: Readonly<Record<string, AdoptedRole>>;
  readonly discovery: Discovery;
  /** @throws Failure that names everything for which it can't be adopted */
  readonly read: (input: AdoptionInput) => AdoptionReading;
}
