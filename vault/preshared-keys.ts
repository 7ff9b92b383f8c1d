import { presharedKeyReference } from '../model/vault/preshared-key-path';
import type { SecretReference } from '../model/vault/secret-reference';
import type { VaultClient } from './client';
import { readAll } from './credentials';
import { VaultError } from './vault-error';

/** Keys by their tunnel's inside CIDR, `169.254.100.0/30`. */
export type PresharedKeys = Readonly<Record<string, string>>;

export interface StoredKeys {
  /** Inside CIDRs whose key is new in Vault, or another than before. */
  readonly written: readonly string[];
  readonly unchanged: readonly string[];
}

/**
 * Stores a connection's keys below the catalog's folder; what is there already is not written again, so that KV v2 keeps
 * no version that says nothing new.
 *
 * @param network - its key, `aws/default`
 * @throws {@link VaultError}
 */
export async function storeKeys(
  client: Pick<VaultClient, 'readIfThere' | 'write'>,
  folder: SecretReference,
  environment: string,
  network: string,
  keys: PresharedKeys,
): Promise<StoredKeys> {
  const written: string[] = [];
  const unchanged: string[] = [];
  for (const [insideCidr, key] of Object.entries(keys)) {
    const reference = presharedKeyReference(folder, environment, network, insideCidr);
    if ((await storedKey(client, reference)) === key) {
      unchanged.push(insideCidr);
    } else {
      await client.write(reference, key);
      written.push(insideCidr);
    }
  }
  return { written, unchanged };
}

/**
 * The keys of a connection that exists. One that is not there is an error, never a new key: the other end has the old one.
 *
 * @throws {@link VaultError} that names every path where a key should be
 */
export async function readKeys(
  client: Pick<VaultClient, 'read'>,
  folder: SecretReference,
  environment: string,
  network: string,
  insideCidrs: readonly string[],
): Promise<Record<string, string>> {
  const references = insideCidrs.map(
    (cidr) => [cidr, presharedKeyReference(folder, environment, network, cidr)] as const,
  );
  try {
    return await readAll(client, Object.fromEntries(references));
  } catch (error) {
    if (!(error instanceof VaultError) || error.trouble !== 'missing') throw error;
    throw new VaultError(
      'missing',
      `${environment}: the pre-shared keys of ${network} must be in Vault, because its connection exists; a new key would end its tunnels\n${error.message}`,
    );
  }
}

/** What is there but is no key (deleted, or without a value) is written over. */
async function storedKey(
  client: Pick<VaultClient, 'readIfThere'>,
  reference: SecretReference,
): Promise<string | undefined> {
  try {
    return await client.readIfThere(reference);
  } catch (error) {
    if (error instanceof VaultError && (error.trouble === 'missing' || error.trouble === 'no-value')) {
      return undefined;
    }
    throw error;
  }
}
