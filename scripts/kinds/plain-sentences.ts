import { counted } from '../../base/text/counted';
import type { ResourceChange } from '../../terraform/messages';
import { creates, isReplaced, removes } from '../../terraform/plan/drift';
import type { ScrubbedChange } from '../../terraform/plan/scrub';
import type { ChangedOutputs } from './kind';

/** Changes by what is done to how many resources of which kind: `made: 2 cloud routes, 1 cloud address`. */
export function plainSentences(changes: readonly ScrubbedChange[]): readonly string[] {
  return grouped(changes.map((change) => [actionOf(change), change.type]));
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
  return grouped(
    resources.map(({ action, resourceType }) => [actions[action] ?? 'changed in place', resourceType]),
  );
}

/** The names of the outputs that change, where no resource does. */
export function plainOutputs({ names }: Pick<ChangedOutputs, 'names'>): readonly string[] {
  return names.length === 0 ? [] : [`no resource changes, only outputs: ${names.join(', ')}`];
}

function grouped(actions: readonly (readonly [action: string, type: string])[]): readonly string[] {
  const groups = new Map<string, Map<string, number>>();
  for (const [action, type] of actions) {
    const types = groups.get(action) ?? new Map<string, number>();
    groups.set(action, types.set(type, (types.get(type) ?? 0) + 1));
  }
  return [...groups].map(([action, types]) => {
    const all = [...types].map(([type, count]) => counted(count, nounOf(type)));
    const shown = all.slice(0, 4).join(', ');
    return `${action}: ${shown}${all.length > 4 ? ` and ${all.length - 4} more kinds` : ''}`;
  });
}

/** `cloud route` of `cloud_route`: a person reads no address. */
function nounOf(type: string): string {
  return type.replaceAll('_', ' ');
}

function actionOf(change: ScrubbedChange): string {
  if (isReplaced(change)) return 'replaced';
  if (removes(change)) return 'destroyed';
  if (creates(change)) return 'made';
  const tagsOnly = change.changed.every((name) => name === 'tags' || name === 'tags_all');
  return tagsOnly ? 'tags change' : 'changed in place';
}
