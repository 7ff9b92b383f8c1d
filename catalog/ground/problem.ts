/** Where a value stands in a file; both counted from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Column after its last character, on the same line. */
  readonly endColumn: number;
}

/** Something wrong, or doubtful, with a catalog. */
export interface Problem {
  /** A note is no doubt: it is told in one line. */
  readonly severity: 'error' | 'warning' | 'note';
  /** Stable and kebab-case: what tests and `--json` go by. */
  readonly code: string;
  /** `aws.default.create.vpc_cidr`; empty for a whole file. */
  readonly path: string;
  /** What must hold, and what was found; never a secret. */
  readonly message: string;
  /** How to mend it. */
  readonly mend?: string;
  readonly position?: Position;
  /** The other environment that the problem is about, where it is one. */
  readonly neighbour?: string;
}

/** A catalog that can't be used. Holds every problem of all its files, also the warnings, in file order. */
export class CatalogError extends Error {
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((problem) => problem.message).join('\n'));
    this.name = 'CatalogError';
  }
}
