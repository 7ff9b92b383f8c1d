import { SecretReference } from '../../model/vault/secret-reference';
import type { VaultServer } from '../../sandbox/vault/http/server';
import { startVault } from '../../sandbox/vault/start-vault';
import { memoryStore } from '../../sandbox/vault/store/vault-store';
import { Masks } from '../../terraform/masks';
import { VaultClient } from '../../vault/client';
import { readKeys, storeKeys } from '../../vault/preshared-keys';
import { plain, type TestServer } from './servers';

const FIRST = '169.254.100.0/30';
const SECOND = '169.254.100.4/30';
const ROOT = 'root-of-the-tests';

describe.each([1, 2])('pre-shared keys in KV version %i', (version) => {
  const folder = SecretReference.parse('vault://secret/vpn');
  let started: VaultServer;
  let server: TestServer;
  let client: VaultClient;
  const store = (keys: Readonly<Record<string, string>>) =>
    storeKeys(client, folder, 'dev', 'aws/default', keys);
  const read = (...cidrs: readonly string[]) => readKeys(client, folder, 'dev', 'aws/default', cidrs);

  beforeAll(async () => {
    started = await startVault({ host: '127.0.0.1', port: 0, rootToken: ROOT, store: memoryStore() });
    server = { address: started.address, rootToken: ROOT, close: () => started.close() };
    await plain(server, 'POST', 'sys/mounts/secret', {
      body: { type: 'kv', options: { version: `${version}` } },
    });
    client = new VaultClient({
      address: new URL(started.address),
      token: ROOT,
      masks: new Masks(),
      note: () => undefined,
      timeoutMs: 5000,
    });
  });
  afterAll(() => started.close());

  test('are stored by inside CIDR, and only where they differ', async () => {
    expect(await store({ [FIRST]: 'key-of-the-first', [SECOND]: 'key-of-the-second' })).toEqual({
      written: [FIRST, SECOND],
      replaced: [],
      unchanged: [],
    });
    expect(await store({ [FIRST]: 'key-of-the-first', [SECOND]: 'another-key' })).toEqual({
      written: [SECOND],
      replaced: [SECOND],
      unchanged: [FIRST],
    });
    expect(await read(FIRST, SECOND)).toEqual({ [FIRST]: 'key-of-the-first', [SECOND]: 'another-key' });
    expect(await client.read(folder.below('dev', 'aws', 'default', '169.254.100.0'))).toBe(
      'key-of-the-first',
    );
    if (version === 2) {
      const { body } = await plain(server, 'GET', 'secret/metadata/vpn/dev/aws/default/169.254.100.0');
      expect(body.data?.current_version).toBe(1);
    }
  });

  test('that are missing are an error that names their paths, and never new keys', async () => {
    await store({ [FIRST]: 'key-of-the-first' });
    await client.remove(folder.below('dev', 'aws', 'default', '169.254.100.4'));
    const where = 'vault://secret/vpn/dev/aws/default/169.254.100.4';
    await expect(read(FIRST, SECOND)).rejects.toThrow(
      new Error(
        `dev: the pre-shared keys of aws/default must be in Vault, because its connection exists; a new key would end its tunnels\n${where}: there is no such secret ("vault read is failed" on the controller); correct the reference, or store it: kakehashi secret put ${where}`,
      ),
    );
    await expect(read(SECOND)).rejects.toThrow(where);
    expect(await client.readIfThere(SecretReference.parse(where))).toBeUndefined();
  });

  test('are written over what is no key', async () => {
    const path = version === 2 ? 'secret/data/vpn/dev/aws/default' : 'secret/vpn/dev/aws/default';
    const data = { other: 'x' };
    await plain(server, 'POST', `${path}/169.254.100.0`, { body: version === 2 ? { data } : data });
    expect((await store({ [FIRST]: 'key-again' })).written).toEqual([FIRST]);
    if (version === 2) {
      await plain(server, 'DELETE', `${path}/169.254.100.0`);
      expect((await store({ [FIRST]: 'key-again' })).written).toEqual([FIRST]);
    }
    expect(await read(FIRST)).toEqual({ [FIRST]: 'key-again' });
  });
});
