import { existsSync } from 'node:fs';
import path from 'node:path';
import { EXIT } from '../../base/errors';
import { shownPath } from '../../base/files';
import { Interrupted } from '../../base/interrupted';
import { inParallel } from '../../base/pool';
import type { Loaded } from '../../catalog/environment/catalog';
import { timeText } from '../../review/page/time-text';
import type { CodeHostName } from '../../review/post/code-host-name';
import type { Report } from '../report/report';
import { driftMarkdown } from '../run/drift/drift-markdown';
import { withoutExpected } from '../run/drift/expected';
import { compareWithLast } from '../run/drift/history';
import { type ReadyToLook, readyToLook, type StackLook } from '../run/drift/look-at-environment';
import type { DriftReport, EnvironmentDrift } from '../run/drift/report';
import { checkFormat, exportReports, readReports, writeReport } from '../run/drift/report-files';
import { toldOnce } from '../run/drift/stack-items';
import { headline, itemsOf, itemText } from '../run/drift/words';
import { showBeginning } from '../run/prepare';
import { commitOf } from '../run/review/origin';
import { type EnvironmentRun, withSessions } from '../run/with-session';
import { endingOf } from '../session/ending';
import type { Settings } from '../session/settings';
import { environmentsOf } from './environments';

export interface DriftOptions {
  /** Files, whose endings say the format. */
  readonly out: readonly string[];
  /** A folder that gets each environment's report in all formats. */
  readonly export?: string;
  /** The last report, or a folder of reports. @default - that of the output folder */
  readonly previous?: string;
  /** Where one issue an environment is kept. @default - nowhere */
  readonly post?: CodeHostName;
}

/** `kakehashi drift`: what somebody changed behind the catalog's back. It only reads. */
export async function drift(
  settings: Settings,
  names: readonly string[],
  options: DriftOptions,
): Promise<number> {
  for (const file of options.out) checkFormat(file);
  const previous = options.previous === undefined ? undefined : readReports(options.previous);
  const chosen = environmentsOf(settings, names);
  return withSessions({ command: 'drift' }, settings, chosen, async (runs, report) => {
    const made = new Date().toISOString();
    const ready: { run: EnvironmentRun; ready: ReadyToLook; commit: string | undefined }[] = [];
    for (const [index, run] of runs.entries()) {
      const one = await attempt(run, runs.length > 1, async () => {
        const session = run.session();
        const all = runs.map(({ environment }) => environment);
        if (index === 0) showBeginning(session, all);
        return readyToLook(session);
      });
      if (one === undefined) run.end(EXIT.failed);
      else ready.push({ run, ready: one, commit: await commitOf(run.session()) });
    }
    const looks = ready.flatMap((one) => one.ready.looks);
    const { parallelism = 1 } = ready[0]?.run.session() ?? {};
    const found = [...(await inParallel(looks, parallelism, (look) => look()))];
    const environments = ready.map(({ run, ready: { loaded, looks: own }, commit }) => {
      const stacks = found.splice(0, own.length);
      const session = run.session();
      const file = path.join(session.folders.results, 'drift.json');
      const last = previous === undefined ? lastOf(file, run) : previous.get(run.environment);
      const circumstances = { made, commit, simulated: session.simulated };
      const one = reported(run, { loaded, stacks }, last, circumstances);
      writeReport(file, { version: 1, environments: [one] });
      show(run.report, one);
      run.end(exitOf(one));
      return one;
    });
    const whole: DriftReport = { version: 1, environments };
    for (const file of options.out) writeReport(file, whole);
    if (options.export !== undefined) exportReports(options.export, whole);
    const written = [...options.out, ...(options.export === undefined ? [] : [options.export])];
    for (const file of written) report.say(`report    ${shownPath(file)}`);
    if (options.post !== undefined) await post(report, options.post, environments);
    if (ready.length < runs.length || environments.some(({ outcome }) => outcome === 'unknown'))
      return EXIT.failed;
    return environments.some(({ outcome }) => outcome === 'drift') ? EXIT.drift : EXIT.done;
  });
}

/** Looks at one environment; of several, one that fails is shown and ends itself alone. @throws {@link Interrupted} */
async function attempt(
  run: EnvironmentRun,
  isOfSeveral: boolean,
  look: () => Promise<ReadyToLook>,
): Promise<ReadyToLook | undefined> {
  try {
    return await look();
  } catch (error) {
    if (!isOfSeveral || error instanceof Interrupted || run.stop.aborted) throw error;
    const { text } = endingOf(error);
    if (text !== '') run.report.note('error', `${run.environment}: ${text.replace(/^kakehashi: /, '')}`);
    return undefined;
  }
}

/** The last report in the output folder. One that can't be read is said, and what drifts is new then. */
function lastOf(file: string, run: EnvironmentRun): EnvironmentDrift | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return readReports(file).get(run.environment);
  } catch (error) {
    run.report.note('warn', endingOf(error).text.replace(/^kakehashi: /, ''));
    return undefined;
  }
}

interface Circumstances {
  readonly made: string;
  readonly commit: string | undefined;
  readonly simulated: boolean;
}

function reported(
  run: EnvironmentRun,
  { loaded, stacks: looked }: { readonly loaded: Loaded; readonly stacks: readonly StackLook[] },
  last: EnvironmentDrift | undefined,
  { made, commit, simulated }: Circumstances,
): EnvironmentDrift {
  const stacks = looked.map(({ found }) => found);
  const notes = [...new Set(looked.flatMap((one) => one.notes))];
  const isWhole = stacks.every(({ state }) => state !== 'failed') && run.settings.stacks.length === 0;
  const ignores = loaded.catalog.driftIgnore;
  // What changed is ours, also where its stack can't be read this time.
  const known = (last?.stacks ?? []).flatMap(({ items }) =>
    items.flatMap(({ what, id }) => (what === 'changed' && id !== undefined ? [id] : [])),
  );
  const ids = new Set([...looked.flatMap((one) => one.ids), ...known]);
  const expected = withoutExpected(
    toldOnce(
      stacks.flatMap(({ items }) => items),
      ids,
    ),
    ignores,
    { day: made.slice(0, 10), isWhole },
  );
  for (const warning of expected.warnings) run.report.note('warn', warning);
  const found = stacks.map((stack) => ({
    ...stack,
    items: expected.items.filter((item) => item.stack === stack.stack),
  }));
  const compared = compareWithLast(
    found,
    lastOfStacks(
      last,
      run,
      found.map(({ stack }) => stack),
    ),
    made,
    expected.expected,
  );
  const isRead = stacks.every(({ state }) => state !== 'failed');
  const hasDrift = compared.stacks.some(({ items }) => items.length > 0);
  return {
    environment: run.environment,
    made,
    simulated,
    ...(commit === undefined ? {} : { commit }),
    outcome: isRead ? (hasDrift ? 'drift' : 'none') : 'unknown',
    stacks: compared.stacks,
    gone: compared.gone,
    notes: [...expected.warnings, ...expected.notes, ...notes],
  };
}

/** The last report as far as it is about the stacks that were chosen now. */
function lastOfStacks(
  last: EnvironmentDrift | undefined,
  { settings }: EnvironmentRun,
  chosen: readonly string[],
): EnvironmentDrift | undefined {
  if (last === undefined || settings.stacks.length === 0) return last;
  return { ...last, stacks: last.stacks.filter(({ stack }) => chosen.includes(stack)) };
}

function exitOf({ outcome }: EnvironmentDrift): number {
  return { none: EXIT.done, drift: EXIT.drift, unknown: EXIT.failed }[outcome];
}

function show(report: Report, one: EnvironmentDrift): void {
  report.say(`\n${one.environment}: ${headline(one)}`);
  const width = Math.max(...one.stacks.map(({ stack }) => stack.length));
  for (const { stack, items, state, lines = [] } of one.stacks) {
    if (state === 'not applied') report.say(`  ${stack.padEnd(width)}   not applied`);
    if (state === 'failed')
      report.say(
        [`  ${stack.padEnd(width)}   could not be read`, ...lines.map((line) => `    ${line}`)].join('\n'),
      );
    if (items.length > 0 && state !== 'failed') report.say(`  ${stack}`);
    for (const item of items) {
      const since = item.state === 'new' ? 'new' : `since ${timeText(item.firstSeen)}`;
      report.say(`    ${itemText(item)}   (${since}${item.unread ? ', not read this time' : ''})`);
    }
  }
  if (one.gone.length > 0) report.say('  gone since the last report');
  for (const item of one.gone) report.say(`    ${item.stack}: ${itemText(item)}`);
  for (const note of one.notes) report.say(`  · ${note}`);
  report.event({
    type: 'drift_found',
    outcome: one.outcome,
    stacks: one.stacks.map(({ stack, state }) => ({ stack, state })),
    items: [...itemsOf(one), ...one.gone],
    notes: one.notes,
  });
}

/** Keeps one issue an environment: open while something drifts or can't be told. @throws Failure where it could not be posted */
function post(report: Report, to: CodeHostName, environments: readonly EnvironmentDrift[]): Promise<void> {
  const { postResults } = require('../run/post-results') as typeof import('../run/post-results');
  const { postIssues } =
    require('../../review/post/post-issues') as typeof import('../../review/post/post-issues');
  const issues = environments.map((one) => ({
    environment: one.environment,
    kind: 'drift' as const,
    title: `Drift of ${one.environment}: ${headline(one)}`,
    clean: one.outcome === 'none',
    render: (budget: number) => driftMarkdown(one, budget),
  }));
  return postResults(report, { to }, (opened, around) => postIssues(opened, issues, around));
}
