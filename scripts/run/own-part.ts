import type { Loaded } from '../../catalog/environment/catalog';
import type { Stack } from '../../catalog/kinds/registry';
import { holdsNothing } from '../../terraform/state-contents';
import { stackFolder } from '../session/folders';
import type { Initializer } from '../session/init';
import { hasNoLocalState } from '../session/outputs';
import type { Session } from '../session/session';
import { shardOf, shardText } from '../session/shard';

/** What one of several machines works on. */
export interface OwnPart {
  /** Those that `--stack` chose, and of them those of this machine's part. */
  readonly stacks: readonly Stack[];
  /** What they require and another machine has not applied yet. */
  readonly unmet: readonly string[];
}

/**
 * The stacks that this machine works on, of those that were chosen, and what they require that another machine has not applied
 * yet. What another machine has applied counts as met: whether it changes there, the records of all machines tell together.
 *
 * @throws TerraformError for a state that can't be read
 */
export async function ownPart(
  { session, loaded }: { readonly session: Session; readonly loaded: Loaded },
  chosen: readonly Stack[],
  initializer: Initializer,
): Promise<OwnPart> {
  const { shard } = session.settings;
  if (shard === undefined || shard.count === 1) return { stacks: chosen, unmet: [] };
  const stacks = chosen.filter(({ id }) => shardOf(id, loaded.stacks, shard.count) === shard.index);
  const own = new Set(stacks.map(({ id }) => id));
  const foreign = new Set(stacks.flatMap(({ requires }) => requires.filter((id) => !own.has(id))));
  const unmet: string[] = [];
  for (const stack of chosen.filter(({ id }) => foreign.has(id)))
    if (!(await isApplied(session, stack, initializer))) unmet.push(stack.id);
  session.report.say(
    `part      ${shardText(shard)}: ${stacks.length} of ${chosen.length} stacks${own.size > 0 && own.size <= 8 ? `: ${[...own].join('  ')}` : ''}`,
  );
  return { stacks, unmet };
}

/** Whether a stack of another machine is applied, by its state: which another machine writes only where the backend is a common one. */
async function isApplied(session: Session, stack: Stack, initializer: Initializer): Promise<boolean> {
  if (session.simulated || stack.backend.type === 'local') return !hasNoLocalState(session, stack.id);
  await initializer.init(stack.id);
  return !holdsNothing(await session.terraform.pullState(stackFolder(session.folders, stack.id)));
}
