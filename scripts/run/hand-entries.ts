import { Failure } from '../../base/errors';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Kind, Stack } from '../../catalog/kinds/registry';
import type { Entries } from '../../catalog/out/entries';
import type { ResourceChange } from '../../terraform/messages';
import type { HandSteps } from '../kinds/kind';
import { driverOf } from '../kinds/registry';
import type { Session } from '../session/session';

export interface HandedEntries {
  /** What is left to be done by hand. */
  readonly steps: readonly HandSteps[];
  /** Whether all that read the entries have them. */
  readonly complete: boolean;
}

interface AppliedRun {
  readonly session: Session;
  readonly loaded: Loaded;
  /** Those that were chosen. */
  readonly stacks: readonly Stack[];
}

/**
 * Lets the kinds hand the entries of an environment to those that read them. What can't be done is said, because all else of the apply
 * is done.
 *
 * @param resources - what the run changed, by stack
 */
export async function handEntries(
  run: AppliedRun,
  entries: Entries,
  resources: ReadonlyMap<string, readonly ResourceChange[]>,
): Promise<HandedEntries> {
  const { session, stacks } = run;
  const steps: HandSteps[] = [];
  let complete = true;
  for (const stack of stacks.filter(({ gone }) => !gone)) {
    try {
      steps.push(...(await handOf(run, stack, entries, resources.get(stack.id) ?? [])));
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      complete = false;
      session.report.say(`\n${stack.id}: applied, but its host does not have the entries: ${error.message}`);
    }
  }
  return { steps, complete };
}

async function handOf<K extends Kind>(
  { session, loaded }: AppliedRun,
  stack: Stack<K>,
  entries: Entries,
  resources: readonly ResourceChange[],
): Promise<readonly HandSteps[]> {
  return (await driverOf<K>(stack).afterEntries?.({ session, loaded, stack, entries, resources })) ?? [];
}
