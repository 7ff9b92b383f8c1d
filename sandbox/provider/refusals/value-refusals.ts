import type { Demand } from '../value-rules';
import { DEMANDS } from './demands';
import { rendered } from './template';

type Check = (value: string) => boolean;

/** The checks behind messages, by the provider's own demands: to find one takes all patterns, and a type has many messages. */
const CHECKS = new WeakMap<readonly Demand[], Map<string, Check>>();

/** Whether a value satisfies the demand behind a recorded message. A message of an unknown kind refuses nothing. */
function checkBehind(template: string, own: readonly Demand[]): Check {
  const known = CHECKS.get(own) ?? new Map<string, Check>();
  CHECKS.set(own, known);
  const check = known.get(template) ?? newCheck(template, own);
  known.set(template, check);
  return check;
}

function newCheck(template: string, own: readonly Demand[]): Check {
  for (const [message, holds] of [...own, ...DEMANDS]) {
    const match = template.match(message);
    if (match !== null) return (value) => holds(value, match);
  }
  return () => true;
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
    .filter((template) => !checkBehind(template, own)(String(value)))
    .map((template) => rendered(template, { name, value }));
}
