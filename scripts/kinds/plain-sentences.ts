import { counted } from '../../base/text/counted';
import type { ResourceChange } from '../../terraform/messages';
import { creates, isReplaced, removes } from '../../terraform/plan/drift';
import { type PlanEffect, type Weight, weighed } from '../../terraform/plan/effect';
import type { ScrubbedChange } from '../../terraform/plan/scrub';
import type { ChangedOutputs } from './kind';

/** What is done to a resource, in a word. */
const DONE = {
  made: 'created',
  destroyed: 'destroyed',
  replaced: 'replaced',
  'changed in place': 'changed',
  'tags change': 'quiet',
} as const satisfies Readonly<Record<string, Weight>>;

type Done = keyof typeof DONE;

interface DoneTo {
  readonly done: Done;
  readonly type: string;
  readonly address: string;
  /** The attributes that force a replacement. */
  readonly because?: readonly string[];
}

/**
 * Changes by what is done to how many resources of which kind: `made: 2 cloud routes, 1 cloud address`. Of a replacement the attributes
 * that force it are named.
 */
export function plainEffects(changes: readonly ScrubbedChange[]): readonly PlanEffect[] {
  return grouped(
    changes.map((change) => {
      const { type, address } = change;
      const because = [...new Set(change.replacedBy.map((path) => path.split('.')[0] ?? path))];
      return { done: doneTo(change), type, address, because };
    }),
  );
}

/**
 * The same of what Terraform's messages say, for a plan whose file is not read.
 *
 * @public for a kind that has no words of its own for a whole stack
 */
export function messageEffects(resources: readonly ResourceChange[]): readonly PlanEffect[] {
  const actions: Readonly<Record<string, Done>> = {
    create: 'made',
    delete: 'destroyed',
    replace: 'replaced',
  };
  return grouped(
    resources.map(({ action, resourceType, address }) => ({
      done: actions[action] ?? 'changed in place',
      type: resourceType,
      address,
    })),
  );
}

/** The names of the outputs that change, where no resource does. */
export function plainOutputs({ names }: Pick<ChangedOutputs, 'names'>): readonly PlanEffect[] {
  return weighed(
    'quiet',
    names.length === 0 ? [] : [`no resource changes, only outputs: ${names.join(', ')}`],
  );
}

function grouped(all: readonly DoneTo[]): readonly PlanEffect[] {
  return [...new Set(all.map(({ done }) => done))].flatMap((done) => {
    const own = all.filter((one) => one.done === done);
    const types = [...new Set(own.map(({ type }) => type))];
    const counts = types.map((type) => counted(own.filter((one) => one.type === type).length, nounOf(type)));
    const shown = counts.slice(0, 4).join(', ');
    const more = counts.length > 4 ? ` and ${counts.length - 4} more kinds` : '';
    const causes = [...new Set(own.flatMap(({ because = [] }) => because))].sort();
    const because = causes.length === 0 ? '' : `, because of ${causes.map(nounOf).join(', ')}`;
    return weighed(DONE[done], [`${done}: ${shown}${more}${because}`], own);
  });
}

/** `cloud route` of `cloud_route`: a person reads no address. */
function nounOf(type: string): string {
  return type.replaceAll('_', ' ');
}

function doneTo(change: ScrubbedChange): Done {
  if (isReplaced(change)) return 'replaced';
  if (removes(change)) return 'destroyed';
  if (creates(change)) return 'made';
  const tagsOnly = change.changed.every((name) => name === 'tags' || name === 'tags_all');
  return tagsOnly ? 'tags change' : 'changed in place';
}
