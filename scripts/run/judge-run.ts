import { Failure, Refused } from '../../base/errors';
import { inParallel } from '../../base/pool';
import type { Loaded } from '../../catalog/environment/catalog';
import type { PlannedResource } from '../../rules/configuration';
import { allFindings, judgeEnvironment, refusing } from '../../rules/environment';
import type { RuleFinding, Severity } from '../../rules/finding';
import { orFailure } from '../../rules/judge';
import { withUserRules } from '../../rules/user-rules';
import type { ScrubbedPlan } from '../../terraform/plan/scrub';
import { refusedText, showRuleFindings } from '../report/rule-findings';
import { stackFolder } from '../session/folders';
import type { Session } from '../session/session';
import { configurationsIn, threadOptions } from './judge-configurations';
import { planDetails } from './plan-details';

/** The values of a plan as rules read them. What is destroyed is not judged. */
export function plannedResources({ changes, unchanged }: ScrubbedPlan): readonly PlannedResource[] {
  return [...changes, ...unchanged]
    .filter(({ actions }) => actions.join() !== 'delete')
    .map(({ address, planned, after }) => ({ address, values: planned ?? after }));
}

/**
 * Judges the stacks of an environment that is synthesized, with the values of the plans that were made; the others as they are written.
 *
 * @throws {@link Failure} for a rule that throws, and for user rules that can't be loaded
 */
export async function judgeRun(
  { folders, report }: Pick<Session, 'folders' | 'report'>,
  loaded: Loaded,
  planned: ReadonlyMap<string, readonly PlannedResource[]>,
): Promise<readonly RuleFinding[]> {
  const stacks = configurationsIn(folders, loaded).map((one) => {
    const values = planned.get(one.stack);
    return values === undefined ? one : { ...one, planned: values };
  });
  return withUserRules(folders.root, threadOptions(report), (userRules) =>
    orFailure(async () => allFindings(await judgeEnvironment(loaded, stacks, { userRules, complete: true }))),
  );
}

export function showRunFindings(
  { report, settings, environment }: Pick<Session, 'report' | 'settings' | 'environment'>,
  findings: readonly RuleFinding[],
  floor: Severity | undefined,
): void {
  if (findings.some(({ verdict }) => verdict === 'violated')) report.say();
  showRuleFindings(findings, report, { color: settings.color, floor, environment });
}

/**
 * Refuses to apply what the catalog's policy refuses. The plans that an earlier run saved are read again, so that they are judged by
 * the policy of now.
 *
 * @throws {@link Refused}
 */
export async function refuseFindings(
  session: Session,
  loaded: Loaded,
  made: ReadonlyMap<string, readonly PlannedResource[]>,
  saved: readonly string[],
): Promise<void> {
  const { floor } = loaded.catalog.policy;
  if (floor === undefined) return;
  const planned = new Map(made);
  await inParallel(saved, session.parallelism, async (stack) => {
    planned.set(stack, plannedResources(await planDetails(session, stackFolder(session.folders, stack))));
  });
  const refusals = refusing(await judgeRun(session, loaded, planned), floor);
  if (refusals.length === 0) return;
  showRunFindings(session, refusals, floor);
  throw new Refused(refusedText(session.environment, refusals, floor));
}
