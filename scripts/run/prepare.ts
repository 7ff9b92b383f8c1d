import type { Loaded } from '../../catalog/environment/catalog';
import { catalogLine } from '../report/catalog-line';
import { ignoreOutputs } from '../session/git-ignore';
import type { ShownProblems } from '../session/read-catalog';
import type { Session } from '../session/session';
import { synthesize } from '../session/synthesize';
import { updateLock } from '../session/update-lock';
import { provideCredentials } from './credentials';
import { keepLeftOutput } from './left-output';
import { makeReady } from './make-ready';
import { type SettledCatalog, settledCatalog, showUnapplied } from './settle';

/**
 * What every command that runs Terraform begins with: the catalog is read and checked, the lock file gets what is new, and
 * the configuration is written.
 */
export async function prepare(session: Session): Promise<Loaded> {
  showBeginning(session, [session.environment]);
  const taken = await takeCatalog(session);
  const { loaded } = taken;
  const seconds = await synthesize(session, loaded);
  await takeCredentials(session, taken);
  showSynthesized(session, loaded, seconds);
  return loaded;
}

/** The first line of a run: its environments, and whether anything of it is real. */
export function showBeginning(
  { simulated, simulatedProviders, report }: Session,
  environments: readonly string[],
): void {
  const names = environments.join(', ');
  const first = simulated
    ? `Kakehashi: ${names}, in the sandbox. Simulated: ${simulatedProviders.join(', ')}. Nothing real is created.\n`
    : `Kakehashi: ${names}.\n`;
  report.say(first);
}

/** Reads and checks the catalog, and adds what is new to the lock file. @param shown - the problems that other environments have shown */
export async function takeCatalog(session: Session, shown?: ShownProblems): Promise<SettledCatalog> {
  const { settings, folders, report } = session;
  const settled = await settledCatalog(session, shown);
  const { loaded } = settled;
  const { vault } = loaded.catalog.kinds;
  if (vault !== undefined) session.simulateVault?.(vault.server);
  report.say(catalogLine(loaded));
  showUnapplied(session, loaded);
  updateLock(loaded, folders, settings, report);
  ignoreOutputs(folders, loaded.stacks, session.simulated);
  return settled;
}

/** What is needed beside the configuration: credentials, what kinds make ready, and the output that a killed run left. */
export async function takeCredentials(
  session: Session,
  { loaded, hasCredentials }: SettledCatalog,
): Promise<void> {
  if (!hasCredentials) await provideCredentials(session, loaded);
  await makeReady(session, loaded);
  keepLeftOutput(session);
}

/** Shows the stacks that were synthesized. */
export function showSynthesized({ report }: Session, loaded: Loaded, seconds: number): void {
  const stacks = loaded.stacks.map((stack) => stack.id);
  const named = stacks.length > 4 ? `${stacks.length} stacks` : stacks.join('  ') || 'no stacks';
  report.say(`synth     ${named}   ${seconds.toFixed(1)} s`);
}
