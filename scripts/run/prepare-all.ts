import { EXIT } from '../../base/errors';
import { inParallel } from '../../base/pool';
import type { Loaded } from '../../catalog/environment/catalog';
import { Initializer } from '../session/init';
import { matchingStacks, refuseIdleGlobs } from '../session/selection';
import type { Session } from '../session/session';
import { synthesize } from '../session/synthesize';
import type { Outcomes } from './outcomes';
import { type OwnPart, ownPart } from './own-part';
import { prepare, showBeginning, showSynthesized, takeCatalog, takeCredentials } from './prepare';
import type { SettledCatalog } from './settle';
import type { EnvironmentRun } from './with-session';

/** An environment that is ready to be planned. */
export interface PreparedEnvironment extends OwnPart {
  readonly run: EnvironmentRun;
  readonly session: Session;
  readonly loaded: Loaded;
  readonly initializer: Initializer;
}

type Read = Pick<PreparedEnvironment, 'run' | 'session' | 'loaded'>;

/**
 * Prepares the environments of a run; those that can't be prepared are marked failed. The catalogs are read one after the
 * other, because each one's new tunnels depend on the lock files of the others.
 *
 * @throws {@link UsageError} for a glob of `--stack` that matches nothing in any of them
 */
export async function prepareAll(
  runs: readonly EnvironmentRun[],
  outcomes: Outcomes,
): Promise<readonly PreparedEnvironment[]> {
  const read = outcomes.isOfSeveral ? await readSeveral(runs, outcomes) : await readOne(runs, outcomes);
  const globs = read[0]?.session.settings.stacks ?? [];
  const all = read.flatMap(({ loaded }) => loaded.stacks);
  // Those of an environment that failed are not known.
  if (outcomes.ended('failed').length === 0) refuseIdleGlobs(all, globs);
  const prepared: PreparedEnvironment[] = [];
  for (const one of read) {
    const chosen = matchingStacks(one.loaded.stacks, globs);
    if (globs.length > 0 && chosen.length === 0) {
      outcomes.set(one.run, 'left out', EXIT.done);
      continue;
    }
    const initializer = new Initializer(one.session);
    const part = await outcomes.attempt(one.run, () => ownPart(one, chosen, initializer));
    if (part !== undefined) prepared.push({ ...one, ...part, initializer });
  }
  return prepared;
}

async function readOne(runs: readonly EnvironmentRun[], outcomes: Outcomes): Promise<readonly Read[]> {
  const [run] = runs;
  if (run === undefined) return [];
  const session = run.session();
  const loaded = await prepare(session);
  outcomes.loaded(run, loaded);
  return [{ run, session, loaded }];
}

async function readSeveral(runs: readonly EnvironmentRun[], outcomes: Outcomes): Promise<readonly Read[]> {
  const opened: { readonly run: EnvironmentRun; readonly session: Session }[] = [];
  for (const run of runs) {
    const session = await outcomes.attempt(run, () => run.session());
    if (session !== undefined) opened.push({ run, session });
  }
  const [first] = opened;
  if (first === undefined) return [];
  showBeginning(
    first.session,
    runs.map(({ environment }) => environment),
  );
  const shown = { problems: new Set<string>(), environments: runs.map(({ environment }) => environment) };
  const read: (Read & SettledCatalog)[] = [];
  for (const { run, session } of opened) {
    const taken = await outcomes.attempt(run, () => takeCatalog(session, shown));
    if (taken === undefined) continue;
    outcomes.loaded(run, taken.loaded);
    read.push({ run, session, ...taken });
  }
  const { parallelism } = first.session;
  const seconds = await inParallel(read, parallelism, ({ run, session, loaded }) =>
    outcomes.attempt(run, () => synthesize(session, loaded)),
  );
  const ready: Read[] = [];
  for (const [index, one] of read.entries()) {
    const taken = seconds[index];
    if (taken === undefined) continue;
    const isReady = await outcomes.attempt(one.run, async () => {
      await takeCredentials(one.session, one);
      showSynthesized(one.session, one.loaded, taken);
      return true;
    });
    if (isReady) ready.push(one);
  }
  return ready;
}
