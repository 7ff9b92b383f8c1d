import { existsSync, statSync } from 'node:fs';
import { Failure } from '../../base/errors';
import { readIfThere, shownPath, writeAtomically } from '../../base/files';
import { inParallel } from '../../base/pool';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Entries } from '../../catalog/out/entries';
import type { Initializer } from '../session/init';
import { isUnapplied, needsTerraform, readOutput } from '../session/outputs';
import type { Session } from '../session/session';

/** First line of every file of entries that comes out of the sandbox. */
export const SIMULATED = 'simulated by the kakehashi sandbox: nothing in here exists';

/** The catalog entries of an environment: what exists already, and what its stacks created so far. */
export async function collectEntries(
  session: Session,
  loaded: Loaded,
  initializer: Initializer,
  printed: ReadonlyMap<string, unknown>,
): Promise<Entries> {
  const { mergeEntries } = require('../../catalog/out/entries') as typeof import('../../catalog/out/entries');
  const live = loaded.stacks.filter((stack) => !stack.gone);
  const asked = live.filter((stack) => printed.get(stack.id) === undefined && !isUnapplied(session, stack));
  const initialized = asked.filter((stack) => needsTerraform(session, stack)).map((stack) => stack.id);
  for (const stack of initializer.warmUps(initialized)) await initializer.init(stack);
  const answers = await inParallel(asked, session.parallelism, (stack) =>
    readOutput(session, initializer, stack, 'catalog'),
  );
  const found = new Map([...printed, ...asked.map((stack, index) => [stack.id, answers[index]] as const)]);
  const created = live.flatMap((stack) => {
    const entries = found.get(stack.id);
    return typeof entries === 'object' && entries !== null ? [entries as Entries] : [];
  });
  return mergeEntries(loaded.catalog, created);
}

/** The entries as a file's text; comments of a text that is there already are kept. */
export function entriesText(session: Session, entries: Entries, existing?: string): string {
  const { formatEntries } =
    require('../../catalog/out/entries') as typeof import('../../catalog/out/entries');
  return formatEntries(entries, existing, session.simulated ? SIMULATED : undefined);
}

/**
 * Writes the entries to a file, in one step.
 *
 * @throws {@link Failure} where the file holds something else that would be lost
 */
export function writeEntries(session: Session, entries: Entries, file: string): void {
  const { keepsFromEntries } =
    require('../../catalog/out/entries') as typeof import('../../catalog/out/entries');
  if (existsSync(file) && !statSync(file).isFile())
    throw new Failure(`${shownPath(file)}: must be a file, got a folder or a device`);
  const existing = readIfThere(file);
  const kept = existing === undefined ? undefined : keepsFromEntries(existing);
  if (kept !== undefined)
    throw new Failure(`${shownPath(file)}: not written: it ${kept}; move it away, or name another file`);
  writeAtomically(file, entriesText(session, entries, existing));
  session.report.event({ type: 'entries_written', file: shownPath(file), entries: entryNames(entries) });
}

/** `aws/default`, … */
export function entryNames(entries: Entries): readonly string[] {
  return Object.entries(entries).flatMap(([provider, named]) =>
    typeof named === 'object' && named !== null
      ? Object.keys(named).map((name) => `${provider}/${name}`)
      : [],
  );
}

/** Shows the file, the first entry of each cloud in which anything was built, else the first of all, and how many more there are. */
export function showEntries(session: Session, { catalog }: Loaded, entries: Entries, file: string): void {
  const names = entryNames(entries);
  const built = catalog.networks.flatMap((network) => network.entries.slice(0, 1));
  const all = Object.entries(entries).flatMap(([provider, named]) => ({
    provider,
    name: Object.keys(named)[0] ?? '',
  }));
  const firsts = new Map(
    (built.length > 0 ? built : all.slice(0, 1))
      .map(({ provider, name }) => [provider, name] as const)
      .reverse(),
  );
  const shown = Object.fromEntries(
    Object.entries(entries).flatMap(([provider, named]) => {
      const name = firsts.get(provider);
      const entry = name === undefined ? undefined : named[name];
      return name === undefined || entry === undefined ? [] : [[provider, { [name]: entry }]];
    }),
  );
  const lines = entriesText(session, shown)
    .split('\n')
    .filter((line) => line.trim() !== '' && !line.startsWith('#') && !line.startsWith('cci_version'));
  const more = names.length - entryNames(shown).length;
  session.report.say(`\nentries   ${shownPath(file)}`);
  for (const line of lines) session.report.show(`          ${line}`);
  if (more > 0) session.report.say(`          … ${more} more`);
}
