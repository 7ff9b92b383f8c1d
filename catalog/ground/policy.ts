/** Ceilings of an environment, which an apply passes only after a confirmation of its own. */
export interface Policy {
  /** Of all node groups together. @default - none */
  readonly maxNodes?: number;
  /** Of all nodes whose price the catalog says, in US dollars. @default - none */
  readonly maxPricePerHour?: number;
}
