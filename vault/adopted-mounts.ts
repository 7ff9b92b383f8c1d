import type { VaultMount } from '../catalog/kinds/vault/vault';
import { encoded, type VaultServer } from './server';

/**
 * Creates the KV mounts that a catalog expects to exist, where they don't: in a sandbox, whose Vault begins empty.
 *
 * @throws VaultError
 */
export async function createAdoptedMounts(server: VaultServer, mounts: readonly VaultMount[]): Promise<void> {
  if (mounts.length === 0) return;
  const asked = { what: 'sys/mounts', act: 'creating the mounts that the catalog expects' };
  const { data } = await server.ask('GET', 'sys/mounts', asked);
  for (const { path, version } of mounts.filter(({ path }) => data[`${path}/`] === undefined)) {
    const body = { type: 'kv', options: { version: String(version) } };
    await server.ask('POST', `sys/mounts/${encoded(path)}`, asked, { body });
  }
}
