import type { Processes } from '../../base/process';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Kind, Stack } from '../../catalog/kinds/registry';
import type { Entries } from '../../catalog/out/entries';
import type { SecretReference } from '../../model/vault/secret-reference';
import type { Diagnostic, ResourceChange } from '../../terraform/messages';
import type { PlanEffect } from '../../terraform/plan/effect';
import type { PlannedOutputs } from '../../terraform/plan/planned-outputs';
import type { ScrubbedChange, ScrubbedPlan } from '../../terraform/plan/scrub';
import type { Finding } from '../report/finding';
import type { Folders } from '../session/folders';
import type { Initializer } from '../session/init';
import type { Session } from '../session/session';
import type { KindAdoption } from './adoption';
import type { KindDrift } from './drift';
import type { LeftTypes } from './left';
import type { KindNodes } from './nodes';
import type { KindRights } from './rights';
import type { Drawn, KindScene } from './scene';
import type { ServerTimes } from './server-times';
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
  readonly effects: (planned: Planned<K>) => readonly PlanEffect[];
  /** How long the cloud usually works on resources that take many minutes, by type: `30 to 60 minutes`. @default - none does */
  readonly usual?: Readonly<Record<string, string>>;
  /** How many resources Terraform works on at once, where what it asks takes only so many. @default - Terraform's own number */
  readonly parallelism?: number;
  /** A resource's change in a few words, where its attributes say it in many. @default - each attribute is listed */
  readonly valueWords?: (change: ScrubbedChange) => ValueWords | undefined;
  /** What a plan means that changes outputs alone. @default - the names of the outputs */
  readonly outputEffects?: (planned: ChangedOutputs) => readonly PlanEffect[];
  /** Lines about errors of the cloud whose cause is known. */
  readonly remedies: readonly Remedy[];
  /** Puts errors of one cause together. @default - each is shown by itself */
  readonly explain?: (errors: readonly Diagnostic[]) => Explained;
  /**
   * What Terraform needs in its environment for stacks of this kind. It is asked for once per run, before Terraform starts.
   *
   * @throws VaultError that names every reference which can't be read; Failure
   */
  readonly credentials?: (session: CredentialSession, loaded: Loaded) => Promise<VariableChange>;
  /**
   * Makes ready what Terraform needs outside of its environment, once per run and before Terraform starts. It may ask the user.
   *
   * @param stacks - of this kind, those that were chosen
   * @throws Failure, Declined
   */
  readonly makeReady?: (session: Session, loaded: Loaded, stacks: readonly Stack<K>[]) => Promise<void>;
  /**
   * Variables that each plan of a stack needs, in its environment only: values that stand in no file which Terraform reads. An
   * apply takes them from its saved plan. They are asked for after the stack's `terraform init`.
   *
   * @default - the new keys of a rotation, in `TF_VAR_preshared_keys`
   * @throws Failure; no key is in its message
   */
  readonly planVariables?: (planning: Planning<K>) => Promise<NodeJS.ProcessEnv>;
  /** Secrets that an apply keeps in the catalog's Vault, beside the keys of connections. @default - none */
  readonly storedSecrets?: (loaded: Loaded) => readonly SecretReference[];
  /** What `doctor` checks for stacks of this kind beside what it checks for all: whose credentials they are, and whether they fit. */
  readonly checks?: (examination: KindExamination) => Promise<readonly Finding[]>;
  /** The kind's provider, and how large its unpacked package is. Absent where Terraform has it built in. */
  readonly provider?: { readonly source: string; readonly megabytes: number };
  /** A service of the cloud that answers with the address from which it is asked; nobody is asked unless the user names it. */
  readonly outsideAddress?: string;
  /** Refuses a plan that would destroy what this catalog, or another one of the folder, goes on to need. @throws Failure */
  readonly refuseLoss?: (loss: PossibleLoss<K>) => void;
  /**
   * Looks at what a plan writes for the first time, where that would silently replace what somebody else made there.
   *
   * @returns what else the plan does
   * @throws Failure where it must not be written
   */
  readonly lookBefore?: (writes: FirstWrites<K>) => Promise<readonly PlanEffect[]>;
  /**
   * Why a saved plan of a stack can't be used though its configuration is the same, as a clause; undefined where it can: its variables
   * come from the catalog, too.
   */
  readonly whyStale?: (asked: Applying<K>) => string | undefined;
  /**
   * Writes outside of Terraform what an apply of a stack needs: after the user's yes, just before Terraform starts, and never before a
   * destruction.
   *
   * @throws Failure, VaultError: then Terraform is not started
   */
  readonly beforeApply?: (applying: Applying<K>) => Promise<void>;
  /**
   * Hands the entries to those that read them, when an apply has written them here.
   *
   * @returns what is left to be done by hand
   * @throws Failure
   */
  readonly afterEntries?: (written: WrittenEntries<K>) => Promise<readonly HandSteps[]>;
  /**
   * Removes outside of Terraform what a stack needed, when its resources are destroyed.
   *
   * @returns lines about what stays
   * @throws Failure
   */
  readonly afterDestroy?: (destroyed: Destroyed<K>) => Promise<readonly string[]>;
  /** Looks for the cause of a failed apply where the errors do not tell it. @returns lines below the errors, not masked yet */
  readonly afterFailure?: (failed: FailedApply<K>) => Promise<readonly string[]>;
  /** Says what a user needs to know after an apply. @throws TerraformError */
  readonly afterApply?: (session: Session, loaded: Loaded, initializer: Initializer) => Promise<void>;
  /** How what exists becomes a stack of this kind. Absent where nothing can be imported. */
  readonly adoption?: KindAdoption;
  /** How what a killed apply made is found, by resource type: each type of the kind has a row. Absent where nothing is looked for. */
  readonly left?: LeftTypes;
  /** The rights that the credentials of its stacks need. Absent where its provider's rights are another's matter. */
  readonly rights?: KindRights;
  /** How drift is looked for beside what Terraform compares. @default - it is not */
  readonly drift?: KindDrift;
  /** What a picture shows of a stack. @default - the network that the catalog has, the nodes of its group, or its name alone */
  readonly scene?: (drawn: Drawn, stack: Stack<K>) => KindScene;
  /** What a picture shows of the kind where the environment has no stack of it: what exists already. @default - nothing */
  readonly existingScene?: (drawn: Drawn) => KindScene;
  /** Absent where its stacks have no tunnels. */
  readonly tunnels?: KindTunnels;
  /** Absent where its stacks have no node groups. */
  readonly nodes?: KindNodes;
}

/** A stack that is about to be planned. */
export interface Planning<K extends Kind> {
  readonly session: Session;
  readonly initializer: Initializer;
  readonly stack: Stack<K>;
  readonly loaded: Loaded;
  /** Whether its destruction is planned. */
  readonly destroy: boolean;
  /** Pre-shared keys that are to take the place of those that are applied, by inside CIDR. Only a rotation has any. */
  readonly newKeys: Readonly<Record<string, string>>;
  /** The rotation of this stack's network that an earlier run began and did not finish. Its key may be at the cloud. */
  readonly begun?: BegunKey;
}

/** A key that an unfinished rotation made. */
export interface BegunKey {
  /** The key that the network had when it was made: `aws/default`. */
  readonly network: string;
  readonly insideCidr: string;
  readonly key: string;
}

/** A plan that may destroy what is needed. */
export interface PossibleLoss<K extends Kind> {
  readonly session: Session;
  readonly stack: Stack<K>;
  readonly loaded: Loaded;
  readonly resources: readonly ResourceChange[];
  /** Whether the stacks that were chosen are destroyed. */
  readonly destroy: boolean;
}

/** A plan before anything of it is written. */
export interface FirstWrites<K extends Kind> {
  readonly session: Session;
  readonly stack: Stack<K>;
  readonly loaded: Loaded;
  /** What the plan file says; it is read when it is asked for. */
  readonly changes: () => Promise<readonly ScrubbedChange[]>;
}

/** A stack of which a plan is about to be applied. */
export interface Applying<K extends Kind> {
  readonly session: Session;
  readonly stack: Stack<K>;
  readonly loaded: Loaded;
}

/** A stack that is applied, and the entries that were written. */
export interface WrittenEntries<K extends Kind> extends Applying<K> {
  readonly entries: Entries;
  /** What this run changed of the stack; nothing where it was as the catalog says. */
  readonly resources: readonly ResourceChange[];
}

/** A stack that is destroyed. */
export interface Destroyed<K extends Kind> extends Applying<K> {
  /** Its outputs before, as its plan has them. */
  readonly outputs: PlannedOutputs;
}

/** A stack whose apply failed. */
export interface FailedApply<K extends Kind> extends Applying<K> {
  readonly errors: readonly Diagnostic[];
}

/** What is left to be done on a host by hand, in this order. */
export interface HandSteps {
  readonly host: string;
  readonly steps: readonly string[];
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

/** The parts of a run from which credentials come. */
export type CredentialSession = Pick<Session, 'simulated' | 'vaults'>;

/** What checks of credentials are given. */
export interface CredentialExamination {
  readonly loaded: Loaded;
  readonly simulated: boolean;
  /** Those of Terraform's process. */
  readonly variables: NodeJS.ProcessEnv;
  /** Whether the kind's credentials could not be read, so that they are not among the variables. */
  readonly withheld: boolean;
  /** Aborted by the first Ctrl-C. */
  readonly stop: AbortSignal;
  /** Is told the time that servers send with their answers. */
  readonly times: ServerTimes;
}

/** What a kind's checks are given. */
export interface KindExamination extends CredentialExamination {
  readonly processes: Processes;
  readonly folders: Folders;
}

/** The outputs that one stack's plan changes. */
export interface ChangedOutputs {
  readonly names: readonly string[];
  /** Before and after, of those that are not sensitive. */
  readonly values: ScrubbedPlan['outputValues'];
}

/** Makes the variables of Terraform's process from those of this one. */
export type VariableChange = (variables: NodeJS.ProcessEnv) => NodeJS.ProcessEnv;

/** Errors, of which those of one cause are put together. */
export interface Explained {
  /** What they say together, and what to do. */
  readonly lines: readonly string[];
  /** The others. */
  readonly rest: readonly Diagnostic[];
}

/** What to do about an error, as one line. */
export interface Remedy {
  readonly error: RegExp;
  /** As it is, or made of what the error names. */
  readonly line: string | ((error: string) => string);
}
