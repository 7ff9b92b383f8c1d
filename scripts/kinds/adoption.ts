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
  /** The entry of that name as the catalog has it, without `create`. */
  readonly entry?: JsonMap;
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

/** What a kind of stack knows about adopting what exists. */
export interface KindAdoption {
  /** The section of the catalog in which its entries are. */
  readonly provider: string;
  /** The provider of its resources, as Terraform names it: `hashicorp/aws`. */
  readonly source: string;
  readonly types: Readonly<Record<string, AdoptedType>>;
  readonly roles: Readonly<Record<string, AdoptedRole>>;
  /** @throws Failure that names everything for which it can't be adopted */
  readonly read: (input: AdoptionInput) => AdoptionReading;
}
