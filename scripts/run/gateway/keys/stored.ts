import type { Loaded } from '../../../../catalog/environment/catalog';
import type { GatewayConnection } from '../../../../model/gateway/host';
import { presharedKeyCidr, presharedKeyCidrs } from '../../../../model/gateway/preshared-key-cidr';
import { connectionKey, keyPath } from '../../../../model/gateway/site-gateway';
import { cloudKeepsKeys } from '../../../../model/tunnel/description';
import { tunnelsOf } from '../../../kinds/registry';
import { readOutput } from '../../../session/outputs';
import type { Session } from '../../../session/session';
import { noteStoredKeys } from '../../../session/update-lock';
import type { HostEnvironment } from '../neighbours';
import { tunnelKeys } from './source';

/**
 * Checks that Vault has the keys that the gateway's files name.
 *
 * @throws VaultError that names every path where a key should be
 */
export async function checkHostKeys(
  session: Session,
  loaded: Loaded,
  connections: readonly GatewayConnection[],
): Promise<void> {
  const { vault } = loaded.catalog.kinds;
  const folder = vault?.presharedKeys;
  if (vault === undefined || folder === undefined) return;
  const { readKeys } =
    require('../../../../vault/preshared-keys') as typeof import('../../../../vault/preshared-keys');
  const client = await session.vaults.client(vault);
  for (const { environment, network, gateway, cloud, description } of connections) {
    if (environment !== session.environment || cloudKeepsKeys(description)) continue;
    const cidrs = presharedKeyCidrs(cloud, description);
    await readKeys(client, folder, environment, keyPath(network, gateway), cidrs);
  }
}

/**
 * Stores the pre-shared keys of an environment's connections in the folder of Vault that its catalog names, where they differ.
 * Keys that the cloud keeps itself are left there.
 *
 * A key that was stored before must still be there, unless this run made or changed its connection: the gateway has no other
 * source for it, so a missing key is an error and not written again silently.
 *
 * @param changed - ids of the stacks that this run applied
 * @throws VaultError that names every path where a key should be
 */
export async function storeHostKeys(
  { session, loaded, initializer }: HostEnvironment,
  connections: readonly GatewayConnection[],
  changed: ReadonlySet<string>,
): Promise<void> {
  const { vault } = loaded.catalog.kinds;
  const folder = vault?.presharedKeys;
  if (vault === undefined || folder === undefined) return;
  const { readKeys, storeKeys } =
    require('../../../../vault/preshared-keys') as typeof import('../../../../vault/preshared-keys');
  const client = await session.vaults.client(vault);
  const stored: string[] = [];
  const kept: string[] = [];
  for (const { environment, network: identity, gateway, description } of connections) {
    const network = keyPath(identity, gateway);
    if (environment !== session.environment || cloudKeepsKeys(description)) continue;
    const key = loaded.catalog.networks.find((one) => one.identity === identity)?.key;
    const stack = loaded.stacks.find((candidate) => key !== undefined && candidate.network === key);
    const kind = stack && tunnelsOf(stack);
    if (key === undefined || stack === undefined || kind === undefined) continue;
    const cidrs = presharedKeyCidrs(kind.cloud, description);
    const connection = connectionKey(key, gateway === undefined ? {} : { name: gateway });
    const isKept = loaded.allocations.get(connection)?.presharedKeys === folder.toString();
    if (isKept && !changed.has(stack.id)) await readKeys(client, folder, environment, network, cidrs);
    // From the state, also where the gateway's files name the keys only.
    const output = await readOutput(session, initializer, stack, 'tunnel_keys');
    const found = await tunnelKeys(session, { loaded, kind, network, description, output });
    const keys = Object.entries(found).map(([cidr, key]) => [
      presharedKeyCidr(kind.cloud, cidr),
      key.value() ?? '',
    ]);
    const { written, replaced } = await storeKeys(
      client,
      folder,
      environment,
      network,
      Object.fromEntries(keys),
    );
    if (!isKept && replaced.length > 0)
      session.report.note(
        'warn',
        `${folder}: had other values where the keys of ${network} belong, which were replaced (tunnels ${replaced.join(', ')}); they may be of an earlier ${environment}`,
      );
    stored.push(...written.map((cidr) => `${network} ${cidr}`));
    if (!isKept) kept.push(connection);
  }
  noteStoredKeys(session, loaded, kept, folder.toString());
  if (stored.length === 0) return;
  const shown = session.simulated ? "the sandbox's Vault" : client.address;
  session.report.say(`\nkeys      ${stored.length} stored in ${shown} below ${folder}`);
  session.report.event({ type: 'keys_stored', folder: folder.toString(), tunnels: stored });
}
