import { listed } from '../../base/text/listed';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Vault } from '../../catalog/kinds/vault/vault';
import type { Capability } from '../../model/vault/policy';
import type { VaultClient } from '../../vault/client';
import { VaultError } from '../../vault/vault-error';
import { type Finding, failed, noted, passed } from '../report/finding';
import { type PermissionNeed, permissionNeeds } from './permission-needs';
import { policyLine, policyLines } from './policy-line';

/** How many lacks are shown each by itself. */
const APART = 3;

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
  const lacking = needs.filter((need) => lackOf(need, allowed.get(need.path) ?? []).length > 0);
  if (lacking.length > APART) return [together(lacking, needs.length)];
  if (lacking.length > 0) return lacking.map((need) => lackingOne(need, allowed.get(need.path) ?? []));
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

function lackOf({ capabilities }: PermissionNeed, allowed: readonly string[]): readonly Capability[] {
  return capabilities.filter((one) => !allowed.includes(one) && !allowed.includes('root'));
}

function lackingOne(need: PermissionNeed, allowed: readonly string[]): Finding {
  const { path, capabilities, purpose } = need;
  const found = `the token may not ${lackOf(need, allowed).join(', ')} there, and an apply ${purpose}`;
  return failed(path, found, policyLine(path, capabilities));
}

/** One finding for all that is lacking, with a rule for each path. */
function together(lacking: readonly PermissionNeed[], all: number): Finding {
  const purposes = [...new Set(lacking.map(({ purpose }) => purpose))];
  const paths = [...new Map(lacking.map(({ path, capabilities }) => [path, capabilities])).entries()];
  return failed(
    'permissions',
    `the token may not do ${lacking.length} of ${all} things of an apply, which ${listed(purposes)}`,
    policyLines(paths),
  );
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
