import type { Alternatives, Demand } from '../value-rules';
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

/** The messages that remain where a value may satisfy one of two groups of demands. */
function afterAlternatives(refused: readonly string[], groups: Alternatives): readonly string[] {
  const isSatisfied = groups.some((group) => !refused.some((template) => group.test(template)));
  return isSatisfied ? refused.filter((template) => !groups.some((group) => group.test(template))) : refused;
}

/**
 * The provider's messages about a value.
 *
 * @param templates the recorded messages about the argument. @param name the argument, as messages write it.
 * @param own the demands that only this provider makes. @param groups groups of demands of which one suffices. @default - none
 */
export function refusalsOf(
  templates: readonly string[],
  name: string,
  value: string | number,
  own: readonly Demand[],
  groups?: Alternatives,
): readonly string[] {
  const refused = templates.filter((template) => !checkBehind(template, own)(String(value)));
  const left = groups === undefined ? refused : afterAlternatives(refused, groups);
  return left.map((template) => rendered(template, { name, value }));
}
