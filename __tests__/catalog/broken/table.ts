/** A catalog with something wrong in it, and exactly what is said about that. */
export interface Broken {
  readonly name: string;
  /** The whole file; @default - the good catalog with the changes, and what is added at its end */
  readonly text?: string;
  readonly changes?: readonly (readonly [from: string, to: string])[];
  readonly added?: string;
  /** `line:column-endColumn code path: message | mend`, in order. */
  readonly problems: readonly string[];
}
