import type { ResourceChange } from '../../terraform/messages';
import { creates, isReplaced, removes } from '../../terraform/plan/drift';
import type { ScrubbedChange } from '../../terraform/plan/scrub';
import type { PlannedOutputs } from './kind';

/** Changes by what is done to which resources: `made: subnet.Nodes, subnet.Public`. */
export function plainSentences(
  changes: readonly ScrubbedChange[],
  nameOf: (address: string) => string = (address) => address,
): readonly string[] {
  return grouped(changes.map((change) => [actionOf(change), nameOf(change.address)]));
}

/**
 * The same of what Terraform's messages say, for a plan whose file is not read.
 *
 * @public for a kind that has no words of its own for a whole stack
 */
export function messageSentences(resources: readonly ResourceChange[]): readonly string[] {
  const actions: Readonly<Record<string, string>> = {
    create: 'made',
    delete: 'destroyed',
    replace: 'replaced',
  };
  return grouped(resources.map(({ action, address }) => [actions[action] ?? 'changed in place', address]));
}

/** The names of the outputs that change, where no resource does. */
export function plainOutputs({ names }: Pick<PlannedOutputs, 'names'>): readonly string[] {
  return names.length === 0 ? [] : [`no resource changes, only outputs: ${names.join(', ')}`];
}

function grouped(actions: readonly (readonly [action: string, what: string])[]): readonly string[] {
  const groups = new Map<string, string[]>();
  for (const [action, what] of actions) groups.set(action, [...(groups.get(action) ?? []), what]);
  return [...groups].map(([action, all]) => {
    const shown = all.slice(0, 4).join(', ');
    return `${action}: ${shown}${all.length > 4 ? ` and ${all.length - 4} more` : ''}`;
  });
}

function actionOf(change: ScrubbedChange): string {
  if (isReplaced(change)) return 'replaced';
  if (removes(change)) return 'destroyed';
  if (creates(change)) return 'made';
  const tagsOnly = change.changed.every((name) => name === 'tags' || name === 'tags_all');
  return tagsOnly ? 'tags change' : 'changed in place';
}
