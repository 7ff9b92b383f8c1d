import type { Loaded } from '../../catalog/environment/catalog';
import { catalogLine } from '../report/catalog-line';
import { ignoreOutputs } from '../session/git-ignore';
import { readCatalog, type ShownProblems } from '../session/read-catalog';
import type { Session } from '../session/session';
import { synthesize } from '../session/synthesize';
import { updateLock } from '../session/update-lock';
import { provideCredentials } from './credentials';
import { keepLeftOutput } from './left-output';

/**
 * What every command that runs Terraform begins with: the catalog is read and checked, the lock file gets what is new, and
 * the configuration is written.
 */
export async function prepare(session: Session): Promise<Loaded> {
  showBeginning(session, [session.environment]);
  const loaded = takeCatalog(session);
  const seconds = await synthesize(session, loaded.stacks);
  await takeCredentials(session, loaded);
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
export function takeCatalog(session: Session, shown?: ShownProblems): Loaded {
  const { environment, settings, folders, report } = session;
  const loaded = readCatalog(environment, settings, report, shown);
  report.say(catalogLine(loaded));
  updateLock(loaded, folders, settings, report);
  ignoreOutputs(folders, loaded.stacks, session.simulated);
  return loaded;
}

/** What is needed beside the configuration: credentials, and the output that a killed run left. */
export async function takeCredentials(session: Session, loaded: Loaded): Promise<void> {
  await provideCredentials(session, loaded);
  keepLeftOutput(session);
}

/** Shows the stacks that were synthesized. */
export function showSynthesized({ report }: Session, loaded: Loaded, seconds: number): void {
  const stacks = loaded.stacks.map((stack) => stack.id);
  const named = stacks.length > 4 ? `${stacks.length} stacks` : stacks.join('  ') || 'no stacks';
  report.say(`synth     ${named}   ${seconds.toFixed(1)} s`);
}
