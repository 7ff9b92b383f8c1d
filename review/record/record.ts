import type { Position } from '../../catalog/ground/problem';
import type { Scene } from '../../draw/scene';
import type { RuleFinding } from '../../rules/finding';
import type { StackPlan } from '../../terraform/plan/stack-plan';
import type { BothEnds } from '../both-ends';
import type { NormalPlan } from './normal-plan';

/** Where the records of one run come from. Records of different origins do not make one review. */
export interface Origin {
  /** The full id of the commit. @default - the project is in no repository */
  readonly commit?: string;
  /** Whether files of the project differ from the commit. */
  readonly dirty: boolean;
  /** SHA-256 of the catalog with all files that it extends, and of its lock. */
  readonly catalog: string;
  readonly lock: string;
  readonly kakehashi: string;
  /** `terraform 1.11.4`. */
  readonly terraform: string;
  /** Versions by source, `hashicorp/aws`: of a stack those that it uses, of an environment those of all its stacks here. */
  readonly providers: Readonly<Record<string, string>>;
  readonly simulated: boolean;
  /** When it was made, in UTC by ISO 8601. */
  readonly made: string;
}

/** What all records of an environment have. */
interface RecordHead {
  readonly version: 1;
  readonly environment: string;
  readonly origin: Origin;
  /** The ids of all stacks of the environment at this commit, so that a missing record is noticed. */
  readonly stacks: readonly string[];
  /** Those of them that the run was told to plan, with `--stack`. @default - all of them */
  readonly chosen?: readonly string[];
  /** The part of these that the run planned: `2/5`. @default - all of them */
  readonly shard?: string;
}

/** The review record of one stack: its plan, normalised and masked. It is no plan file, and holds no secret. */
export interface StackRecord extends RecordHead {
  readonly record: 'stack';
  readonly stack: string;
  readonly kind: string;
  /** The stacks that must be applied before. */
  readonly requires: readonly string[];
  readonly outcome: PlannedOutcome | DeferredOutcome | FailedOutcome;
}

export interface PlannedOutcome {
  readonly kind: 'planned';
  /** Of the plan's meaning, with the version of its algorithm: `k1:…`. */
  readonly digest: string;
  readonly plan: NormalPlan;
  /** What the plan means. */
  readonly summary: StackPlan;
  readonly findings: readonly RuleFinding[];
  /** Where the catalog says what each resource is, by address. */
  readonly positions: Readonly<Record<string, Position>>;
}

export interface DeferredOutcome {
  readonly kind: 'deferred';
  /** The stacks that it waits for. */
  readonly because: readonly string[];
}

export interface FailedOutcome {
  readonly kind: 'failed';
  /** The error's lines, masked. */
  readonly lines: readonly string[];
}

/** What a run found out about an environment as a whole. */
export interface EnvironmentRecord extends RecordHead {
  readonly record: 'environment';
  /** What changes at the gateway and for the controller, as far as this run's plans tell. */
  readonly ends: BothEnds;
  /** Remarks about several stacks together. */
  readonly notes: readonly string[];
  /** Findings about the catalog as a whole. */
  readonly findings: readonly RuleFinding[];
  /** Whether an apply needs a review. */
  readonly requireReview: boolean;
  /** The severity from which a finding refuses an apply. @default - none does */
  readonly floor?: string;
  /** What a picture of the environment shows. @default - none is drawn */
  readonly scene?: Scene;
}

export type ReviewRecord = StackRecord | EnvironmentRecord;

/** The record of a stack as its file has it. */
export interface SealedStack extends StackRecord {
  /** Of all else in it, with the version of its algorithm: `s1:…`. */
  readonly seal: string;
}

/** The record of an environment as its file has it. */
export interface SealedEnvironment extends EnvironmentRecord {
  readonly seal: string;
  /** Those of the stacks' records that the same run wrote, by stack. */
  readonly seals: Readonly<Record<string, string>>;
}

export type SealedRecord = SealedStack | SealedEnvironment;
