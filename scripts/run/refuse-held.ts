import { Failure } from '../../base/errors';
import { listed } from '../../base/text/listed';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Stack } from '../../catalog/kinds/registry';
import { isUnapplied } from '../session/outputs';
import type { Session } from '../session/session';
import { groupsIn } from './nodes/groups-in';

/**
 * Refuses to destroy a stack without those that need it: part of it would be gone before the cloud refuses the rest.
 *
 * @param loaded - with all stacks of the environment
 * @throws Failure that names them
 */
export function refuseHeld(
  session: Pick<Session, 'simulated' | 'folders'>,
  loaded: Pick<Loaded, 'catalog' | 'stacks'>,
  chosen: readonly Stack[],
): void {
  const { stacks } = loaded;
  const ids = new Set(chosen.map(({ id }) => id));
  const others = stacks.filter((stack) => !ids.has(stack.id) && !isUnapplied(session, stack));
  const needing = others
    .filter(({ gone }) => !gone)
    .flatMap(({ id, requires }) => {
      const held = requires.filter((one) => ids.has(one));
      return held.length === 0 ? [] : [`${id} needs ${listed(held)}`];
    });
  const gone = chosen.flatMap(({ id, destroyedAfter = [], gone, requires }) => {
    const after = gone ? requires : destroyedAfter;
    const holders = others.filter((other) => other.gone && after.includes(other.id)).map((other) => other.id);
    return holders.map((holder) => `${holder} may still be on ${id}`);
  });
  const inhabited = chosen
    .filter((stack) => stack.gone)
    .flatMap((stack) =>
      groupsIn(loaded, stack)
        .filter((one) => others.includes(one.stack) && !one.stack.gone)
        .map(({ name }) => `the node group ${name} may still be in ${stack.id}`),
    );
  const lines = [...needing, ...gone, ...inhabited];
  if (lines.length === 0) return;
  const fix = 'help: destroy what needs it first, or all of it together';
  throw new Failure(['not destroyed, because it is needed:', ...lines, fix].join('\n  '));
}
