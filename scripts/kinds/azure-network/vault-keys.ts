import { presharedKeyReference } from '../../../model/vault/preshared-key-path';
import type { Planning } from '../kind';

/** What a secret that is not there answers: its mount is still to be made, or nobody has stored it. */
const ABSENT = ['missing', 'no-value', 'engine'];

/**
 * The pre-shared key that Vault has for a connection, where the catalog keeps keys there: stored by an earlier run, or by the
 * user before the first one.
 *
 * @param network - the key that it had when it was made
 * @throws VaultError
 */
export async function storedInVault(
  { session, loaded }: Pick<Planning<'azure-network'>, 'session' | 'loaded'>,
  network: string,
  block: string,
): Promise<string | undefined> {
  const { vault } = loaded.catalog.kinds;
  const folder = vault?.presharedKeys;
  if (vault === undefined || folder === undefined) return undefined;
  const { VaultError } = require('../../../vault/vault-error') as typeof import('../../../vault/vault-error');
  try {
    const client = await session.vaults.client(vault);
    return await client.readIfThere(presharedKeyReference(folder, session.environment, network, block));
  } catch (error) {
    if (error instanceof VaultError && ABSENT.includes(error.code)) return undefined;
    throw error;
  }
}
