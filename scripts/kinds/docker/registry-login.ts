import type { Loaded } from '../../../catalog/environment/catalog';
import type { RegistryLogin } from '../../../catalog/kinds/docker/registry';
import type { Session } from '../../session/session';

/** The login to a registry, as the configuration's variable. @throws VaultError that names what can't be read */
export async function registryVariables(
  session: Session,
  { catalog }: Pick<Loaded, 'catalog'>,
  login: RegistryLogin | undefined,
): Promise<NodeJS.ProcessEnv> {
  if (login === undefined) return {};
  const { user, password } = login;
  const { vault } = catalog.kinds;
  if (session.simulated || vault === undefined)
    return { TF_VAR_registry_auth: JSON.stringify({ user: 'simulated-user', password: 'simulated-secret' }) };
  const { readAll } = require('../../../vault/read-all') as typeof import('../../../vault/read-all');
  const values = await readAll(await session.vaults.client(vault), { user, password });
  return { TF_VAR_registry_auth: JSON.stringify(values) };
}

/** The same for a plan that pulls nothing, as that of a destruction: the variable has to be there, and Vault need not be. */
export function unusedLogin(login: RegistryLogin | undefined): NodeJS.ProcessEnv {
  if (login === undefined) return {};
  return { TF_VAR_registry_auth: JSON.stringify({ user: 'not-needed', password: 'not-needed' }) };
}
