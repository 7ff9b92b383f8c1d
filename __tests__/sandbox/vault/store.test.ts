import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { editObject } from '../../../sandbox/edit-object';
import { listObjects, ObjectLog } from '../../../sandbox/store/objects';
import { withoutSecretValues } from '../../../sandbox/vault/store/redaction';
import { memoryStore, objectStore, type VaultStore } from '../../../sandbox/vault/store/vault-store';
import { Vault } from '../../../sandbox/vault/vault';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kakehashi-vault-store-'));
  file = join(folder, 'objects.jsonl');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const ROOT = 'root-token';

function opened(store: VaultStore, now?: () => number): Vault {
  const vault = new Vault({ store, ...(now ? { now } : {}) });
  vault.tokens.installRoot(ROOT);
  return vault;
}

function write(vault: Vault, path: string, body: Readonly<Record<string, unknown>>, token = ROOT) {
  return vault.handle({ operation: 'write', path, token, body });
}

/** One secret of each kind, all with the same value. */
function fill(vault: Vault): string {
  write(vault, 'sys/mounts/kv', { type: 'kv' });
  write(vault, 'sys/mounts/v2', { type: 'kv-v2' });
  write(vault, 'kv/a', { value: 'CANARY' });
  write(vault, 'v2/data/a', { data: { value: 'CANARY' } });
  write(vault, 'cubbyhole/a', { value: 'CANARY' });
  vault.handle({
    operation: 'write',
    path: 'sys/wrapping/wrap',
    token: ROOT,
    body: { value: 'CANARY' },
    wrapSeconds: 60,
  });
  const { auth } = write(vault, 'auth/token/create', { policies: ['default'] }).body ?? {};
  return (auth as { client_token: string }).client_token;
}

describe.each<[string, () => readonly [VaultStore, () => void]]>([
  ['in memory', () => [memoryStore(), () => undefined]],
  [
    'in the log',
    () => {
      const log = ObjectLog.open(file);
      return [objectStore(log), () => log.close()];
    },
  ],
])('a store %s', (_, make) => {
  it('keeps records by type, oldest first, and forgets what is not there without a word', () => {
    const [store, close] = make();
    store.put('one', 'b', { a: 1 });
    store.put('one', 'a', { a: 2 });
    store.put('one', 'b', { a: 3 });
    expect(store.all('one').map(({ id, attributes }) => [id, attributes])).toEqual([
      ['b', { a: 3 }],
      ['a', { a: 2 }],
    ]);
    store.delete('one', 'none');
    store.delete('one', 'b');
    expect(store.get('one', 'b')).toBeUndefined();
    expect(store.all('two')).toEqual([]);
    close();
  });
});

it('opens again with everything but the root token of before', () => {
  const log = ObjectLog.open(file);
  const token = fill(opened(objectStore(log)));
  log.close();
  const again = ObjectLog.open(file);
  const vault = new Vault({ store: objectStore(again) });
  vault.tokens.installRoot('another');
  const read = (path: string, secret: string) => vault.handle({ operation: 'read', path, token: secret });
  expect(read('kv/a', 'another').body?.data).toEqual({ value: 'CANARY' });
  expect(read('kv/a', ROOT).status).toBe(403);
  expect(read('auth/token/lookup-self', token).status).toBe(200);
  expect(read('cubbyhole/a', 'another').body?.data).toEqual({ value: 'CANARY' });
  again.close();
});

it('forgets what expired while nobody served', () => {
  const log = ObjectLog.open(file);
  const vault = opened(objectStore(log));
  write(vault, 'auth/token/create', { policies: ['default'], ttl: '60s' });
  const late = opened(objectStore(log), () => Date.now() + 61_000);
  expect(late.handle({ operation: 'read', path: 'sys/health', token: '' }).status).toBe(200);
  expect(late.tokens.all().map(({ path }) => path)).toEqual(['auth/token/root']);
  log.close();
});

it('keeps no token and no secret id in clear', () => {
  const log = ObjectLog.open(file);
  const vault = opened(objectStore(log));
  const token = fill(vault);
  write(vault, 'sys/auth/approle', { type: 'approle' });
  write(vault, 'auth/approle/role/ci', {});
  const { data } = write(vault, 'auth/approle/role/ci/secret-id', {}).body ?? {};
  log.close();
  const text = readFileSync(file, 'utf8');
  for (const secret of [ROOT, token, (data as { secret_id: string }).secret_id])
    expect(text).not.toContain(secret);
});

it('is shown with the names of fields and without a value', () => {
  const log = ObjectLog.open(file);
  fill(opened(objectStore(log)));
  log.close();
  const objects = listObjects(file);
  expect(JSON.stringify(objects)).toContain('CANARY');
  const shown = objects.map((object) => withoutSecretValues(object, '(hidden)'));
  expect(JSON.stringify(shown)).not.toContain('CANARY');
  expect(shown.find(({ type }) => type === 'vault_kv_secret')?.attributes).toEqual({
    path: 'kv/a',
    data: { value: '(hidden)' },
  });
  const vpc = { type: 'aws_vpc', id: 'vpc-1', region: 'us-east-1', attributes: { data: 'x' } };
  expect(withoutSecretValues(vpc, '(hidden)')).toBe(vpc);
});

it('can be edited behind Terraform, where the attribute is one that the server keeps', () => {
  const log = ObjectLog.open(file);
  fill(opened(objectStore(log)));
  log.close();
  editObject(file, 'vault_mount', 'kv', { description: 'drifted' });
  editObject(file, 'vault_kv_secret', 'kv/a', { data: { value: 'other' } });
  expect(() => editObject(file, 'vault_mount', 'kv', { plugin_version: 'x' })).toThrow(
    'vault_mount.plugin_version: unknown attribute',
  );
  expect(() => editObject(file, 'vault_kv_secret', 'kv/a', { data: 'CANARY' })).toThrow(
    'vault_kv_secret.data: must be a map, got another type',
  );
  const again = ObjectLog.open(file);
  const vault = opened(objectStore(again));
  const read = (path: string) => vault.handle({ operation: 'read', path, token: ROOT }).body?.data;
  expect(read('sys/mounts/kv')).toMatchObject({ description: 'drifted' });
  expect(read('kv/a')).toEqual({ value: 'other' });
  again.close();
});
