import { plannedAnswers } from '../../../terraform/plan/answers';
import type { Attributes } from '../../../terraform/state/state-file';
import type { AskCloud } from '../../kinds/rights';
import { readConfiguration } from '../../run/adopt/configuration';
import { QuestionFolder } from '../../run/question-folder';
import { stackFolder } from '../../session/folders';
import type { InitSession } from '../../session/init';

/**
 * Asks by data sources of a stack's provider, in a private folder with a state of its own.
 *
 * @param session - whose folders are private, and removed at the end
 */
export function cloudAsker(session: InitSession, stack: string): AskCloud {
  const folder = new QuestionFolder(session, stack);
  const { provider } = readConfiguration(stackFolder(session.folders, stack));
  return async ({ data, values, provider: given }) => {
    const output = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
    const own: { provider?: Attributes } =
      given === undefined
        ? {}
        : { provider: Object.fromEntries(Object.keys(provider).map((name) => [name, [given]])) };
    return plannedAnswers(await folder.plan({ data, output, ...own }));
  };
}
