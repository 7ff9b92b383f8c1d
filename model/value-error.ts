/** What the user can do about a refused value. */
export interface ValueAdvice {
  /** The value that was probably meant. */
  readonly suggestion?: string | undefined;
  /** What to write or do instead, as a clause. */
  readonly fix?: string | undefined;
}

/** A text is not the value that it should be. */
export class ValueError extends Error {
  override readonly name: string = 'ValueError';
  readonly suggestion: string | undefined;
  readonly fix: string | undefined;

  /**
   * @param expected what the value must be, for instance `an IPv4 address`
   * @param got the refused text; never a secret
   */
  constructor(
    readonly expected: string,
    readonly got: string,
    { suggestion, fix }: ValueAdvice = {},
  ) {
    const meant = suggestion === undefined ? '' : `; did you mean "${suggestion}"?`;
    super(`must be ${expected}, got ${JSON.stringify(got)}${meant}${fix === undefined ? '' : `; ${fix}`}`);
    this.suggestion = suggestion;
    this.fix = fix;
  }
}
