import type { Loaded } from '../../catalog/environment/catalog';
import type { StackName } from '../../catalog/ground/problem';
import { erroredState } from '../../terraform/errored-state';
import { Journal } from '../../terraform/journal';
import { holdsNothing } from '../../terraform/state-contents';
import { stackFolder } from '../session/folders';
import { Initializer } from '../session/init';
import { neighbourSession } from '../session/neighbour-session';
import { hasNoLocalState } from '../session/outputs';
import {
  loadCatalog,
  notShown,
  readCatalog,
  type ShownProblems,
  showProblems,
} from '../session/read-catalog';
import type { Session } from '../session/session';
import { synthesize } from '../session/synthesize';
import { provideCredentials } from './credentials';

/** A catalog of which everything holds that the lock file says. */
export interface SettledCatalog {
  readonly loaded: Loaded;
  /** Whether Terraform has its credentials already, which were needed to read states. */
  readonly hasCredentials: boolean;
}

/**
 * Reads and checks an environment's catalog, and shows its problems. Where the lock file says otherwise, or has a stack that
 * is gone from the catalog, the state decides: what was never applied holds nobody.
 *
 * @param shown - the problems that other environments of the run have shown
 * @throws Failure when the catalog can't be used; TerraformError for a state that can't be read
 */
export async function settledCatalog(session: Session, shown?: ShownProblems): Promise<SettledCatalog> {
  const { environment, settings, report } = session;
  const first = leniently(environment, session);
  if (first === undefined)
    return { loaded: readCatalog(environment, settings, report, { shown }), hasCredentials: false };
  const doubtful = doubtfulStacks(first);
  if (doubtful.length === 0) {
    showProblems(notShown(first.problems, shown), settings, report);
    return { loaded: first, hasCredentials: false };
  }
  const looked = new Look(session, first);
  const unapplied: StackName[] = [];
  for (const stack of doubtful) if (await looked.isUnapplied(stack)) unapplied.push(stack);
  return {
    loaded: readCatalog(environment, settings, report, { unapplied, shown }),
    hasCredentials: looked.hasCredentials,
  };
}

/** Says what was found never to have been applied, as far as this run's lock file changes by it. */
export function showUnapplied(session: Session, { lock, kept, stacks, unapplied }: Loaded): void {
  for (const { environment, stack } of unapplied) {
    const isLive = stacks.some(({ id }) => id === stack);
    if (environment !== session.environment) {
      const text = `${stack}: nothing of it is applied, so what the lock file of ${environment} has for it is free`;
      session.report.say(text);
    } else if (lock.stacks[stack] !== undefined && kept.stacks[stack] === undefined) {
      const text = isLive
        ? 'was planned and never applied: the lock file takes what the catalog says now'
        : 'was planned and never applied: it leaves the lock file';
      session.report.say(`${stack}: ${text}`);
    }
  }
}

/** The stacks on whose states it depends what the lock file means. */
function doubtfulStacks({ catalog, stacks, problems }: Loaded): readonly StackName[] {
  const gone = stacks.filter((stack) => stack.gone);
  const all = [
    ...gone.map(({ id }) => ({ environment: catalog.environment, stack: id })),
    ...problems.flatMap(({ ifApplied = [] }) => ifApplied),
  ];
  return [...new Map(all.map((name) => [`${name.environment}/${name.stack}`, name])).values()];
}

/** The catalog before anybody looks at states; undefined where it has errors all the same. */
function leniently(environment: string, { settings }: Pick<Session, 'settings'>): Loaded | undefined {
  const { CatalogError } =
    require('../../catalog/ground/catalog-error') as typeof import('../../catalog/ground/catalog-error');
  try {
    return loadCatalog(environment, settings, { lenient: true });
  } catch (error) {
    if (error instanceof CatalogError) return undefined;
    throw error;
  }
}

/** A look at states. What is needed for one that lies elsewhere is done once, and only where there is one. */
class Look {
  hasCredentials = false;
  private initializer: Initializer | undefined;

  constructor(
    private readonly session: Session,
    private readonly own: Loaded,
  ) {}

  /** Whether a stack was never applied. What can't be known counts as applied. */
  async isUnapplied({ environment, stack }: StackName): Promise<boolean> {
    const isOwn = environment === this.session.environment;
    const run = isOwn ? this.session : neighbourSession(this.session, environment);
    const loaded = isOwn ? this.own : leniently(environment, run);
    const backend = loaded?.lock.stacks[stack]?.backend;
    if (new Journal(run.folders.journal).unfinished.includes(stack)) return false;
    if (erroredState(stack, stackFolder(run.folders, stack)) !== undefined) return false;
    if (run.simulated || backend === 'local') return hasNoLocalState(run, stack);
    const known = loaded?.stacks.find(({ id }) => id === stack);
    // A state in a backend that the catalog does not name any more can't be found.
    if (!isOwn || known === undefined || known.backend.type !== backend) return false;
    const initializer = await this.prepared();
    await initializer.init(stack);
    return holdsNothing(await this.session.terraform.pullState(stackFolder(run.folders, stack)));
  }

  private async prepared(): Promise<Initializer> {
    if (this.initializer !== undefined) return this.initializer;
    await synthesize({ ...this.session, lenient: true }, this.own);
    await provideCredentials(this.session, this.own);
    this.hasCredentials = true;
    this.initializer = new Initializer(this.session);
    return this.initializer;
  }
}
