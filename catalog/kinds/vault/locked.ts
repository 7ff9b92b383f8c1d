import type { ProblemList } from '../../ground/problem-list';
import { stackId } from '../../ground/stack';
import type { Infer } from '../../shape/shape';
import { map, optional, required, text } from '../../shape/shapes';
import type { Around } from '../kind';
import { parseVaultAddress, VAULT_ADDRESS, VAULT_NAMESPACE } from './formats';
import type { VaultDraft } from './read';

/** Where the resources of a Vault's stack are. How to reach the server (`ca_file`, `auth`) is in the catalog alone. */
export const PLACE = map({
  address: required(text(VAULT_ADDRESS), "where the stack's resources are"),
  namespace: optional(text(VAULT_NAMESPACE), 'namespace in it'),
});
export type VaultPlace = Infer<typeof PLACE>;

/** The id of the stack of what is created in Vault. */
export function vaultStackId(environment: string): string {
  return stackId(environment, 'vault');
}

/** What was made in Vault is destroyed, and looked for, where it was made. */
export function checkLockedVault(
  vault: VaultDraft | undefined,
  { environment, root, locked, damaged }: Around<VaultPlace>,
  problems: ProblemList,
): void {
  const id = vaultStackId(environment);
  const { address, namespace } = locked.get(id)?.place ?? {};
  const stacks = [{ environment, stack: id }];
  if (!root.has('vault')) {
    if (address === undefined && !damaged.has(id)) return;
    const message = `key "vault" is missing: ${id} is in the lock file, and what it made in ${address ?? 'its server'} must be destroyed first`;
    const within = namespace === undefined ? '' : `, namespace: '${namespace}'`;
    const server = address === undefined ? "the server's URL" : `'${address}'`;
    const fix = `write vault: { address: ${server}${within} }, without any create, until kakehashi apply ${environment} has destroyed it`;
    problems.disputed('vault-gone', root.at(), message, stacks, fix);
    return;
  }
  if (address === undefined || vault?.address === undefined) return;
  const fix = `go back, and remove every create until it is destroyed there; or, where it is the same server by another name, correct the lock file`;
  if (parseVaultAddress(vault.address) !== parseVaultAddress(address)) {
    const statement = {
      must: `must stay ${address}, where the lock file has ${id}`,
      got: `"${vault.address}"`,
    };
    problems.disputed('vault-moved', vault.place.at('address'), statement, stacks, fix);
  } else if (vault.namespace !== namespace) {
    const was = namespace === undefined ? 'absent' : `"${namespace}"`;
    const got = vault.namespace === undefined ? 'none' : `"${vault.namespace}"`;
    const statement = { must: `must stay ${was}, as the lock file has ${id}`, got };
    problems.disputed('vault-moved', vault.place.at('namespace'), statement, stacks, fix);
  }
}
