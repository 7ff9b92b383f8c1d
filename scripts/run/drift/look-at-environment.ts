import { CommandError, Failure } from '../../../base/errors';
import { Interrupted } from '../../../base/interrupted';
import { groupOf, type Loaded } from '../../../catalog/environment/catalog';
import type { Stack } from '../../../catalog/kinds/registry';
import { erroredState } from '../../../terraform/errored-state';
import { Journal } from '../../../terraform/journal';
import { type AddressedResource, priorResources } from '../../../terraform/plan/prior-resources';
import { scrubPlan } from '../../../terraform/plan/scrub';
import type { Unmanaged } from '../../kinds/drift';
import { driverOf } from '../../kinds/registry';
import { endingOf } from '../../session/ending';
import { stackFolder } from '../../session/folders';
import { Initializer } from '../../session/init';
import { isUnapplied } from '../../session/outputs';
import { matchingStacks } from '../../session/selection';
import type { Session } from '../../session/session';
import { synthesize } from '../../session/synthesize';
import { readConfiguration } from '../adopt/configuration';
import { provideCredentials } from '../credentials';
import { makeReady } from '../make-ready';
import { Finder } from '../recover/finder';
import { settledCatalog } from '../settle';
import type { FoundStack } from './history';
import { RefreshFolder } from './refresh-folder';
import { Relevance } from './relevance';
import { stackItems, unmanagedItems } from './stack-items';

/** An environment that is ready to be looked at. */
export interface ReadyToLook {
  readonly loaded: Loaded;
  /** Looks at one stack each, in the catalog's order. What can't be read is a result, too. */
  readonly looks: readonly (() => Promise<StackLook>)[];
}

/**
 * Prepares an environment. Nothing is applied, no lock file and no state is written, and plans that are saved stay as they are.
 *
 * @throws Failure where the catalog can't be used; TerraformError, VaultError where no stack can be asked
 */
export async function readyToLook(session: Session): Promise<ReadyToLook> {
  const { loaded, hasCredentials } = await settledCatalog(session);
  await synthesize(session, loaded);
  if (!hasCredentials) await provideCredentials(session, loaded);
  await makeReady(session, loaded);
  const chosen = matchingStacks(loaded.stacks, session.settings.stacks);
  const initializer = new Initializer(session);
  const journal = new Journal(session.folders.journal);
  const asked = chosen.filter((stack) => !isUnapplied(session, stack));
  const broken = new Map<string, unknown>();
  for (const stack of initializer.warmUps(asked.map(({ id }) => id))) {
    try {
      await initializer.init(stack);
    } catch (error) {
      broken.set(stack, error);
    }
  }
  const look = async (stack: Stack): Promise<StackLook> => {
    const { at: applied, commit } = journal.lastApplied(stack.id) ?? {};
    const common = {
      stack: stack.id,
      kind: stack.kind,
      ...(applied === undefined ? {} : { applied }),
      ...(commit === undefined ? {} : { appliedCommit: commit }),
    };
    if (!asked.includes(stack))
      return { found: { ...common, state: 'not applied', items: [] }, notes: [], ids: [] };
    try {
      if (broken.has(stack.id)) throw broken.get(stack.id);
      await initializer.init(stack.id);
      const { items, isEmpty, ...rest } = await lookAtStack({ session, loaded }, stack, applied);
      return { found: { ...common, state: isEmpty ? 'not applied' : 'read', items }, ...rest };
    } catch (error) {
      return {
        found: { ...common, state: 'failed', lines: linesOf(session, error), items: [] },
        notes: [],
        ids: [],
      };
    }
  };
  return { loaded, looks: chosen.map((stack) => () => look(stack)) };
}

/** One stack as its cloud has it, and what the cloud could not be asked. */
export interface StackLook {
  readonly found: FoundStack;
  readonly notes: readonly string[];
  /** The cloud's ids of the stack's own objects. */
  readonly ids: readonly string[];
}

async function lookAtStack(
  { session, loaded }: { readonly session: Session; readonly loaded: Loaded },
  stack: Stack,
  applied: string | undefined,
): Promise<Pick<FoundStack, 'items'> & Omit<StackLook, 'found'> & { readonly isEmpty: boolean }> {
  const own = stackFolder(session.folders, stack.id);
  const unsaved = erroredState(stack.id, own);
  if (unsaved !== undefined) throw new Failure(unsaved);
  const folder = new RefreshFolder(session, stack.id);
  const { masks } = session.report.log;
  let text: string;
  try {
    text = await folder.refresh();
  } finally {
    folder.remove();
  }
  const { drift } = scrubPlan(text, (secret) => masks.add(secret));
  const resources = priorResources(text);
  const driver = driverOf(stack);
  const relevance = new Relevance(readConfiguration(own));
  const who = driver.drift?.who;
  const items = stackItems({
    stack: stack.id,
    drift,
    resources,
    relevance,
    telemetry: driver.telemetry,
    hasEnded: (_, type) => endsByItself(loaded, stack, type),
    ...(who === undefined ? {} : { who: (object) => who(object, applied, resources) }),
  });
  const { found, notes } = await unmanagedIn(session, stack, resources);
  const isEmpty = resources.length === 0 && drift.length === 0;
  const ids = resources.flatMap(({ values: { id } }) => (typeof id === 'string' ? [id] : []));
  return { items: [...items, ...unmanagedItems(stack.id, found, relevance)], isEmpty, notes, ids };
}

/** Nodes with a lease, or that end when they are idle, are gone one day as they were meant to be. */
function endsByItself(loaded: Loaded, stack: Stack, type: string): boolean {
  const group = groupOf(loaded, stack);
  if (group === undefined || driverOf(stack).nodes?.type !== type) return false;
  return group.leaseSeconds !== undefined || group.idleSeconds !== undefined || group.kind === 'elastic';
}

/** What lies in the stack's networks and nobody manages. What the cloud refuses to tell is a note, and hides nothing else. */
async function unmanagedIn(
  session: Session,
  stack: Stack,
  resources: readonly AddressedResource[],
): Promise<{ readonly found: readonly Unmanaged[]; readonly notes: readonly string[] }> {
  const { drift } = driverOf(stack);
  if (drift === undefined || resources.length === 0) return { found: [], notes: [] };
  const found = drift.unmanaged?.(resources) ?? [];
  const questions = drift.questions?.(resources) ?? [];
  if (questions.length === 0) return { found, notes: [] };
  const unasked = drift.unasked === undefined ? [] : [drift.unasked];
  const finder = new Finder(session, stack.id);
  try {
    await finder.ask(questions.map(({ question }) => question));
    const answers = questions.flatMap(({ question, read }) => read(finder.answer(question)));
    return { found: [...found, ...answers], notes: unasked };
  } catch (error) {
    if (error instanceof Interrupted || !(error instanceof CommandError)) throw error;
    const why = linesOf(session, error).join('; ');
    return { found, notes: [...unasked, `${stack.id}: its cloud does not tell what nobody manages: ${why}`] };
  }
}

/** Why a stack could not be read. @throws {@link Interrupted} */
function linesOf(session: Session, error: unknown): readonly string[] {
  if (error instanceof Interrupted) throw error;
  const { text, unexpected } = endingOf(error);
  if (unexpected) session.report.log.write('error', String(error instanceof Error ? error.stack : error));
  const { masks } = session.report.log;
  return masks
    .mask(text.replace(/^kakehashi: /, ''))
    .split('\n')
    .map((line) => line.trim());
}
