import { ValueError } from '../../model/value-error';

type Version = readonly [number, number, number];

const PART = /^(=|!=|>=|<=|>|<|~>)?\s*v?(\d+)(?:\.(\d+))?(?:\.(\d+))?$/;
const LOWER = new Set(['=', '>=', '>', '~>']);

/**
 * The smallest version that a Terraform version constraint allows, or undefined where it has none.
 *
 * @throws {@link ValueError} for what is no constraint, and for one that allows nothing
 */
export function lowerBound(constraint: string): Version | undefined {
  let lower: Version | undefined;
  let upper: { readonly version: Version; readonly inclusive: boolean } | undefined;
  const lowerTo = (version: Version): void => {
    if (!lower || compareVersions(version, lower) > 0) lower = version;
  };
  const upperTo = (version: Version, inclusive: boolean): void => {
    if (!upper || compareVersions(version, upper.version) < 0) upper = { version, inclusive };
  };
  for (const part of constraint.split(',')) {
    const match = PART.exec(part.trim());
    if (!match) throw new ValueError("a version constraint like '>= 5.100.0, < 7.0.0'", constraint);
    const operator = match[1] ?? '=';
    const version: Version = [Number(match[2]), Number(match[3] ?? 0), Number(match[4] ?? 0)];
    if (LOWER.has(operator)) lowerTo(operator === '>' ? [version[0], version[1], version[2] + 1] : version);
    if (operator === '=' || operator === '<=') upperTo(version, true);
    if (operator === '<') upperTo(version, false);
    if (operator === '~>')
      upperTo(match[4] === undefined ? [version[0] + 1, 0, 0] : [version[0], version[1] + 1, 0], false);
  }
  if (lower && upper) {
    const order = compareVersions(lower, upper.version);
    if (order > 0 || (order === 0 && !upper.inclusive)) {
      throw new ValueError('a version constraint that some version fulfils', constraint);
    }
  }
  return lower;
}

/** Whether every version that the constraint allows is at least the given one. */
export function isAtLeast(constraint: string, version: string): boolean {
  const lower = lowerBound(constraint);
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  return lower !== undefined && compareVersions(lower, [major, minor, patch]) >= 0;
}

/** Whether a constraint allows a released version: `5.100.0`. @throws {@link ValueError} for what is no constraint */
export function admits(constraint: string, version: string): boolean {
  const parts = version.split(/[-+]/)[0]?.split('.').map(Number) ?? [];
  const own: Version = [parts[0] ?? 0, parts[1] ?? 0, parts[2] ?? 0];
  return constraint.split(',').every((part) => {
    const match = PART.exec(part.trim());
    if (!match) throw new ValueError("a version constraint like '>= 5.100.0, < 7.0.0'", constraint);
    const named: Version = [Number(match[2]), Number(match[3] ?? 0), Number(match[4] ?? 0)];
    const order = compareVersions(own, named);
    const next: Version = match[4] === undefined ? [named[0] + 1, 0, 0] : [named[0], named[1] + 1, 0];
    switch (match[1] ?? '=') {
      case '=':
        return order === 0;
      case '!=':
        return order !== 0;
      case '>=':
        return order >= 0;
      case '<=':
        return order <= 0;
      case '>':
        return order > 0;
      case '<':
        return order < 0;
      default:
        return order >= 0 && compareVersions(own, next) < 0;
    }
  });
}

function compareVersions(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}
