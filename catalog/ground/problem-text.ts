import type { Problem, Statement } from './problem';

/** What a problem says, in one sentence: `must be an IPv4 address, got "10.0.0.256"`. */
export function statementText({ must, got, suggestion }: Statement): string {
  const found = got === undefined ? '' : `, got ${got}`;
  return `${must}${found}${suggestion === undefined ? '' : `; did you mean "${suggestion}"?`}`;
}

/** How to fix a problem, in one line; empty where nothing is known. */
export function fixText({ fix }: Pick<Problem, 'fix'>): string {
  return fix.join('; ');
}
