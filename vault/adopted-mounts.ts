import type { VaultMount } from '../catalog/ground/catalog';
import { encoded, type VaultServer } from './server';

/**
 * Makes the KV mounts that a catalog says are there already, where they are not: in a sandbox, whose Vault begins empty.
 *
 * @throws VaultError
 */
export async function makeAdopted(server: VaultServer, mounts: readonly VaultMount[]): Promise<void> {
  if (mounts.length === 0) return;
  const asked = { what: 'sys/mounts', act: 'making the mounts that the catalog says are there' };
  const { data } = await server.ask('GET', 'sys/mounts', asked);
  for (const { path, version } of mounts.filter(({ path }) => data[`${path}/`] === undefined)) {
    const body = { type: 'kv', options: { version: String(version) } };
    await server.ask('POST', `sys/mounts/${encoded(path)}`, asked, { body });
  }
}
