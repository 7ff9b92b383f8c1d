import type { Json, JsonMap } from '../../catalog/ground/json';

/** For what credentials are: `drift` only reads, `plan` also locks states and looks for tags, `apply` makes, changes and removes. */
export const PURPOSES = ['plan', 'apply', 'drift'] as const;

export type Purpose = (typeof PURPOSES)[number];

/** The rights that the provider's calls for one type need, in the cloud's own words. Types of one cloud have one table. */
export interface TypeRights {
  /** To read one: what a refresh, a plan and a data source call. */
  readonly read: readonly string[];
  /** To make, change and remove one; with those to read. @default - none: a data source */
  readonly write?: readonly string[];
  /** What more is needed where the configuration has an argument, by its name. @default - nothing */
  readonly given?: Readonly<Record<string, TypeRights>>;
}

/** The rights of a cloud. */
export interface KindRights {
  /** What is printed: `AWS: an IAM policy`. */
  readonly title: string;
  /** By resource type; data sources by `data.` and their type. Each type that the kinds make has a row. */
  readonly types: Readonly<Record<string, TypeRights>>;
  /** The documents that together grant what is needed, as the cloud takes them; each within its limits. */
  readonly documents: (asked: AskedRights) => readonly Json[];
  /** What the document can't say, as sentences. */
  readonly remarks: readonly string[];
  /** The type of the backend whose states lie in this cloud. */
  readonly backend: string;
  /** Asks the cloud what the credentials may do of that. */
  readonly check: (examined: ExaminedRights) => Promise<readonly RightsVerdict[]>;
}

/** What rights are asked for. */
export interface AskedRights {
  readonly environment: string;
  readonly purpose: Purpose;
  /** The resources and data sources of the cloud, of all stacks. */
  readonly needs: readonly RightsNeed[];
  /** The backends of states in this cloud, each stack's own. */
  readonly states: readonly JsonMap[];
}

/** What one resource or data source needs. */
export interface RightsNeed {
  /** `aws_vpc`, `data.aws_ami` */
  readonly type: string;
  /** The arguments, in which references are expressions. */
  readonly values: JsonMap;
  /** The provider's configuration in its stack. */
  readonly provider: JsonMap;
  readonly actions: readonly string[];
}

/** Rights that are to be compared with those that the credentials have. */
export interface ExaminedRights extends AskedRights {
  readonly ask: AskCloud;
}

/**
 * Asks a cloud by data sources, as a stack's provider: with its credentials, endpoints and roles.
 *
 * @returns the values, by their names
 * @throws TerraformError
 */
export type AskCloud = (asked: AskedCloud) => Promise<Readonly<Record<string, unknown>>>;

export interface AskedCloud {
  /** Arguments, by the data sources' types and names. */
  readonly data: Readonly<Record<string, Readonly<Record<string, JsonMap>>>>;
  /** Expressions, by the names of the values. */
  readonly values: Readonly<Record<string, string>>;
  /** The provider's arguments in the place of those of the stack. @default - the stack's own */
  readonly provider?: JsonMap;
}

/** What the credentials may do of what a document grants. */
export interface RightsVerdict {
  /** What they are for: `AWS`, `AWS, states`. */
  readonly subject: string;
  /** Who they are. @default - not known */
  readonly principal?: string;
  /** How many of the rights they have. */
  readonly allowed: number;
  readonly missing: readonly MissingRight[];
  /** What is not known, and why: a clause for each. */
  readonly unknown: readonly string[];
  /** Why nobody is asked for a single right: the credentials themselves are refused. */
  readonly refused?: string;
  /** What the answer leaves out, as a sentence. */
  readonly limits?: string;
  /** What grants the missing ones. @default - the printed document */
  readonly remedy?: string;
}

/** A right that the credentials lack. */
export interface MissingRight {
  readonly right: string;
  readonly on: string;
}
