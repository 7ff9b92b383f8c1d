import type { ScrubbedChange, ScrubbedPlan } from './scrub';
import type { Drift } from './stack-plan';

/**
 * What somebody changed outside of Terraform, as far as this plan changes it back. A difference between the state and the
 * cloud that our own configuration explains is no drift: what the cloud fills in after a resource is made, what is unknown
 * only because something else changes, and tags that the provider sorts anew because its default tags have changed.
 *
 * @param telemetry - attributes that the cloud changes by itself, by the type of the resource
 */
export function driftOf(
  plan: Pick<ScrubbedPlan, 'changes' | 'drift'>,
  telemetry: Readonly<Record<string, readonly string[]>>,
): readonly Drift[] {
  const answers = new Map(plan.changes.map((change) => [change.address, change]));
  return plan.drift.flatMap((drifted) => {
    const { address, type } = drifted;
    if (drifted.actions.includes('delete')) return [{ address, type, attributes: [] }];
    const answer = answers.get(address);
    // Of what goes anyway nothing is changed back.
    if (answer === undefined || removes(answer)) return [];
    const attributes = changedOutside(drifted).filter(
      (name) =>
        answer.changed.includes(name) &&
        !isUnknown(answer, name) &&
        !(isReplaced(answer) && isComputed(answer, name)) &&
        !telemetry[type]?.includes(name),
    );
    const told = [...new Set(attributes.map((name) => (name === ALL_TAGS ? 'tags' : name)))];
    return told.length > 0 ? [{ address, type, attributes: told }] : [];
  });
}

/** The number of names in a line about drifted objects. */
const SHOWN_NAMES = 3;

/** One line for each kind of object and set of attributes: how many there are, and the first names. */
export function driftWords(drift: readonly Drift[]): readonly string[] {
  const groups = new Map<string, { readonly first: Drift; readonly names: string[] }>();
  for (const one of drift) {
    const key = [one.type, ...one.attributes].join(' ');
    const group = groups.get(key) ?? { first: one, names: [] };
    groups.set(key, group);
    group.names.push(one.address.replace(`${one.type}.`, ''));
  }
  return [...groups.values()].map(({ first: { type, attributes }, names }) => {
    const [be, have] = names.length === 1 ? ['was', 'is'] : ['were', 'are'];
    const did =
      attributes.length === 0
        ? `${have} gone, deleted outside of Terraform`
        : `${be} changed outside of Terraform: ${attributes.join(', ')}`;
    const more = names.length > SHOWN_NAMES ? ` and ${names.length - SHOWN_NAMES} more` : '';
    return `drift: ${names.length} ${type} ${did} (${names.slice(0, SHOWN_NAMES).join(', ')}${more})`;
  });
}

/** All tags that an object has. Beside it, `tags` are those of them that the provider's default tags do not explain. */
const ALL_TAGS = 'tags_all';

/** The attributes that differ between the state and the cloud. `tags` alone differ where only the default tags changed. */
function changedOutside({ changed, before }: ScrubbedChange): readonly string[] {
  if (before[ALL_TAGS] === undefined || changed.includes(ALL_TAGS)) return changed;
  return changed.filter((name) => name !== 'tags');
}

function isUnknown({ after }: ScrubbedChange, name: string): boolean {
  return after[name] === undefined;
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
