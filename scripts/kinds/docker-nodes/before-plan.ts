import path from 'node:path';
import { readIfThere } from '../../../base/files';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { GroupImage } from '../../../catalog/kinds/docker-nodes/group';
import { DELETES_STOPPED } from '../../../catalog/kinds/docker-nodes/settings';
import { stackFolder } from '../../session/folders';
import type { Session } from '../../session/session';
import type { Planning } from '../kind';
import { engineOf, nodeOf } from './host-of';
import { loadImage } from './load-image';

/** Runs that were told of their old provider. */
const told = new WeakSet<Session>();

/**
 * What comes before each plan on a host: the host is asked first, because the provider's own words about a host that it does not
 * reach are few; that opens the connection that Terraform's commands then share. An image's file is loaded.
 *
 * @returns the login to the registry, where the catalog has one
 * @throws Failure, VaultError
 */
export async function beforePlan({
  session,
  stack,
  loaded,
  destroy,
}: Planning<'docker-nodes'>): Promise<NodeJS.ProcessEnv> {
  const image = nodeOf(loaded, stack)?.group.image;
  const variables = await registryVariables(session, loaded, image);
  if (session.simulated) return variables;
  warnOfOldProvider(session, stackFolder(session.folders, stack.id));
  const engine = engineOf(session, stack);
  await engine.asked(['version', '--format', '{{.Server.Version}}']);
  if (image?.kind === 'loaded' && !destroy)
    await loadImage(engine, image, session.settings.catalogDirectory, session.report);
  return variables;
}

/** The login to the registry, as the configuration's variable. @throws VaultError that names what can't be read */
async function registryVariables(
  session: Session,
  { catalog }: Loaded,
  image: GroupImage | undefined,
): Promise<NodeJS.ProcessEnv> {
  if (image?.kind !== 'pulled' || image.registry === undefined) return {};
  const { user, password } = image.registry;
  const { vault } = catalog.kinds;
  if (session.simulated || vault === undefined)
    return { TF_VAR_registry_auth: JSON.stringify({ user: 'simulated-user', password: 'simulated-secret' }) };
  const { readAll } = require('../../../vault/read-all') as typeof import('../../../vault/read-all');
  const values = await readAll(await session.vaults.client(vault), { user, password });
  return { TF_VAR_registry_auth: JSON.stringify(values) };
}

/** Says once in a run what a provider does that is locked at a 3.x. */
function warnOfOldProvider(session: Session, folder: string): void {
  const version = lockedVersion(readIfThere(path.join(folder, '.terraform.lock.hcl')) ?? '');
  if (version === undefined || Number(version.split('.')[0]) >= 4 || told.has(session)) return;
  told.add(session);
  session.report.note(
    'warn',
    `kreuzwerker/docker is locked at ${version}: ${DELETES_STOPPED}; to take a newer one, delete .terraform.lock.hcl in the folders of the stacks, or write providers.docker.version: '>= 4.5.0, < 5.0.0'`,
  );
}

/** The version of the provider in Terraform's lock file. */
export function lockedVersion(text: string): string | undefined {
  return /provider "[^"]*\/kreuzwerker\/docker" \{\s*version\s*=\s*"([0-9.]+)/.exec(text)?.[1];
}
