import { presharedKeyReference } from '../model/vault/preshared-key-path';
import type { SecretReference } from '../model/vault/secret-reference';
import type { VaultClient } from './client';
import { readAll } from './read-all';
import { VaultError } from './vault-error';

/** Pre-shared keys by their tunnel's inside CIDR, `169.254.100.0/30`. */
export type PresharedKeys = Readonly<Record<string, string>>;

export interface StoredKeys {
  /** Inside CIDRs whose key is new in Vault, or another than before. */
  readonly written: readonly string[];
  /** Those of the written ones that had another value before. */
  readonly replaced: readonly string[];
  readonly unchanged: readonly string[];
}

/**
 * Stores a connection's keys below the catalog's folder. A key that is stored already is not written again, so that KV v2
 * gets no version without a change.
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
  const replaced: string[] = [];
  const unchanged: string[] = [];
  for (const [insideCidr, key] of Object.entries(keys)) {
    const reference = presharedKeyReference(folder, environment, network, insideCidr);
    const before = await storedKey(client, reference);
    if (before === key) {
      unchanged.push(insideCidr);
    } else {
      await client.write(reference, key);
      written.push(insideCidr);
      if (before !== undefined) replaced.push(insideCidr);
    }
  }
  return { written, replaced, unchanged };
}

/**
 * Reads the keys of a connection that exists. A missing key is an error and never replaced by a new one, because the other
 * end has the old one.
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
    if (!(error instanceof VaultError) || error.code !== 'missing') throw error;
    throw new VaultError(
      'missing',
      `${environment}: the pre-shared keys of ${network} must be in Vault, because its connection exists; a new key would end its tunnels\n${error.message}`,
    );
  }
}

/** The stored key; undefined also for a secret that is no key (deleted, or without a value), which is overwritten. */
async function storedKey(
  client: Pick<VaultClient, 'readIfThere'>,
  reference: SecretReference,
): Promise<string | undefined> {
  try {
    return await client.readIfThere(reference);
  } catch (error) {
    if (error instanceof VaultError && (error.code === 'missing' || error.code === 'no-value')) {
      return undefined;
    }
    throw error;
  }
}
