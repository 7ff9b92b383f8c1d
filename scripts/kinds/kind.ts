import type { Catalog, Loaded } from '../../catalog/environment/catalog';
import type { Kind, Stack } from '../../catalog/kinds/registry';
import type { ResourceChange } from '../../terraform/messages';
import type { ScrubbedPlan } from '../../terraform/plan/scrub';
import type { Finding } from '../report/finding';
import type { Initializer } from '../session/init';
import type { Session } from '../session/session';
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
  readonly sentences: (planned: Planned<K>) => readonly string[];
  /** Lines about errors of the cloud whose cause is known. */
  readonly remedies: readonly Remedy[];
  /**
   * What Terraform needs in its environment for stacks of this kind. It is asked for once per run, before Terraform starts.
   *
   * @throws VaultError that names every reference which can't be read; Failure
   */
  readonly credentials?: (session: CredentialSession, loaded: Loaded) => Promise<VariableChange>;
  /** What `doctor` checks for stacks of this kind beside what it checks for all: whose credentials they are, and whether they fit. */
  readonly checks?: (examination: KindExamination) => Promise<readonly Finding[]>;
  /** How large the unpacked package of the kind's provider is. */
  readonly provider: { readonly source: string; readonly megabytes: number };
  /** A service of the cloud that answers with the address from which it is asked; nobody is asked unless the user names it. */
  readonly outsideAddress?: string;
  /** Refuses a plan that would destroy what the catalog goes on to need. @throws Failure */
  readonly refuseLoss?: (catalog: Catalog, resources: readonly ResourceChange[]) => void;
  /** Says what a user needs to know after an apply. @throws TerraformError */
  readonly afterApply?: (session: Session, loaded: Loaded, initializer: Initializer) => Promise<void>;
  /** Absent where its stacks have no tunnels. */
  readonly tunnels?: KindTunnels;
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

/** What a kind's checks are given. */
export interface KindExamination {
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

/** Makes the variables of Terraform's process from those of this one. */
export type VariableChange = (variables: NodeJS.ProcessEnv) => NodeJS.ProcessEnv;

/** What to do about an error, as one line. */
export interface Remedy {
  readonly error: RegExp;
  readonly line: string;
}
