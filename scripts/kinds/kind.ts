import type { Catalog, Loaded } from '../../catalog/environment/catalog';
import type { Kind, Stack } from '../../catalog/kinds/registry';
import type { ResourceChange } from '../../terraform/messages';
import type { ScrubbedChange, ScrubbedPlan } from '../../terraform/plan/scrub';
import type { Initializer } from '../session/init';
import type { Session } from '../session/session';
import type { KindTunnels } from './tunnels';

/** What the driver does for a kind of stack beside running Terraform. */
export interface DriverKind<K extends Kind> {
  /** The cloud or server, as people call it: `AWS`. */
  readonly title: string;
  /**
   * The type of the resource without which nothing of a stack is there, for instance its network. A plan that creates or
   * deletes it, and does nothing else, is described from the catalog alone.
   */
  readonly mainType?: string;
  /** Attributes that the cloud changes by itself, by the type of the resource: a difference in them is no drift. */
  readonly telemetry: Readonly<Record<string, readonly string[]>>;
  /** What a plan with changes means, the most hurtful first. */
  readonly sentences: (planned: Planned<K>) => readonly string[];
  /** A resource's change in a few words, where its attributes say it in many. @default - each attribute is listed */
  readonly valueWords?: (change: ScrubbedChange) => ValueWords | undefined;
  /** What a plan means that changes outputs alone. @default - the names of the outputs */
  readonly outputSentences?: (planned: PlannedOutputs) => readonly string[];
  /** Lines about errors of the cloud whose cause is known. */
  readonly remedies: readonly Remedy[];
  /**
   * What Terraform needs in its environment for stacks of this kind. It is asked for once per run, before Terraform starts.
   *
   * @throws VaultError that names every reference which can't be read; Failure
   */
  readonly credentials?: (session: Session, loaded: Loaded) => Promise<VariableChange>;
  /** Refuses a plan that would destroy what the catalog goes on to need. @throws Failure */
  readonly refuseLoss?: (catalog: Catalog, resources: readonly ResourceChange[]) => void;
  /** Says what a user needs to know after an apply. @throws TerraformError */
  readonly afterApply?: (session: Session, loaded: Loaded, initializer: Initializer) => Promise<void>;
  /** Absent where its stacks have no tunnels. */
  readonly tunnels?: KindTunnels;
}

/** A change of one resource in a few words. */
export interface ValueWords {
  /** `crypto compatible → modern`, `tcp 22 from 10.0.2.0/24`: without the resource's address. */
  readonly words: readonly string[];
  /** The attributes that the words tell. */
  readonly told: readonly string[];
}

/** One stack's plan with changes. */
export interface Planned<K extends Kind> {
  readonly stack: Stack<K>;
  readonly loaded: Loaded;
  /** What Terraform's messages say. */
  readonly resources: readonly ResourceChange[];
  /** What the plan file says; absent where the plan creates or deletes the whole stack, and nothing drifted. */
  readonly details?: ScrubbedPlan;
}

/** The outputs that one stack's plan changes. */
export interface PlannedOutputs {
  readonly names: readonly string[];
  /** Before and after, of those that are not sensitive. */
  readonly values: ScrubbedPlan['outputValues'];
}

/** Makes the variables of Terraform's process from those of this one. */
export type VariableChange = (variables: NodeJS.ProcessEnv) => NodeJS.ProcessEnv;

/** What to do about an error, as one line. */
export interface Remedy {
  readonly error: RegExp;
  readonly line: string;
}
