import type { Loaded } from '../../catalog/environment/catalog';
import type { Stack } from '../../catalog/kinds/registry';
import type { Attributes } from '../../terraform/state/state-file';
import type { Session } from '../session/session';

/**
 * How the driver finds an object of one resource type that a killed apply made and no state has. Each type that a kind makes has a row.
 */
export type LeftType = ImportedLeft | WrittenLeft | RepeatedLeft | ManualLeft;

/** An import block takes it into the state. */
export interface ImportedLeft {
  readonly how: 'import';
  /** By what an object is told from others of its type, as people say it. */
  readonly identity: string;
  /** What must be asked of the cloud. @default - nothing: the ids follow from the plan */
  readonly questions?: (target: LeftTarget) => readonly LeftQuestion[];
  /** Whether its ids are those of objects that exist, and not of what may exist. @default false */
  readonly lists?: true;
  /** Asks the server itself, where its provider has no data source. @returns ids */
  readonly look?: (target: LeftTarget, place: LeftPlace) => Promise<readonly string[]>;
  /**
   * The ids by which the provider imports the object, if it exists: what is not there, and what bears the tags of something else,
   * is found out by the import and left. Empty while they are not known.
   */
  readonly ids: (target: LeftTarget, known: LeftKnown) => readonly string[];
  /** Whether an object that has such an id was made by this stack. @default - it bears the tags that the plan gives it */
  readonly isOurs?: (found: Attributes, planned: Attributes) => boolean;
  /** The command that removes an object. @default - none is named */
  readonly remove?: (id: string) => string;
}

/** The provider can't import it: it is written into the state, as the provider would have. */
export interface WrittenLeft {
  readonly how: 'state';
  readonly identity: string;
  readonly questions?: (target: LeftTarget) => readonly LeftQuestion[];
  /** All its attributes; undefined where it does not exist, or that is not known yet. */
  readonly attributes: (target: LeftTarget, known: LeftKnown) => Attributes | undefined;
}

/** Nothing is to be found: making it once more leaves one object. */
export interface RepeatedLeft {
  readonly how: 'again';
  /** Why, as it reads after "making it again": `writes the same rules`. */
  readonly because: string;
}

/** It can't be found. Where the cloud refuses to make it again, somebody must remove it. */
export interface ManualLeft {
  readonly how: 'by hand';
  readonly because: string;
  /** The command that removes it. */
  readonly remove: string;
}

/** The table of a kind. */
export type LeftTypes = Readonly<Record<string, LeftType>>;

/** A resource that a plan creates. */
export interface LeftTarget {
  /** `aws_instance.Nodes["n1"]` */
  readonly address: string;
  readonly type: string;
  /** Its arguments, as far as Terraform knows them before the apply. */
  readonly planned: Attributes;
}

/** What is known while objects are looked for. */
export interface LeftKnown {
  /** The objects of a type that the state has, or that were found and are imported by the plan. */
  readonly objects: (type: string) => readonly Attributes[];
  /** The answer to a question; undefined where it was not asked, or nothing matched. */
  readonly answer: (question: LeftQuestion) => unknown;
}

/** Data sources whose answer tells ids. Equal questions are asked once. */
export interface LeftQuestion {
  /** Their arguments by type, one of each. `NAME` stands for the name that they get. */
  readonly data: Readonly<Record<string, Attributes>>;
  /** The expression of the answer: `${data.aws_eips.NAME.allocation_ids}`. */
  readonly value: string;
  /** Whether the data source fails where nothing matches. @default false */
  readonly failsWithout?: true;
}

/** Where a server is asked without a data source. */
export interface LeftPlace {
  readonly session: Session;
  readonly stack: Stack;
  readonly loaded: Loaded;
}
