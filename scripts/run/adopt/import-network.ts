import { readFileSync } from 'node:fs';
import { EXIT, Failure } from '../../../base/errors';
import { shownPath, writeAtomically } from '../../../base/files';
import { counted } from '../../../base/text/counted';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { JsonMap } from '../../../catalog/ground/json';
import type { Stack } from '../../../catalog/kinds/registry';
import { hasChanges } from '../../../terraform/plan/stack-plan';
import type { StateInstance } from '../../../terraform/state/state-file';
import type { AdoptionReading, KindAdoption } from '../../kinds/adoption';
import { confirm } from '../../session/confirm';
import { stackFolder } from '../../session/folders';
import { ignoreOutputs } from '../../session/git-ignore';
import { Initializer } from '../../session/init';
import { readCatalog } from '../../session/read-catalog';
import type { Session } from '../../session/session';
import { synthesize } from '../../session/synthesize';
import { updateLock } from '../../session/update-lock';
import { provideCredentials } from '../credentials';
import { showBeginning } from '../prepare';
import { settledCatalog } from '../settle';
import { readConfiguration } from './configuration';
import { discover } from './discover';
import { type Adopted, knownObjects } from './known-objects';
import { newInstances, OwnState } from './own-state';
import { makeScratch } from './scratch';
import {
  changeLines,
  harmful,
  type Import,
  showCatalogDiff,
  showObjects,
  showRetirement,
} from './show-import';
import type { Source } from './source';
import { TrialFolder } from './trial-folder';

/** What `kakehashi import` was asked for. */
export interface ImportRequest {
  readonly adoption: KindAdoption;
  /** Absent where only ids are given. */
  readonly source?: Source;
  /** The name of the entry. */
  readonly name: string;
  readonly ids: ReadonlyMap<string, readonly string[]>;
  /** Where the network is; needed without a source. */
  readonly region?: string;
  readonly dryRun: boolean;
}

/**
 * Adopts a network. First all of it is tried in a folder of its own: the entry, the state, and the plan that follows. What is
 * confirmed is written in an order in which a kill leaves nothing half: the state at once, then the catalog, whose entry nobody
 * reads before. A second run finds the state and goes on.
 */
export async function importNetwork(session: Session, request: ImportRequest): Promise<number> {
  const { report } = session;
  if (session.settings.frozen && !request.dryRun) {
    throw new Failure({
      where: shownPath(session.folders.lockFile),
      summary: 'gets a stack by an import, but it is frozen',
      fixes: ['run without --frozen and commit it'],
    });
  }
  showBeginning(session, [session.environment]);
  const { loaded } = await settledCatalog(session);
  const { file } = loaded.catalog;
  const before = readFileSync(file, 'utf8');
  const { reading, instances, name: sourceName } = await readObjects(session, loaded, request);
  report.say(`found     ${reading.title}, in ${sourceName}`);
  for (const note of reading.notes) report.note('info', `note: ${note}`);
  const after = catalogText(loaded, request, reading, before, sourceName);
  const scratch = makeScratch(session, file, after);
  try {
    const trial = scratch.session;
    const tried = readCatalog(session.environment, trial.settings, report);
    const stack = stackOf(tried, request);
    await synthesize(trial, tried);
    await provideCredentials(session, tried);
    await new Initializer(trial).init(stack.id);
    const own = await OwnState.pull(trial, stack.id);
    const configuration = readConfiguration(stackFolder(trial.folders, stack.id));
    const folder = new TrialFolder(trial, stack, configuration);
    const isOwn = holdsNetwork(own, instances);
    if (!isOwn && own.instances.length > 0) throw hasOthers(stack, own, request.adoption.provider);
    if (before !== after) showCatalogDiff(session, file, before, after);
    if (isOwn) return finishEarlier(session, request, { file, before, after, stack });
    const answers = await folder.ask(reading.questions);
    const adopted = knownObjects(configuration, reading, answers);
    const found: Import = { source: sourceName, instances, reading, adopted };
    showObjects(session, found);
    const imported = await folder.import(adopted);
    const state = own.with(newInstances(configuration, adopted, imported), request.adoption.source);
    const plan = await folder.rehearse(tried, state);
    const changes = hasChanges(plan.summary) ? (await folder.shown()).changes : [];
    const harm = harmful(changes, adopted);
    if (harm.length > 0) throw wouldHarm(stack, harm);
    showPlan(session, stack, changeLines(changes));
    report.event({
      type: 'import_planned',
      stack: stack.id,
      entry: `${request.adoption.provider}/${request.name}`,
      taken: adopted.map(({ type, name, object }) => ({
        address: `${type}.${name}`,
        how: object.how,
        from: fromOf(object),
      })),
      changes: changeLines(changes),
    });
    if (request.dryRun) {
      report.say('\ndry run: nothing was written');
      return EXIT.changes;
    }
    await confirm(session, {
      done: 'imported',
      text: `Type 'yes' to write the entry and to take ${counted(adopted.length, 'object')} into the state of ${stack.id}:`,
      answer: 'yes',
    });
    const backup = await own.push(state);
    report.say(
      `\nstate     ${stack.id}: ${counted(adopted.length, 'object')} taken${backup === undefined ? '' : `; the former one is in ${backup}`}`,
    );
    writeEntry(session, file, before, after);
    report.event({
      type: 'imported',
      stack: stack.id,
      entry: `${request.adoption.provider}/${request.name}`,
      file: shownPath(file),
      objects: adopted.length,
      ...(backup === undefined ? {} : { backup }),
    });
    if (request.source !== undefined) showRetirement(session, found, request.source.file);
    showNext(session);
    return EXIT.done;
  } finally {
    scratch.remove();
  }
}

/** The objects of the source, and what the kind makes of them. */
async function readObjects(
  session: Session,
  loaded: Loaded,
  request: ImportRequest,
): Promise<{
  readonly reading: AdoptionReading;
  readonly instances: readonly StateInstance[];
  readonly name: string;
}> {
  const { adoption, source, name, ids } = request;
  const { catalog } = loaded;
  const instances = source?.state.instances ?? (await discover(session, loaded, request));
  const called = source?.name ?? 'the cloud';
  const ofProvider = <T extends { readonly provider: string }>(one: T) => one.provider === adoption.provider;
  const reading = adoption.read({
    source: called,
    instances,
    name,
    ids,
    ...(catalog.site === undefined ? {} : { site: catalog.site }),
    adopted: new Map(catalog.adopted.filter(ofProvider).map((one) => [one.name, one.values])),
    created: new Set(
      catalog.networks.flatMap(({ entries }) => entries.filter(ofProvider).map((one) => one.name)),
    ),
  });
  return { reading, instances, name: called };
}

/** The catalog with the entries in it; an entry with `create` that is there already stays as it is. */
function catalogText(
  { catalog }: Loaded,
  { adoption, name }: ImportRequest,
  { entry, further }: AdoptionReading,
  before: string,
  source: string,
): string {
  const { insertEntry } =
    require('../../../catalog/out/insert-entry') as typeof import('../../../catalog/out/insert-entry');
  const { provider } = adoption;
  if (catalog.networks.some(({ key }) => key === `${provider}/${name}`)) return before;
  const entries: readonly (readonly [string, JsonMap])[] = [[name, entry], ...Object.entries(further)];
  return entries.reduce((text, [one, values], index) => {
    const comment = index === 0 ? { comment: `Imported from ${source}.` } : {};
    const next = insertEntry(text, { provider, name: one, values, ...comment });
    if (next === undefined)
      throw new Failure(`${shownPath(catalog.file)}: can't be changed, because it is no plain YAML file`);
    return next;
  }, before);
}

function stackOf({ stacks }: Loaded, { adoption, name }: ImportRequest): Stack {
  const key = `${adoption.provider}/${name}`;
  const stack = stacks.find(({ members }) => members.includes(key));
  if (stack === undefined || stack.network !== key)
    throw new Failure(`${key}: is no network of its own in the catalog, so nothing can be imported into it`);
  return stack;
}

/** Whether an earlier run has taken the objects: the state has an object of the source under another address. */
function holdsNetwork(own: OwnState, instances: readonly StateInstance[]): boolean {
  const ids = new Set(instances.map(({ type, attributes }) => `${type} ${String(attributes.id)}`));
  return own.instances.some(
    ({ type, attributes }) => attributes.id !== undefined && ids.has(`${type} ${String(attributes.id)}`),
  );
}

function hasOthers(stack: Stack, own: OwnState, provider: string): Failure {
  return new Failure({
    where: stack.id,
    summary: `has ${counted(own.instances.length, 'object')} in its state already, for instance ${own.instances[0]?.address}, and none of them is in the state that is imported`,
    fixes: [`import under another name: --entry ${provider}/NAME`],
  });
}

/** An earlier run took the objects: what is left is the catalog. */
function finishEarlier(
  session: Session,
  { dryRun }: ImportRequest,
  {
    file,
    before,
    after,
    stack,
  }: { readonly file: string; readonly before: string; readonly after: string; readonly stack: Stack },
): number {
  const { report } = session;
  if (before === after) {
    report.say(`\n${stack.id}: already imported; nothing to do`);
    return EXIT.done;
  }
  report.say(`\nstate     ${stack.id}: an earlier run has taken the objects; the entry is left to write`);
  if (dryRun) return EXIT.changes;
  writeEntry(session, file, before, after);
  showNext(session);
  return EXIT.done;
}

function writeEntry(session: Session, file: string, before: string, after: string): void {
  const { report, environment, settings, folders } = session;
  if (readFileSync(file, 'utf8') !== before)
    throw new Failure(
      `${shownPath(file)}: was changed meanwhile; run the same command again, which writes the entry alone`,
    );
  if (before !== after) writeAtomically(file, after);
  const loaded = readCatalog(environment, settings, report);
  updateLock(loaded, folders, settings, report);
  ignoreOutputs(folders, loaded.stacks, session.simulated);
  report.say(`catalog   ${shownPath(file)}`);
}

function wouldHarm(stack: Stack, harm: readonly string[]): Failure {
  return new Failure(
    [
      `${stack.id}: not imported, because the plan that follows would not leave everything in place:`,
      ...harm.map((line) => `  ${line}`),
      'nothing was written',
    ].join('\n'),
  );
}

function showPlan({ report }: Session, stack: Stack, lines: readonly string[]): void {
  const what =
    lines.length === 0
      ? 'nothing changes'
      : 'nothing is replaced or destroyed; the next apply changes in place or adds';
  report.say(`\nplan      ${stack.id}: ${what}${lines.length === 0 ? '' : ':'}`);
  for (const line of lines) report.show(`  ${line}`);
}

function showNext({ report, environment, simulated }: Session): void {
  report.say(
    `\nNext:     npx kakehashi plan ${environment}${simulated ? ' --sandbox' : ''}          shows the same again; then apply`,
  );
}

function fromOf(object: Adopted['object']): string {
  switch (object.how) {
    case 'taken':
      return object.instance.address;
    case 'imported':
      return object.id;
    case 'written':
      return String(object.attributes.id);
  }
}
