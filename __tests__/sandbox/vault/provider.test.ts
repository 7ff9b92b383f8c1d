import type { ObjectValue } from '../../../sandbox/protocol/values';
import { completed } from '../../../sandbox/provider/normalize';
import { typeIn } from '../../../sandbox/provider/resource-type';
import { isSession, type Session } from '../../../sandbox/provider/simulated-provider';
import { VAULT_FILES } from '../../../sandbox/vault/provider/files';
import { vaultProvider } from '../../../sandbox/vault/provider/provider';
import { memoryStore } from '../../../sandbox/vault/store/vault-store';
import { Vault } from '../../../sandbox/vault/vault';

let vault: Vault;
beforeEach(() => {
  vault = new Vault({ store: memoryStore() });
  vault.tokens.installRoot('root-token');
});

function session(config: ObjectValue = { skip_child_token: true }): Session {
  const made = vaultProvider(vault, 'root-token').configure(config);
  if (!isSession(made)) throw new Error(made.summary);
  return made;
}

function typeOf(name: string) {
  const type = typeIn(VAULT_FILES, 'resource_schemas', name);
  if (type === undefined) throw new Error(`no ${name}`);
  return type;
}

function create(name: string, given: ObjectValue): ObjectValue {
  const type = typeOf(name);
  const planned = completed(type.schema.block, given);
  return session().create(type, { planned, config: planned }) as ObjectValue;
}

it('asks nothing of the server before it is used', () => {
  session({ token: 'unknown' });
  expect(vault.tokens.all()).toHaveLength(1);
});

it('works with a child of its token, one in each session', () => {
  const plain = session({});
  const type = typeOf('vault_policy');
  const planned = completed(type.schema.block, { name: 'a', policy: 'path "a" { capabilities = ["read"] }' });
  const state = plain.create(type, { planned, config: planned }) as ObjectValue;
  plain.read(type, state);
  expect(vault.tokens.all().map(({ display_name, creation_ttl }) => [display_name, creation_ttl])).toEqual([
    ['root', 0],
    ['token-terraform', 1200],
  ]);
});

it('stores what the server says of arguments that are not set, but keeps null for an empty list or map', () => {
  expect(create('vault_mount', { path: 'secret/', type: 'kv' })).toMatchObject({
    id: 'secret/',
    description: '',
    options: null,
    passthrough_request_headers: null,
    audit_non_hmac_request_keys: [],
    local: false,
    default_lease_ttl_seconds: 0,
    seal_wrap: false,
  });
});

it('leaves a write-only secret out of the state', () => {
  create('vault_mount', { path: 'kv2', type: 'kv', options: { version: '2' } });
  const state = create('vault_kv_secret_v2', {
    mount: 'kv2',
    name: 'a/b',
    data_json_wo: '{"value":"CANARY"}',
    data_json_wo_version: 1,
  });
  expect(JSON.stringify(state)).not.toContain('CANARY');
  expect(state).toMatchObject({ id: 'kv2/data/a/b', path: 'kv2/data/a/b', data: {}, data_json_wo: null });
});

it('finds a secret of either version by its plain path', () => {
  create('vault_mount', { path: 'kv1', type: 'kv' });
  create('vault_mount', { path: 'kv2', type: 'kv', options: { version: '2' } });
  for (const path of ['kv1/a', 'kv2/a']) {
    const state = create('vault_generic_secret', { path, data_json: '{"b": 1, "a": "<x>"}' });
    expect(state).toMatchObject({
      id: path,
      data: { a: '<x>', b: '1' },
      data_json: '{"a":"\\u003cx\\u003e","b":1}',
    });
    session().delete(typeOf('vault_generic_secret'), state);
    expect(session().read(typeOf('vault_generic_secret'), state)).toBeNull();
  }
});

it('says nothing of a secret in a refusal', () => {
  for (const given of [{ data_json: '["CANARY"' }, { data_json: '{"value":"CANARY"}' }]) {
    try {
      create('vault_kv_secret', { path: 'none/a', ...given });
      throw new Error('not refused');
    } catch (failure) {
      expect(String(failure)).not.toMatch(/CANARY|not refused/);
    }
  }
});

it('tells a refusal from a defect', () => {
  const provider = vaultProvider(vault, '');
  expect(provider.diagnosticFor('vault_mount', 'create', '', new Error('a defect'))).toBeUndefined();
});
