import type { Loaded } from '../../catalog/environment/catalog';
import { type GroupSoftware, secretsOf } from '../../catalog/nodes/software';
import type { SecretReference } from '../../model/vault/secret-reference';
import type { CredentialSession, VariableChange } from './kind';

/** Where Terraform reads the values of the secrets that nodes fetch, those of the groups of all clouds. */
const VARIABLE = 'TF_VAR_registry_auth';

/** A group of nodes that fetch secrets. */
interface SecretGroup {
  readonly name: string;
  readonly software: GroupSoftware;
}

/**
 * Adds the values of the secrets that nodes of these groups fetch, by group and key (`workers/registry-user`), to those of other groups:
 * they are ephemeral in Terraform, which wants them in each plan and in its apply.
 *
 * @throws VaultError that names every reference which can't be read
 */
export async function secretVariables(
  session: CredentialSession,
  { catalog }: Loaded,
  groups: readonly SecretGroup[],
): Promise<VariableChange> {
  const references = referencesOf(groups);
  const { vault } = catalog.kinds;
  const keys = Object.keys(references);
  if (keys.length === 0) return (variables) => variables;
  let values: Readonly<Record<string, string>> = {};
  if (session.simulated) values = Object.fromEntries(keys.map((key) => [key, 'simulated-secret']));
  else if (vault !== undefined) {
    const { readAll } = require('../../vault/read-all') as typeof import('../../vault/read-all');
    values = await readAll(await session.vaults.client(vault), references);
  }
  return (variables) => {
    const others: unknown = JSON.parse(variables[VARIABLE] ?? '{}');
    return { ...variables, [VARIABLE]: JSON.stringify({ ...Object(others), ...values }) };
  };
}

function referencesOf(groups: readonly SecretGroup[]): Readonly<Record<string, SecretReference>> {
  return Object.fromEntries(
    groups.flatMap(({ name, software }) =>
      Object.entries(secretsOf(software)).map(([key, reference]) => [`${name}/${key}`, reference]),
    ),
  );
}
