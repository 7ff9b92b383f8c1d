import { counted } from '../../base/text/counted';
import type { Loaded } from '../../catalog/environment/catalog';
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
  report.say(catalogLine(loaded));
  updateLock(loaded, folders, settings, report);
  const seconds = await synthesize(session, loaded.stacks);
  await provideCredentials(session, loaded);
  keepLeftOutput(session);
  const stacks = loaded.stacks.map((stack) => stack.id);
  const named = stacks.length > 4 ? `${stacks.length} stacks` : stacks.join('  ') || 'no stacks';
  report.say(`synth     ${named}   ${seconds.toFixed(1)} s`);
  return loaded;
}

/** `catalog   catalog/dev.yml, extends base.yml   2 networks to build, 3 entries as they are`. */
export function catalogLine(loaded: Loaded): string {
  return `catalog   ${catalogWords(loaded)}`;
}

/** The same without its label. */
export function catalogWords(loaded: Loaded): string {
  const { catalog, files } = loaded;
  const parents = files.filter(
    (file) => file !== catalog.file && /\.ya?ml$/.test(file) && !file.endsWith('.lock.yml'),
  );
  const shownParents =
    parents.length > 0 && parents.length < 4
      ? `, extends ${parents.map((file) => file.split('/').at(-1)).join(', ')}`
      : '';
  const networks = counted(catalog.networks.length, 'network to build', 'networks to build');
  const adopted = counted(catalog.adopted.length, 'entry as it is', 'entries as they are');
  const parts = [
    ...(catalog.networks.length > 0 ? [networks] : []),
    ...(catalog.adopted.length > 0 ? [adopted] : []),
  ];
  return `${catalog.file}${shownParents}   ${parts.join(', ') || (catalog.kinds.vault === undefined ? 'nothing in it' : 'a Vault')}`;
}
