import path from 'node:path';
import { Declined, EXIT, Refused, UsageError } from '../../base/errors';
import { shownPath } from '../../base/files';
import { Interrupted } from '../../base/interrupted';
import { packageRoot } from '../../base/package-root';
import { beside } from '../../base/screen';
import { listed } from '../../base/text/listed';
import type { BothEnds } from '../../review/both-ends';
import { removeRecords } from '../../review/record/write-records';
import { driverOf } from '../kinds/registry';
import { appliedEnds, showSteps } from '../run/ends/applied-ends';
import { collectEntries, showEntries, writeEntries } from '../run/entries-file';
import { EnvironmentApply } from '../run/environment-apply';
import { followAtGateway } from '../run/gateway/follow';
import { handEntries } from '../run/hand-entries';
import { showAppliedNodes } from '../run/nodes/show-applied-nodes';
import { type Outcome, Outcomes } from '../run/outcomes';
import { planWave } from '../run/plan-wave';
import { planWaves } from '../run/plan-waves';
import { type PreparedEnvironment, prepareAll } from '../run/prepare-all';
import { keepToReview, leftText } from '../run/review/keep-to-review';
import { isFolderOfRecords, type Reviewed, reviewedOf } from '../run/review/reviewed';
import { checkSakuraConfig, writeSakuraConfig } from '../run/sakura-config-file';
import { SAME_COMMAND } from '../run/stack-failure';
import { checkVcpConfig, writeVcpConfig } from '../run/vcp-config-file';
import { withSessions } from '../run/with-session';
import { confirm } from '../session/confirm';
import type { Session } from '../session/session';
import type { Settings } from '../session/settings';
import { removeFromLock } from '../session/update-lock';
import { namedEnvironments } from './environments';

/** An environment with its plans, which were shown. */
interface Planned extends PreparedEnvironment {
  readonly apply: EnvironmentApply;
  /** Whether they change anything. */
  readonly changes: boolean;
  /** Whether they were held against a review. */
  readonly isReviewed: boolean;
}

export interface ApplyOptions {
  readonly all: boolean;
  /** The digest of a review, or a folder of its records. @default - the plans are held against none */
  readonly reviewed?: string;
  /** Whether an apply without a review is refused, whatever the catalog says. */
  readonly requireReview: boolean;
}

/**
 * `kakehashi apply`: applies the saved plans, or plans first, wave by wave, and writes the catalog entries. Of several
 * environments all plans are shown before the one question; then they are applied one after the other.
 */
export async function apply(
  settings: Settings,
  names: readonly string[],
  options: ApplyOptions,
): Promise<number> {
  const chosen = namedEnvironments(settings, names, options.all);
  refuseOneDigestForSeveral(options, chosen.length);
  return withSessions({ command: 'apply' }, settings, chosen, async (runs, report) => {
    const outcomes = new Outcomes(runs);
    const prepared = await prepareAll(runs, outcomes);
    refuseUnreviewed(prepared, options);
    const planned = await planFirst(prepared, outcomes, options.reviewed);
    const left = planned.filter(({ run }) => !outcomes.skipBehindFailed(run));
    await confirmAll(left);
    try {
      for (const one of left) await applyOne(one, outcomes);
    } catch (error) {
      throw outcomes.isOfSeveral ? whereItStopped(error, outcomes) : error;
    } finally {
      outcomes.show(report);
    }
    return outcomes.exitCode;
  });
}

/** Plans the first wave of each environment, all in one pool, and shows it. Those whose plans failed are left out of several. */
async function planFirst(
  prepared: readonly PreparedEnvironment[],
  outcomes: Outcomes,
  given: string | undefined,
): Promise<readonly Planned[]> {
  const begun: (Omit<Planned, 'changes'> & { readonly review?: Reviewed })[] = [];
  for (const one of prepared) {
    const { session, loaded, stacks, initializer, unmet } = one;
    const ready = await outcomes.attempt(one.run, async () => {
      checkVcpConfig(session, loaded);
      checkSakuraConfig(session, loaded);
      const environment = new EnvironmentApply(session, loaded, stacks, initializer, unmet);
      const review = given === undefined ? undefined : reviewedOf(session, given);
      // Saved plans were made before the review, or beside it: those that are compared are new.
      if (review === undefined) await environment.findSaved();
      return { apply: environment, ...(review === undefined ? {} : { review }) };
    });
    if (ready !== undefined) begun.push({ ...one, ...ready, isReviewed: given !== undefined });
  }
  const applies = begun.map(({ apply }) => apply);
  const plans =
    given === undefined
      ? await planWave(applies, { destroy: false, writesState: true })
      : await planWaves(applies, { destroy: false });
  const planned: Planned[] = [];
  for (const one of begun) {
    if (outcomes.isOfSeveral) showName(one);
    const changes = await outcomes.attempt(one.run, async () => {
      const made = plans.get(one.apply) ?? [];
      return one.apply.show(
        one.review === undefined ? made : await keepToReview(one.apply, made, one.review),
      );
    });
    if (changes === undefined) continue;
    if (outcomes.isOfSeveral && one.apply.hasFailed) outcomes.fail(one.run);
    else planned.push({ ...one, changes });
  }
  return planned;
}

/** Asks the one question. @throws {@link Declined} */
async function confirmAll(planned: readonly Planned[]): Promise<void> {
  const changing = planned.filter(({ changes }) => changes);
  const [first] = changing;
  if (first === undefined) return;
  const names = changing.map(({ run }) => run.environment);
  for (const { apply } of changing) await apply.confirmCeilings();
  for (const { apply } of changing) apply.showRequests();
  const what =
    planned.length === 1 ? '' : ` ${names.length > 4 ? `${names.length} environments` : listed(names)}`;
  await confirm(first.session, { done: 'applied', text: `Type 'yes' to apply${what}:`, answer: 'yes' });
}

async function applyOne(planned: Planned, outcomes: Outcomes): Promise<void> {
  const { run, session, loaded, stacks, initializer, apply, isReviewed } = planned;
  if (outcomes.skipBehindFailed(run)) return;
  if (outcomes.isOfSeveral) showName(planned);
  const outcome = await outcomes.attempt(run, async (): Promise<Outcome> => {
    await apply.applyShown();
    const { outputs, changed, complete, before, planned: values, resources } = await apply.finish();
    const left = apply.hasFailed ? undefined : leftText(apply, isReviewed);
    if (!complete && left === undefined) {
      session.report.say(
        `entries   not written, because not everything is applied; correct the errors${isReviewed ? '' : ` and ${SAME_COMMAND}`}`,
      );
      return 'failed';
    }
    const gone = stacks.filter(({ id, gone }) => gone && !apply.left.includes(id)).map(({ id }) => id);
    removeFromLock(session, gone);
    const own = { session, loaded, initializer };
    const done = await appliedEnds(own, before, values);
    const entries = await collectEntries(session, loaded, initializer, outputs);
    writeEntries(session, entries, session.folders.entries);
    if (!changed) session.report.say('\nno changes');
    showEntries(session, loaded, entries, session.folders.entries);
    await showAppliedNodes(session, loaded);
    await followAtGateway(own, new Set(outputs.keys()), done.hosts.length > 0);
    const kinds = new Set(loaded.stacks.map((stack) => driverOf(stack)));
    for (const { afterApply } of kinds) await afterApply?.(session, loaded, initializer);
    writeVcpConfig(session, loaded);
    writeSakuraConfig(session, loaded);
    const handed = await handEntries({ session, loaded, stacks }, entries, resources);
    if (left === undefined) removeRecords(session.folders.review);
    showSteps(session, done, handed.steps);
    if (!handed.complete) return 'failed';
    if (left !== undefined) {
      session.report.say(`\n${left}`);
      return 'changes';
    }
    if (!outcomes.isOfSeveral)
      showNext(session, listed([...new Set([...kinds].map(({ title }) => title))]) || 'cloud', done);
    return changed ? 'applied' : 'no changes';
  });
  if (outcome === 'failed') outcomes.fail(run);
  else if (outcome !== undefined)
    outcomes.set(run, outcome, outcome === 'changes' ? EXIT.changes : EXIT.done);
}

/** A digest is of one environment. @throws {@link UsageError} */
function refuseOneDigestForSeveral({ reviewed }: ApplyOptions, count: number): void {
  if (reviewed === undefined || isFolderOfRecords(reviewed) || count === 1) return;
  throw new UsageError(
    '--reviewed: a digest is of one environment; for several give the folder of their records',
  );
}

/**
 * What the catalog demands holds for real applies: in the sandbox nothing real is created. In CI, where nobody looks at the plans
 * that an apply makes, it says so.
 *
 * @throws {@link Refused}
 */
function refuseUnreviewed(
  prepared: readonly PreparedEnvironment[],
  { reviewed, requireReview }: ApplyOptions,
): void {
  if (reviewed !== undefined) return;
  for (const { session, loaded } of prepared) {
    const { environment, simulated, report } = session;
    const isDemanded = loaded.catalog.policy.requireReview && !simulated;
    if (requireReview || isDemanded) {
      const demandedBy = requireReview ? '--require-review' : 'policy.require_review';
      report.event({ type: 'review_missing', demanded_by: demandedBy });
      const plan = `plan ${environment}${simulated ? ' --sandbox' : ''}`;
      throw new Refused({
        where: environment,
        summary: `not applied: ${demandedBy} wants an apply to name what was reviewed`,
        fixes: [{ text: 'review the plans', command: plan }, 'apply with --reviewed DIGEST'],
      });
    }
    if (!simulated && !['', '0', 'false'].includes((process.env.CI ?? '').toLowerCase()))
      report.say(
        'review    none: what is planned now is applied as it is; --reviewed DIGEST holds it to what was reviewed',
      );
  }
}

function showName({ run, session }: PreparedEnvironment): void {
  session.report.say(`\n${run.environment}`);
}

/** What ended the run, with what was applied before and what was not begun. */
function whereItStopped(error: unknown, outcomes: Outcomes): unknown {
  if (!(error instanceof Interrupted || error instanceof Declined)) return error;
  const done = outcomes.ended('applied', 'no changes');
  const failed = outcomes.ended('failed', 'not applied');
  const [stopped, ...rest] = outcomes.open;
  const parts = [
    ...(done.length === 0 ? [] : [`done: ${done.join(', ')}`]),
    ...(failed.length === 0 ? [] : [`failed: ${failed.join(', ')}`]),
    ...(stopped === undefined ? [] : [`stopped in ${stopped}`]),
    ...(rest.length === 0 ? [] : [`not begun: ${rest.join(', ')}`]),
  ];
  const text = `${error.message}\n${parts.join('; ')}`;
  return error instanceof Interrupted ? new Interrupted(text) : new Declined(text);
}

/** Commands that help with what is left to do; none where nothing is. */
function showNext(
  session: Session,
  clouds: string,
  { hosts, entries }: Pick<BothEnds, 'hosts' | 'entries'>,
): void {
  const { environment, simulated, report } = session;
  const rows = simulated
    ? [
        [
          `npx kakehashi plan ${environment}`,
          `plans the same for the real ${clouds} (needs credentials, changes nothing)`,
        ],
        [shownPath(path.join(packageRoot(__dirname), 'docs/catalog.md')), 'every key of the catalog'],
      ]
    : [
        ...(entries.length > 0
          ? [
              [
                `npx kakehashi entries ${environment}`,
                "prints all entries, for the controller's vpn_catalog.yml",
              ],
            ]
          : []),
        ...(hosts.length > 0
          ? [[`npx kakehashi status ${environment}`, 'shows whether the tunnels are up, after these steps']]
          : []),
      ];
  if (rows.length > 0) report.say();
  rows.forEach(([what = '', why = ''], index) => {
    const label = `${index === 0 ? 'Next:' : '     '}     ${what.padEnd(28)}  `;
    report.say(beside(label, [why], report.screen.width));
  });
}
