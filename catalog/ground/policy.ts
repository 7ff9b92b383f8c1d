/** What an environment allows. An apply passes its ceilings only after a confirmation of their own. */
export interface Policy {
  /** Whether an apply must name the review that it rests on. */
  readonly requireReview: boolean;
  /** Of all node groups together. @default - none */
  readonly maxNodes?: number;
  /** Of all nodes whose price the catalog says, in US dollars. @default - none */
  readonly maxPricePerHour?: number;
}
