import type { Loaded } from '../../../catalog/environment/catalog';
import type { SecretReference } from '../../../model/vault/secret-reference';
import { azureVariables } from '../azure/credentials';
import type { CredentialSession, VariableChange } from '../kind';

/** Where Terraform reads the values of the secrets that nodes fetch. Groups of other clouds have theirs there too. */
const VARIABLE = 'TF_VAR_registry_auth';

/**
 * The credentials of Azure, and the values of the secrets that nodes fetch: they are ephemeral in Terraform, which wants them in each plan
 * and in its apply.
 *
 * @throws VaultError that names every reference which can't be read
 */
export async function nodeVariables(session: CredentialSession, loaded: Loaded): Promise<VariableChange> {
  const change = await azureVariables(session, loaded);
  const values = await secretValues(session, loaded);
  if (Object.keys(values).length === 0) return change;
  return (variables) => {
    const changed = change(variables);
    const others: unknown = JSON.parse(changed[VARIABLE] ?? '{}');
    return { ...changed, [VARIABLE]: JSON.stringify({ ...Object(others), ...values }) };
  };
}

/** By group and key: `workers/registry-user`. */
async function secretValues(
  session: CredentialSession,
  { catalog }: Loaded,
): Promise<Readonly<Record<string, string>>> {
  const references: Record<string, SecretReference> = {};
  for (const { name, software } of catalog.kinds['azure-nodes']?.groups ?? []) {
    const { registry, secretEnvironment = {} } = software.container ?? {};
    if (registry !== undefined) {
      references[`${name}/registry-user`] = registry.user;
      references[`${name}/registry-password`] = registry.password;
    }
    for (const [variable, reference] of Object.entries(secretEnvironment))
      references[`${name}/${variable}`] = reference;
  }
  const names = Object.keys(references);
  if (session.simulated) return Object.fromEntries(names.map((key) => [key, 'simulated']));
  const { vault } = catalog.kinds;
  if (names.length === 0 || vault === undefined) return {};
  const { readAll } = require('../../../vault/read-all') as typeof import('../../../vault/read-all');
  return readAll(await session.vaults.client(vault), references);
}
