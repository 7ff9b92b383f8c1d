import type { Where } from './problem';

/** Drift that the catalog expects, and that no report counts. */
export interface DriftIgnore {
  /** Addresses of resources, in which `*` stands for anything: `terraform_data.*`. */
  readonly address: string;
  /** One attribute. @default - all of them, and the object's deletion */
  readonly attribute?: string;
  readonly reason: string;
  /** The last day on which it counts: `2027-03-31`. @default - it has no end */
  readonly until?: string;
  readonly where: Where;
}
