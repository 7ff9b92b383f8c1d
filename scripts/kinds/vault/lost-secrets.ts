import { Failure } from '../../../base/errors';
import { listed } from '../../../base/text/listed';
import type { Catalog } from '../../../catalog/environment/catalog';
import { mountOf } from '../../../model/vault/kv-paths';
import type { SecretReference } from '../../../model/vault/secret-reference';

/** Something of a catalog that is kept in Vault. */
interface Kept {
  /** The catalog's key. */
  readonly where: string;
  readonly reference: SecretReference;
}

/**
 * Refuses a plan that would destroy what the same catalog goes on to need: credentials or keys of connections in a mount
 * that loses its `create`, or gets another version. They would be gone, and the next apply could not begin.
 *
 * @param mounts - paths of the mounts that the plan destroys or replaces
 * @param fix - what to do instead
 * @throws {@link Failure} that names the mount and every key that needs it
 */
export function refuseLostSecrets(
  catalog: Catalog,
  mounts: readonly string[],
  fix = 'put its create or its version back, or keep them elsewhere first',
): void {
  if (mounts.length === 0) return;
  const lost = keptBy(catalog).flatMap(({ where, reference }) => {
    const mount = mountOf(
      `${reference.engine}/${reference.path}`,
      mounts.map((path) => ({ path })),
    );
    return mount === undefined ? [] : [{ mount: mount.path, needs: `${where} (${reference})` }];
  });
  if (lost.length === 0) return;
  const names = listed([...new Set(lost.map(({ mount }) => mount))]);
  const needs = lost.map((one) => one.needs).join(', ');
  throw new Failure(
    `mount ${names}: must stay as it is, because the catalog needs it for ${needs}, and all secrets in it would be destroyed; ${fix}`,
  );
}

function keptBy({ credentials, kinds, networks }: Catalog): readonly Kept[] {
  const keeps = networks.some(({ vpn }) => vpn !== undefined && !vpn.keysKeptByCloud);
  return [
    ...Object.entries(credentials).flatMap(([provider, references]) =>
      Object.entries(references).flatMap(([name, reference]) =>
        kept(`providers.${provider}.${name}`, reference),
      ),
    ),
    ...kept('vault.preshared_keys', keeps ? kinds.vault?.presharedKeys : undefined),
  ];
}

function kept(where: string, reference: SecretReference | undefined): readonly Kept[] {
  return reference === undefined ? [] : [{ where, reference }];
}
