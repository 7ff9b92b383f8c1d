import type { Scene } from '../draw/scene';
import type { RuleFinding } from '../rules/finding';
import type { BothEnds } from './both-ends';
import type { Origin, StackRecord } from './record/record';

/** What the records of one environment say together, from however many machines they come. It is what every page shows. */
export interface Review {
  readonly environment: string;
  /** Where the records come from; they all agree on it, but for the time, which is that of the newest. */
  readonly origin: Origin;
  /** Whether the plans destroy what there is. @default false */
  readonly destroys?: true;
  /** Of all its plans, as `apply --reviewed` takes it: `k1:…`. @default - the review is not complete */
  readonly digest?: string;
  /** A record for each stack, in the order in which the catalog has them. Of an incomplete review, those that are there. */
  readonly stacks: readonly StackRecord[];
  /** Why this is not the whole: a missing record, one of another origin, a damaged one. Empty where it is. */
  readonly problems: readonly ReviewProblem[];
  /** What changes at the gateway and for the controller. */
  readonly ends: BothEnds;
  /** Remarks about several stacks together. */
  readonly notes: readonly string[];
  /** Findings about the catalog as a whole; those about resources are in the stacks' records. */
  readonly findings: readonly RuleFinding[];
  readonly requireReview: boolean;
  /** The severity from which a finding refuses an apply. @default - none does */
  readonly floor?: string;
  /** What a picture of the environment shows. @default - none is drawn */
  readonly scene?: Scene;
}

/** Why records do not make a whole review, and what to do about it. */
export interface ReviewProblem {
  readonly kind:
    | 'missing'
    | 'mixed'
    | 'other origin'
    | 'doubled'
    | 'damaged'
    | 'unknown version'
    | 'failed'
    | 'no environment';
  /** What is wrong, with the file or the stack, as a sentence without a full stop. */
  readonly text: string;
  /** What to do, as a sentence without a full stop. */
  readonly help: string;
}
