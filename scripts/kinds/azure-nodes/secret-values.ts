import type { Loaded } from '../../../catalog/environment/catalog';
import { azureVariables } from '../azure/credentials';
import type { CredentialSession, VariableChange } from '../kind';
import { secretVariables } from '../secret-values';

/**
 * The credentials of Azure, and the values of the secrets that nodes fetch.
 *
 * @throws VaultError that names every reference which can't be read
 */
export async function nodeVariables(session: CredentialSession, loaded: Loaded): Promise<VariableChange> {
  const change = await azureVariables(session, loaded);
  const groups = loaded.catalog.kinds['azure-nodes']?.groups ?? [];
  const addSecrets = await secretVariables(session, loaded, groups);
  return (variables) => addSecrets(change(variables));
}
