import type { Where } from './problem';
import type { Severity } from './severity';

/** What an environment allows, and which findings of rules refuse or are accepted. An apply passes its ceilings only after a confirmation of their own. */
export interface Policy {
  /** Whether an apply must name the review that it rests on. */
  readonly requireReview: boolean;
  /** Of all node groups together. @default - none */
  readonly maxNodes?: number;
  /** Of all nodes whose price the catalog says, in US dollars. @default - none */
  readonly maxPricePerHour?: number;
  /** A finding of this severity, or of a worse one, refuses an apply. @default - none does */
  readonly floor?: Severity;
  /** Findings that are accepted; the first that fits one counts. */
  readonly accept: readonly Acceptance[];
}

/** A finding that is known, and why it may stay. */
export interface Acceptance {
  /** The rule's id: `KKH-NET-04`, `CKV_AWS_88`. */
  readonly rule: string;
  /** Which findings of the rule: a stack, a stack with an address behind a slash, or a path of the catalog; `*` stands for anything. */
  readonly where: string;
  readonly reason: string;
  /** The last day on which it counts, `2027-03-31`. @default - it has no end */
  readonly until?: string;
  /** Where it stands, and where its end does. */
  readonly at: Where;
  readonly untilAt: Where;
}
