import type { Problem } from './problem';
import { statementText } from './problem-text';

/** A catalog that can't be used. Holds every problem of all its files, also the warnings, in file order. */
export class CatalogError extends Error {
  override readonly name = 'CatalogError';

  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(statementText).join('\n'));
  }
}
