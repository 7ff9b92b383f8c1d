import type { Demand } from '../value-rules';
import { DEMANDS } from './demands';
import { rendered } from './template';

/** Whether a value satisfies the demand behind a recorded message. A message of an unknown kind refuses nothing. */
function satisfies(template: string, value: string, own: readonly Demand[]): boolean {
  for (const [message, holds] of [...own, ...DEMANDS]) {
    const match = template.match(message);
    if (match !== null) return holds(value, match);
  }
  return true;
}

/**
 * The provider's messages about a value.
 *
 * @param templates the recorded messages about the argument. @param name the argument, as messages write it.
 * @param own the demands that only this provider makes
 */
export function refusalsOf(
  templates: readonly string[],
  name: string,
  value: string | number,
  own: readonly Demand[],
): readonly string[] {
  return templates
    .filter((template) => !satisfies(template, String(value), own))
    .map((template) => rendered(template, { name, value }));
}
