import { Failure } from '../../base/errors';
import { listed } from '../../base/text/listed';
import type { Stack } from '../../catalog/kinds/registry';
import { isUnapplied } from '../session/outputs';
import type { Session } from '../session/session';

/**
 * Refuses to destroy a stack without those that need it: part of it would be gone before the cloud refuses the rest.
 *
 * @param stacks - all of the environment
 * @throws Failure that names them
 */
export function refuseHeld(
  session: Pick<Session, 'simulated' | 'folders'>,
  stacks: readonly Stack[],
  chosen: readonly Stack[],
): void {
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
  const lines = [...needing, ...gone];
  if (lines.length === 0) return;
  const fix = 'help: destroy what needs it first, or all of it together';
  throw new Failure(['not destroyed, because it is needed:', ...lines, fix].join('\n  '));
}
