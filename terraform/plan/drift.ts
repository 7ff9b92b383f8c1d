import type { ScrubbedChange, ScrubbedPlan } from './scrub';
import type { Drift } from './stack-plan';

/**
 * What somebody changed outside of Terraform, as far as this plan changes it back. What the cloud fills in by itself after a
 * resource is made differs from the state too, but nothing follows from it.
 *
 * @param telemetry - attributes that the cloud changes by itself, by the type of the resource
 */
export function driftOf(
  plan: Pick<ScrubbedPlan, 'changes' | 'drift'>,
  telemetry: Readonly<Record<string, readonly string[]>>,
): readonly Drift[] {
  return plan.drift.flatMap((drifted) => {
    const { address, type } = drifted;
    if (drifted.actions.includes('delete')) return [{ address, attributes: [] }];
    const answer = plan.changes.find((change) => change.address === address);
    // Of what goes anyway nothing is changed back.
    if (answer === undefined || removes(answer)) return [];
    const attributes = drifted.changed.filter(
      (name) =>
        answer.changed.includes(name) &&
        !(isReplaced(answer) && isComputed(answer, name)) &&
        !telemetry[type]?.includes(name) &&
        name !== 'tags_all',
    );
    return attributes.length > 0 ? [{ address, attributes }] : [];
  });
}

/** One line per drifted object. */
export function driftWords(drift: readonly Drift[]): readonly string[] {
  return drift.map(({ address, attributes }) =>
    attributes.length === 0
      ? `drift: ${address} is gone, but not by Terraform`
      : `drift: ${address} was changed outside of Terraform: ${attributes.join(', ')}`,
  );
}

/** Set by the cloud, and unknown only because something else changes. */
export function isComputed(change: ScrubbedChange, name: string): boolean {
  return change.after[name] === undefined || change.after[name] === null;
}

export function isReplaced({ actions }: Pick<ScrubbedChange, 'actions'>): boolean {
  return actions.length === 2;
}

export function removes({ actions }: Pick<ScrubbedChange, 'actions'>): boolean {
  return actions.join() === 'delete';
}

export function creates({ actions }: Pick<ScrubbedChange, 'actions'>): boolean {
  return actions.join() === 'create';
}
