import { UsageError } from '../../base/errors';
import type { Unit } from '../../catalog/ground/units';

/**
 * The units whose ids match one of the globs (`*`, `?`, `[a-z]`); all, without a glob.
 *
 * @throws {@link UsageError} for a glob that matches none
 */
export function selectUnits(units: readonly Unit[], globs: readonly string[]): readonly Unit[] {
  if (globs.length === 0) return units;
  const patterns = globs.map((glob) => {
    const pattern = globPattern(glob);
    if (!units.some((unit) => pattern.test(unit.id))) {
      throw new UsageError(`--unit: "${glob}" matches none of ${units.map((unit) => unit.id).join(', ')}`);
    }
    return pattern;
  });
  return units.filter((unit) => patterns.some((pattern) => pattern.test(unit.id)));
}

function globPattern(glob: string): RegExp {
  const source = glob.replace(/\[!?[\w-]+\]|[\s\S]/g, (part) => {
    if (part === '*') return '.*';
    if (part === '?') return '.';
    if (part.length > 1) return part.replace('[!', '[^');
    return part.replace(/[.+^${}()|[\]\\/]/g, '\\$&');
  });
  return new RegExp(`^${source}$`);
}
