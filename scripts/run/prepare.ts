import type { Loaded } from '../../catalog/environment/catalog';
import { catalogLine } from '../report/catalog-line';
import { ignoreOutputs } from '../session/git-ignore';
import { readCatalog } from '../session/read-catalog';
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
  const { environment, settings, folders, report, simulatedProviders } = session;
  if (session.simulated) {
    report.say(
      `Kakehashi: ${environment}, in the sandbox. Simulated: ${simulatedProviders.join(', ')}. Nothing real is created.\n`,
    );
  } else {
    report.say(`Kakehashi: ${environment}.\n`);
  }
  const loaded = readCatalog(environment, settings, report);
  const { vault } = loaded.catalog.kinds;
  if (vault !== undefined) session.simulateVault?.(vault.server);
  report.say(catalogLine(loaded));
  updateLock(loaded, folders, settings, report);
  ignoreOutputs(folders, loaded.stacks, session.simulated);
  const seconds = await synthesize(session, loaded.stacks);
  await provideCredentials(session, loaded);
  keepLeftOutput(session);
  const stacks = loaded.stacks.map((stack) => stack.id);
  const named = stacks.length > 4 ? `${stacks.length} stacks` : stacks.join('  ') || 'no stacks';
  report.say(`synth     ${named}   ${seconds.toFixed(1)} s`);
  return loaded;
}
