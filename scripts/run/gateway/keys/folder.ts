import { UsageError } from '../../../../base/errors';
import type { Loaded } from '../../../../catalog/environment/catalog';
import { keyReference } from '../../../../model/gateway/key-reference';
import { SecretReference } from '../../../../model/vault/secret-reference';

/**
 * The folder whose keys the gateway's files name: the one that was asked for, else the one of the catalog's Vault. Below a
 * KV v2 mount the path has `data/` in it, because the gateway reads it over plain HTTP.
 *
 * @throws {@link UsageError} where it can't be a folder of keys, or where neither the command nor the catalog names one
 */
export function keyFolder({ catalog }: Loaded, asked: string | true): string {
  const { vault } = catalog.kinds;
  const base = asked === true ? vault?.presharedKeys?.toString() : asked;
  if (base === undefined) {
    throw new UsageError(
      'gateway --reference: where are the keys? name it, for instance vault://secret/vpn or file:///etc/kakehashi/keys, or set vault.preshared_keys in the catalog',
    );
  }
  try {
    keyReference(base, 'environment', 'provider/entry', '169.254.100.0/30');
  } catch (error) {
    throw new UsageError(`gateway --reference: ${(error as Error).message}`);
  }
  if (!SecretReference.isMeant(base)) return base;
  const { engine, path } = SecretReference.parse(base);
  const isVersioned = vault?.mounts.some((mount) => mount.path === engine && mount.version === 2) ?? false;
  return isVersioned ? `vault://${engine}/data/${path}` : base;
}
