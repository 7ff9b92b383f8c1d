import type { Stack } from '../../../catalog/kinds/registry';
import { errorLine, shortError } from '../../../terraform/diagnostics';
import { Journal } from '../../../terraform/journal';
import type { ScrubbedPlan } from '../../../terraform/plan/scrub';
import { TerraformError } from '../../../terraform/terraform';
import type { ImportedLeft, LeftTarget } from '../../kinds/left';
import { driverOf } from '../../kinds/registry';
import type { Session } from '../../session/session';
import { Finder } from './finder';

/**
 * The ids of what bears the tags of a plan's creations already: somebody else's, which is never adopted, should the apply be killed.
 * It is asked in a real cloud only: all that is in a sandbox is this project's.
 *
 * @returns undefined where it is not asked, or can't be told
 */
export async function borneBefore(
  session: Session,
  stack: Stack,
  details: ScrubbedPlan | undefined,
): Promise<readonly string[] | undefined> {
  const types = driverOf(stack).left ?? {};
  if (session.simulated || new Journal(session.folders.journal).unsuccessful(stack.id) !== undefined)
    return undefined;
  const targets = (details?.changes ?? []).flatMap(
    ({ address, type, actions, after }): readonly (LeftTarget & { readonly row: ImportedLeft })[] => {
      const row = types[type];
      const isListed = row?.how === 'import' && row.lists === true && actions.join() === 'create';
      return isListed ? [{ address, type, planned: after, row }] : [];
    },
  );
  const questions = targets.flatMap((target) => target.row.questions?.(target) ?? []);
  if (questions.length === 0) return targets.length === 0 ? [] : undefined;
  const finder = new Finder(session, stack.id);
  try {
    await finder.ask(questions);
    const known = {
      objects: () => [],
      answer: (question: (typeof questions)[number]) => finder.answer(question),
    };
    return [...new Set(targets.flatMap((target) => target.row.ids(target, known)))].sort();
  } catch (error) {
    if (!(error instanceof TerraformError)) throw error;
    const [why = error.message] = error.diagnostics.map((one) => errorLine(shortError(one)));
    session.report.note(
      'warn',
      `${stack.id}: whether something bears its tags already can't be told: ${session.report.log.masks.mask(why)}`,
    );
    return undefined;
  } finally {
    finder.remove();
  }
}
