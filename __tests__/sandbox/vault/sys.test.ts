import { DENIED, VaultUnderTest } from './vault-caller';

let vault: VaultUnderTest;
beforeEach(async () => {
  vault = await VaultUnderTest.start();
});
afterEach(() => vault.close());

describe('mounts', () => {
  it('are made, listed in both places of the body, tuned and taken away', async () => {
    expect((await vault.call('POST', 'sys/mounts/k1', { type: 'kv', description: 'one' })).status).toBe(204);
    const { body } = await vault.call('GET', 'sys/mounts');
    expect(Object.keys(body.data)).toEqual(['cubbyhole/', 'identity/', 'k1/', 'sys/']);
    expect(body['k1/']).toEqual(body.data['k1/']);
    expect(body.data['k1/']).toMatchObject({
      type: 'kv',
      description: 'one',
      options: {},
      accessor: expect.stringMatching(/^kv_[0-9a-f]{8}$/),
      config: { default_lease_ttl: 0, max_lease_ttl: 0, force_no_cache: false },
    });
    const tune = { description: 'two', default_lease_ttl: '1h', max_lease_ttl: '2h' };
    expect((await vault.call('POST', 'sys/mounts/k1/tune', tune)).status).toBe(204);
    expect((await vault.call('GET', 'sys/mounts/k1/tune')).body.data).toMatchObject({
      description: 'two',
      default_lease_ttl: 3600,
      max_lease_ttl: 7200,
    });
    expect((await vault.call('DELETE', 'sys/mounts/k1')).status).toBe(204);
    expect((await vault.call('DELETE', 'sys/mounts/k1')).status).toBe(204);
    expect((await vault.call('GET', 'sys/mounts/k1')).body.errors).toEqual(['No secret engine mount at k1/']);
  });

  it('of type kv-v2 read back as kv with version 2', async () => {
    await vault.call('POST', 'sys/mounts/k2', { type: 'kv-v2' });
    expect((await vault.call('GET', 'sys/mounts/k2')).body.data).toMatchObject({
      type: 'kv',
      options: { version: '2' },
    });
  });

  it.each([
    ['k1', 'kv', 'path is already in use at k1/'],
    ['k1/below', 'kv', 'path is already in use at k1/'],
    ['cubbyhole', 'kv', 'cannot mount "cubbyhole/"'],
    ['sys/x', 'kv', 'cannot mount "sys/x/"'],
    ['other', 'nope', 'plugin not found in the catalog: nope'],
    ['other', 'pki', 'the sandbox does not simulate secrets engines of the type pki; it simulates kv'],
    ['other', '', 'backend type must be specified as a string'],
  ])('refuse %s of type "%s"', async (path, type, error) => {
    await vault.call('POST', 'sys/mounts/k1', { type: 'kv' });
    const answer = await vault.call('POST', `sys/mounts/${path}`, { type });
    expect([answer.status, answer.body.errors]).toEqual([400, [error]]);
  });

  it('keep cubbyhole, and move with all that lies in them', async () => {
    expect((await vault.call('DELETE', 'sys/mounts/cubbyhole')).body.errors).toEqual([
      'cannot unmount "cubbyhole/"',
    ]);
    await vault.call('POST', 'sys/mounts/k1', { type: 'kv' });
    await vault.call('PUT', 'k1/a/b', { value: 'x' });
    await vault.call('POST', 'sys/remount', { from: 'k1', to: 'k3' });
    expect((await vault.call('GET', 'k3/a/b')).body.data).toEqual({ value: 'x' });
    expect((await vault.call('GET', 'k1/a/b')).status).toBe(404);
    await vault.call('POST', 'sys/mounts/k1', { type: 'kv' });
    const refused = await vault.call('POST', 'sys/remount', { from: 'k3', to: 'k1' });
    expect(refused.body.errors).toEqual(['path already in use at "k1/"']);
    expect((await vault.call('GET', 'k3/a/b')).status).toBe(200);
  });

  it('of ways to log in want sudo', async () => {
    await vault.policy('admin', { 'sys/auth*': ['create', 'read', 'update', 'delete'] });
    const token = await vault.token(['admin']);
    const refused = await vault.call('POST', 'sys/auth/approle', { type: 'approle' }, { token });
    expect([refused.status, refused.body]).toEqual([403, DENIED]);
    await vault.policy('admin', { 'sys/auth*': ['create', 'read', 'update', 'delete', 'sudo'] });
    expect((await vault.call('POST', 'sys/auth/approle', { type: 'approle' }, { token })).status).toBe(204);
    expect(Object.keys((await vault.call('GET', 'sys/auth')).body.data)).toEqual(['approle/', 'token/']);
    expect((await vault.call('DELETE', 'sys/auth/token')).body.errors).toEqual([
      'token credential backend cannot be disabled',
    ]);
  });
});

describe('policies', () => {
  it('are written, read in both forms, listed and deleted', async () => {
    const text = 'path "a/*" { capabilities = ["read"] }';
    expect((await vault.call('PUT', 'sys/policies/acl/Mine', { policy: text })).status).toBe(204);
    expect((await vault.call('GET', 'sys/policies/acl/mine')).body.data).toMatchObject({
      name: 'mine',
      policy: text,
    });
    const old = await vault.call('GET', 'sys/policy/mine');
    expect([old.body.rules, old.body.data.rules]).toEqual([text, text]);
    const names = ['default', 'mine', 'root'];
    expect((await vault.call('LIST', 'sys/policies/acl')).body.data).toEqual({ keys: names });
    expect((await vault.call('GET', 'sys/policy')).body).toMatchObject({ policies: names, keys: names });
    expect((await vault.call('DELETE', 'sys/policies/acl/mine')).status).toBe(204);
    expect((await vault.call('GET', 'sys/policies/acl/mine')).body).toEqual({ errors: [] });
  });

  it('count from the moment on in which they are written', async () => {
    await vault.policy('p', { 'sys/health': ['read'] });
    const token = await vault.token(['p']);
    const may = async () =>
      (await vault.call('POST', 'sys/capabilities', { token, path: 'kv/a' })).body.capabilities;
    expect(await may()).toEqual(['deny']);
    await vault.policy('p', { 'kv/*': ['read', 'list'] });
    expect(await may()).toEqual(['list', 'read']);
    await vault.call('DELETE', 'sys/policies/acl/p');
    expect(await may()).toEqual(['deny']);
  });

  it('may come in Base64', async () => {
    const policy = Buffer.from('path "a" { capabilities = ["read"] }').toString('base64');
    await vault.call('PUT', 'sys/policies/acl/p', { policy });
    expect((await vault.call('GET', 'sys/policies/acl/p')).body.data.policy).toContain('capabilities');
  });

  it.each([
    [
      'p',
      'path "a" { capabilities = ["fly"] }',
      'failed to parse policy: path "a": invalid capability "fly"',
    ],
    [
      'p',
      'path "a+*" { capabilities = ["read"] }',
      `failed to parse policy: path "a+*": invalid use of wildcards ('+*' is forbidden)`,
    ],
    ['root', 'path "a" { capabilities = ["read"] }', 'cannot update "root" policy'],
    ['p', '', "'policy' parameter not supplied or empty"],
  ])('refuse to write %s as %s', async (name, policy, error) => {
    const answer = await vault.call('PUT', `sys/policies/acl/${name}`, { policy });
    expect([answer.status, answer.body.errors]).toEqual([400, [error]]);
  });

  it.each([
    ['root', 'cannot delete "root" policy'],
    ['default', 'cannot delete default policy'],
  ])('keep %s', async (name, error) => {
    const answer = await vault.call('DELETE', `sys/policies/acl/${name}`);
    expect([answer.status, answer.body.errors]).toEqual([400, [error]]);
  });
});

describe('capabilities', () => {
  it('are told of oneself, of a token and of an accessor', async () => {
    await vault.policy('p', { 'kv/*': ['read'], 'sys/capabilities-self': ['update'] });
    const token = await vault.token(['p']);
    const self = await vault.call('POST', 'sys/capabilities-self', { paths: ['kv/a', 'b'] }, { token });
    expect(self.body.data).toEqual({ 'kv/a': ['read'], b: ['deny'] });
    expect(self.body['kv/a']).toEqual(['read']);
    const { accessor } = (await vault.call('POST', 'auth/token/lookup', { token })).body.data;
    const by = await vault.call('POST', 'sys/capabilities-accessor', { accessor, paths: 'kv/a' });
    expect(by.body.data).toEqual({ 'kv/a': ['read'], capabilities: ['read'] });
    const root = await vault.call('POST', 'sys/capabilities-self', { paths: ['x'] });
    expect(root.body.data.capabilities).toEqual(['root']);
  });

  it('want paths', async () => {
    const answer = await vault.call('POST', 'sys/capabilities-self', {});
    expect([answer.status, answer.body.errors]).toEqual([400, ['paths must be supplied']]);
  });
});

describe('a sealed server', () => {
  it('answers 503 to everything but its own state, until it is opened with its key', async () => {
    await vault.call('POST', 'sys/mounts/kv', { type: 'kv' });
    await vault.call('PUT', 'kv/a', { value: 'x' });
    expect((await vault.call('PUT', 'sys/seal')).status).toBe(204);
    for (const path of ['kv/a', 'cubbyhole/a', 'auth/token/lookup-self', 'sys/mounts', 'none/x']) {
      const answer = await vault.call('GET', path);
      expect([path, answer.status, answer.body]).toEqual([path, 503, { errors: ['Vault is sealed'] }]);
    }
    const health = await vault.call('GET', 'sys/health', undefined, { token: '' });
    expect([health.status, health.body.sealed]).toEqual([503, true]);
    expect((await vault.call('GET', 'sys/health?sealedcode=299', undefined, { token: '' })).status).toBe(299);
    const status = await vault.call('GET', 'sys/seal-status', undefined, { token: '' });
    expect([status.status, status.body.sealed]).toEqual([200, true]);
    const wrong = await vault.call('PUT', 'sys/unseal', { key: 'ff'.repeat(32) }, { token: '' });
    expect([wrong.status, wrong.body.errors]).toEqual([400, ['Unseal failed, invalid key']]);
    const opened = await vault.call('PUT', 'sys/unseal', { key: vault.server.unsealKey }, { token: '' });
    expect([opened.status, opened.body.sealed]).toEqual([200, false]);
    expect((await vault.call('GET', 'kv/a')).body.data).toEqual({ value: 'x' });
  });

  it('is healthy before, for anybody who asks', async () => {
    const { status, body } = await vault.call('GET', 'sys/health', undefined, { token: '' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ initialized: true, sealed: false, standby: false, version: '2.6.2' });
    expect((await vault.call('GET', 'sys/init', undefined, { token: '' })).body).toEqual({
      initialized: true,
    });
  });
});

describe('response wrapping', () => {
  const WRAP = { 'X-Vault-Wrap-TTL': '60s' };

  it('hands out an answer behind a token that works once', async () => {
    const wrapped = await vault.call(
      'POST',
      'auth/token/create',
      { policies: ['default'] },
      { headers: WRAP },
    );
    expect([wrapped.status, wrapped.body.auth, wrapped.body.data]).toEqual([200, null, null]);
    const { token, ttl, creation_path } = wrapped.body.wrap_info;
    expect([ttl, creation_path]).toEqual([60, 'auth/token/create']);
    expect(wrapped.body.wrap_info.wrapped_accessor).toMatch(/^[A-Za-z0-9]{24}$/);
    const looked = await vault.call('POST', 'sys/wrapping/lookup', { token }, { token: '' });
    expect(looked.body.data).toMatchObject({ creation_path: 'auth/token/create', creation_ttl: 60 });
    const inside = await vault.call('POST', 'sys/wrapping/unwrap', undefined, { token });
    expect(inside.body.auth.policies).toEqual(['default']);
    expect((await vault.call('POST', 'sys/wrapping/unwrap', undefined, { token })).status).toBe(400);
    const again = await vault.call('POST', 'sys/wrapping/unwrap', { token });
    expect([again.status, again.body.errors]).toEqual([
      400,
      ['wrapping token is not valid or does not exist'],
    ]);
  });

  it('is over when its time is', async () => {
    const { body } = await vault.call('POST', 'sys/wrapping/wrap', { a: '1' }, { headers: WRAP });
    vault.wait(61);
    const late = await vault.call('POST', 'sys/wrapping/unwrap', { token: body.wrap_info.token });
    expect(late.body.errors).toEqual(['wrapping token is not valid or does not exist']);
  });

  it('wraps what one likes, again too, but only where it is asked for', async () => {
    expect((await vault.call('POST', 'sys/wrapping/wrap', { a: '1' })).body.errors).toEqual([
      'endpoint requires response wrapping to be used',
    ]);
    const first = await vault.call('POST', 'sys/wrapping/wrap', { a: '1' }, { headers: WRAP });
    const second = await vault.call('POST', 'sys/wrapping/rewrap', { token: first.body.wrap_info.token });
    const inside = await vault.call('POST', 'sys/wrapping/unwrap', { token: second.body.wrap_info.token });
    expect(inside.body.data).toEqual({ a: '1' });
  });

  it('gives a token that opens nothing else', async () => {
    const { body } = await vault.call('POST', 'sys/wrapping/wrap', { a: '1' }, { headers: WRAP });
    const { token } = body.wrap_info;
    expect((await vault.call('GET', 'sys/mounts', undefined, { token })).body).toEqual(DENIED);
  });

  it('is refused to a token whose policy denies it', async () => {
    await vault.policy('user', { 'sys/wrapping/*': ['deny'], 'cubbyhole/*': ['read'] });
    const token = await vault.token(['user']);
    const wrapped = await vault.call('POST', 'sys/wrapping/wrap', { a: '1' }, { headers: WRAP });
    const answer = await vault.call(
      'POST',
      'sys/wrapping/unwrap',
      { token: wrapped.body.wrap_info.token },
      { token },
    );
    expect([answer.status, answer.body]).toEqual([403, DENIED]);
  });
});

describe('audit devices', () => {
  const DEVICE = { type: 'file', options: { file_path: '/tmp/audit.log' } };

  it('are refused by OpenBao', async () => {
    const answer = await vault.call('PUT', 'sys/audit/file', DEVICE);
    expect([answer.status, answer.body.errors]).toEqual([
      400,
      ['cannot enable audit device via API; use declarative, config-based audit device management instead'],
    ]);
  });

  it('are accepted by Vault', async () => {
    const other = await VaultUnderTest.start({ server: 'vault' });
    try {
      expect((await other.call('PUT', 'sys/audit/file', DEVICE)).status).toBe(204);
      expect((await other.call('GET', 'sys/audit')).body.data['file/']).toMatchObject({ type: 'file' });
      expect((await other.call('PUT', 'sys/audit/file', DEVICE)).body.errors).toEqual([
        'path already in use: file/',
      ]);
      expect((await other.call('PUT', 'sys/audit/x', { type: 'file' })).body.errors).toEqual([
        'file_path is required',
      ]);
      expect((await other.call('DELETE', 'sys/audit/file')).status).toBe(204);
      expect((await other.call('GET', 'sys/audit')).body.data).toEqual({});
      expect(await other.token(['default'])).toMatch(/^hvs\.[A-Za-z0-9]{90}$/);
    } finally {
      await other.close();
    }
  });
});

it('knows no lease', async () => {
  const answer = await vault.call('PUT', 'sys/leases/lookup', { lease_id: 'x' });
  expect([answer.status, answer.body.errors]).toEqual([400, ['invalid lease']]);
  expect((await vault.call('LIST', 'sys/leases/lookup/kv')).status).toBe(404);
});
