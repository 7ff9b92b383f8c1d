/** The numbers of a version; a part that is not there is 0 in a comparison. */
function numbersOf(version: string): readonly number[] {
  return version
    .replace(/[-+].*$/, '')
    .split('.')
    .map(Number);
}

function compare(one: readonly number[], other: readonly number[]): number {
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    const difference = (one[at] ?? 0) - (other[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** `~> 6.1` permits what begins with 6 and is at least 6.1; `~> 6.1.2` what begins with 6.1. */
function isPessimistic(version: readonly number[], bound: readonly number[]): boolean {
  const fixed = bound.slice(0, Math.max(1, bound.length - 1));
  return compare(version, bound) >= 0 && fixed.every((number, at) => version[at] === number);
}

/**
 * Whether a version satisfies a constraint of `required_providers`, such as `>= 5.0, < 7.0`. A part that is no constraint is
 * satisfied: Terraform refuses it itself.
 */
export function satisfies(version: string, constraint: string): boolean {
  const actual = numbersOf(version);
  return constraint.split(',').every((part) => {
    const [, operator = '', text = ''] = /^\s*(=|!=|>=?|<=?|~>)?\s*v?(\d[\w.+-]*)\s*$/.exec(part) ?? [];
    if (text === '') return true;
    const bound = numbersOf(text);
    const order = compare(actual, bound);
    switch (operator) {
      case '>':
        return order > 0;
      case '>=':
        return order >= 0;
      case '<':
        return order < 0;
      case '<=':
        return order <= 0;
      case '!=':
        return order !== 0;
      case '~>':
        return isPessimistic(actual, bound);
      default:
        return order === 0;
    }
  });
}
