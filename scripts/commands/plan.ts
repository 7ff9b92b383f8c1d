import { EXIT } from '../../base/errors';
import { shownPath } from '../../base/files';
import { shellWord } from '../../base/text/shell-quoted';
import { endsChange, NO_ENDS } from '../../review/both-ends';
import type { NormalPlan } from '../../review/record/normal-plan';
import type { PlannedResource } from '../../rules/configuration';
import { refusing } from '../../rules/environment';
import { hasChanges, type StackPlan } from '../../terraform/plan/stack-plan';
import type { Report } from '../report/report';
import { refusedText } from '../report/rule-findings';
import { collectEnds } from '../run/ends/collect-ends';
import { showEnds } from '../run/ends/show-ends';
import { judgeRun, showRunFindings } from '../run/judge-run';
import { type Outcome, Outcomes } from '../run/outcomes';
import { planWaves } from '../run/plan-waves';
import { type PreparedEnvironment, prepareAll } from '../run/prepare-all';
import { reviewOfRecords } from '../run/review/own-review';
import { saveRecords } from '../run/review/save-records';
import { showDeferred, showPlans, showRenames, writeSummary } from '../run/show-plan';
import { Waves } from '../run/waves';
import { withSessions } from '../run/with-session';
import type { Settings } from '../session/settings';
import { shardText } from '../session/shard';
import { namedEnvironments } from './environments';

const EXIT_CODES: Partial<Record<Outcome, number>> = { changes: EXIT.changes, refused: EXIT.refused };

/** The plans of one environment. */
interface EnvironmentPlan extends PreparedEnvironment {
  readonly waves: Waves;
  readonly plans: StackPlan[];
  readonly normal: Map<string, NormalPlan>;
  readonly judged: Map<string, readonly PlannedResource[]>;
  readonly failures: Map<string, readonly string[]>;
}

export interface PlanOptions {
  readonly all: boolean;
  /** A folder to which the review records are written as well. @default - none */
  readonly exportTo?: string;
}

/** `kakehashi plan`: plans every stack that can be planned, of all environments in one pool, saves the plans, and explains them. */
export async function plan(
  settings: Settings,
  names: readonly string[],
  { all, exportTo }: PlanOptions,
): Promise<number> {
  const chosen = namedEnvironments(settings, names, all);
  return withSessions({ command: 'plan' }, settings, chosen, async (runs, report) => {
    const outcomes = new Outcomes(runs);
    const planned = await planAll(await prepareAll(runs, outcomes));
    for (const one of planned) {
      const shown = await outcomes.attempt(one.run, () => {
        if (outcomes.isOfSeveral) one.session.report.say(`\n${one.run.environment}`);
        return showPlan(one, exportTo);
      });
      if (shown === 'failed') outcomes.fail(one.run);
      else if (shown !== undefined) outcomes.set(one.run, shown, EXIT_CODES[shown] ?? EXIT.done);
    }
    outcomes.show(report);
    showNext(outcomes, report, settings, all);
    return outcomes.exitCode;
  });
}

/** Plans wave after wave, until only what waits for an apply is left. */
async function planAll(prepared: readonly PreparedEnvironment[]): Promise<readonly EnvironmentPlan[]> {
  const all = prepared.map(
    (one): EnvironmentPlan => ({
      ...one,
      waves: new Waves(one.stacks, one.unmet),
      plans: [],
      normal: new Map(),
      judged: new Map(),
      failures: new Map(),
    }),
  );
  const planned = await planWaves(all, { destroy: false });
  for (const one of all) one.plans.push(...(planned.get(one) ?? []).map(({ summary }) => summary));
  return all;
}

async function showPlan(planned: EnvironmentPlan, exportTo: string | undefined): Promise<Outcome> {
  const { session, loaded, stacks, initializer, waves, plans } = planned;
  const { report } = session;
  showPlans(session, plans, new Set());
  const { deferred } = waves;
  showDeferred(session, deferred);
  const notes = showRenames(session, loaded, plans);
  const isFailed = stacks.some((stack) => waves.stateOf(stack.id).kind === 'failed');
  const run = { plans, deferred, destroy: false };
  const { ends } = isFailed ? { ends: NO_ENDS } : await collectEnds({ session, loaded, initializer }, run);
  showEnds(session, ends);
  const { floor } = loaded.catalog.policy;
  const findings = await judgeRun(session, loaded, planned.judged);
  showRunFindings(session, findings, floor);
  const found = { notes, ends, findings, ...(floor === undefined ? {} : { floor }) };
  const records = await saveRecords({ ...planned, deferred }, found, exportTo);
  writeSummary(session, reviewOfRecords(records));
  if (isFailed) return 'failed';
  const refusals = refusing(findings, floor);
  if (floor !== undefined && refusals.length > 0) {
    report.say(`\n${refusedText(session.environment, refusals, floor)}`);
    return 'refused';
  }
  if (!plans.some(hasChanges) && deferred.length === 0 && !endsChange(ends)) {
    report.say(`\nno changes${session.simulated ? '' : `: ${session.environment} is as the catalog says`}`);
    return 'no changes';
  }
  report.say(`\nplans     saved; summary in ${shownPath(session.folders.summary)}`);
  return 'changes';
}

function showNext(
  outcomes: Outcomes,
  report: Report,
  { sandbox, shard, stacks }: Settings,
  all: boolean,
): void {
  const changing = outcomes.ended('changes');
  if (changing.length === 0) return;
  const names = all && changing.length > 3 ? '--all' : changing.join(' ');
  const which = outcomes.isOfSeveral ? 'these plans, after one question' : 'exactly these plans';
  const part = [
    ...(shard === undefined ? [] : [` --shard ${shardText(shard)}`]),
    ...stacks.map((stack) => ` --stack ${shellWord(stack)}`),
  ].join('');
  report.say(
    `Next:     npx kakehashi apply ${names}${part}${sandbox ? ' --sandbox' : ''}          applies ${which}`,
  );
}
