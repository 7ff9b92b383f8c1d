import type { Loaded } from '../../../catalog/load';
import type { Session } from '../../session/session';

/** AWS's credentials where the catalog keeps them in Vault, by the variables' names; empty where it does not. */
export async function awsCredentials(
  session: Session,
  { catalog }: Loaded,
): Promise<Readonly<Record<string, string>>> {
  if (session.simulated || catalog.aws.credentials === undefined || catalog.vault === undefined) return {};
  const { credentialVariables } =
    require('../../../vault/credentials') as typeof import('../../../vault/credentials');
  return credentialVariables(catalog, await session.vaults.client(catalog.vault));
}
