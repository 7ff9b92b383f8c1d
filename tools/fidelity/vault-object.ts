import type { ObjectValue } from '../../sandbox/protocol/values';
import type { Made, ScenarioObject } from './states';

/** The time to live that the objects have, in seconds. */
export const HOUR = 3600;

/**
 * An object of Vault to make.
 *
 * @param type the resource type, without `vault_`
 * @param changed the arguments of a change in place. @default - none is tried
 */
export function object(
  label: string,
  type: string,
  configuration: ObjectValue | ((made: Made) => ObjectValue),
  changed?: ObjectValue,
): ScenarioObject {
  return {
    label,
    type: `vault_${type}`,
    configuration: typeof configuration === 'function' ? configuration : () => configuration,
    ...(changed === undefined ? {} : { changed }),
  };
}
