import type { Loaded } from '../../catalog/environment/catalog';
import type { Vault } from '../../catalog/kinds/vault/vault';
import type { VaultClient } from '../../vault/client';
import { VaultError } from '../../vault/vault-error';
import { type Finding, failed, noted, passed } from '../report/finding';
import { type PermissionNeed, permissionNeeds } from './permission-needs';
import { policyLine } from './policy-line';

/**
 * Checks that the token's policies allow what an apply writes. The server is asked, and nothing is written. Where the
 * policies refuse even the question, as the user policy does, the answer is not known.
 *
 * @throws VaultError for an error that every other request would meet as well
 */
export async function checkPermissions(
  client: VaultClient,
  loaded: Loaded,
  vault: Vault,
): Promise<readonly Finding[]> {
  const needs = permissionNeeds(loaded, vault);
  if (needs.length === 0) return [];
  const allowed = await capabilitiesOf(client, needs);
  if (allowed === undefined) return [unknown(needs)];
  const lacking = needs.flatMap((need) => lackOf(need, allowed.get(need.path) ?? []));
  if (lacking.length > 0) return lacking;
  const paths = new Set(needs.map(({ path }) => path)).size;
  return [passed('permissions', `the token may do all that an apply writes (${paths} paths)`)];
}

async function capabilitiesOf(
  client: VaultClient,
  needs: readonly PermissionNeed[],
): Promise<ReadonlyMap<string, readonly string[]> | undefined> {
  try {
    return await client.tokens.capabilities([...new Set(needs.map(({ path }) => path))]);
  } catch (error) {
    if (error instanceof VaultError && error.code === 'denied') return undefined;
    throw error;
  }
}

function lackOf(
  { path, capabilities, purpose }: PermissionNeed,
  allowed: readonly string[],
): readonly Finding[] {
  const lacking = capabilities.filter((one) => !allowed.includes(one) && !allowed.includes('root'));
  if (lacking.length === 0) return [];
  const found = `the token may not ${lacking.join(', ')} there, and an apply ${purpose}`;
  return [failed(path, found, policyLine(path, capabilities))];
}

/** No rule is advised for the question: the user policy denies it on purpose. */
function unknown(needs: readonly PermissionNeed[]): Finding {
  const purposes = [...new Set(needs.map(({ purpose }) => purpose))];
  const more = purposes.length > 3 ? ` and ${purposes.length - 3} more` : '';
  return noted(
    'permissions',
    `not known, because the token's policies refuse the question (the user policy does so on purpose); only the apply shows whether it ${purposes.slice(0, 3).join(', ')}${more}`,
  );
}
