import type { Loaded } from '../../../catalog/environment/catalog';
import type { CredentialSession, VariableChange } from '../kind';

/** The token with which the provider works in the catalog's Vault. @throws Failure without a token */
export async function vaultVariables(
  session: CredentialSession,
  { catalog }: Loaded,
): Promise<VariableChange> {
  const { vault } = catalog.kinds;
  if (vault === undefined) return (variables) => variables;
  const { token } = await session.vaults.client(vault);
  return (variables) => ({ ...variables, VAULT_TOKEN: token });
}
