/** The pre-shared keys that a cloud takes. */
export interface KeyForm {
  readonly pattern: RegExp;
  /** The same as a noun phrase for messages: `a pre-shared key of 8 to 64 letters`. */
  readonly expected: string;
}
