import { DENIED, VaultUnderTest } from './vault-caller';

let vault: VaultUnderTest;
beforeEach(async () => {
  vault = await VaultUnderTest.start();
  await vault.call('POST', 'sys/mounts/kv1', { type: 'kv', options: { version: '1' } });
  await vault.call('POST', 'sys/mounts/kv2', { type: 'kv-v2' });
});
afterEach(() => vault.close());

describe('KV version 1', () => {
  it.each(['PUT', 'POST'])(
    'writes by %s with 204 and nothing, and reads it back with its lease',
    async (method) => {
      const written = await vault.call(method, 'kv1/a/b', { value: 'x' });
      expect([written.status, written.text]).toEqual([204, '']);
      const { status, body } = await vault.call('GET', 'kv1/a/b');
      expect(status).toBe(200);
      expect(body).toEqual({
        request_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        lease_id: '',
        renewable: false,
        lease_duration: 2_764_800,
        data: { value: 'x' },
        wrap_info: null,
        warnings: null,
        auth: null,
      });
    },
  );

  it.each([
    ['an empty object', 'kv1/a', {}, ['missing data fields']],
    ['no body', 'kv1/a', undefined, ['missing data fields']],
    ['a path that ends in a slash', 'kv1/a/', { value: 'x' }, ["cannot write to a path ending in '/'"]],
    ['broken JSON', 'kv1/a', '{"value": "topsecret', ['failed to decode JSON input: invalid JSON']],
    ['JSON that is no object', 'kv1/a', '["topsecret"]', ['failed to decode JSON input: must be an object']],
  ])('refuses %s', async (_, path, body, errors) => {
    const answer = await vault.call('PUT', path, body);
    expect([answer.status, answer.body]).toEqual([400, { errors }]);
  });

  it('answers 404 without words to a read of nothing and of a folder, and to a list of a leaf and of nothing', async () => {
    await vault.call('PUT', 'kv1/a/b', { value: 'x' });
    for (const [method, path] of [
      ['GET', 'kv1/none'],
      ['GET', 'kv1/a'],
      ['GET', 'kv1/a/'],
      ['LIST', 'kv1/a/b'],
      ['LIST', 'kv1/empty/'],
    ] as const) {
      const answer = await vault.call(method, path);
      expect([method, path, answer.status, answer.body]).toEqual([method, path, 404, { errors: [] }]);
    }
  });

  it.each([
    ['LIST', 'kv1/a/'],
    ['LIST', 'kv1/a'],
    ['GET', 'kv1/a?list=true'],
    ['GET', 'kv1/a/?list=true'],
  ])('lists with %s %s, folders with a slash', async (method, path) => {
    for (const key of ['kv1/a/z', 'kv1/a/b', 'kv1/a/b/c', 'kv1/ab'])
      await vault.call('PUT', key, { value: 'x' });
    const { status, body } = await vault.call(method, path);
    expect([status, body.data]).toEqual([200, { keys: ['b', 'b/', 'z'] }]);
  });

  it('deletes with 204, also what is not there', async () => {
    await vault.call('PUT', 'kv1/a', { value: 'x' });
    expect((await vault.call('DELETE', 'kv1/a')).status).toBe(204);
    expect((await vault.call('DELETE', 'kv1/a')).status).toBe(204);
    expect((await vault.call('GET', 'kv1/a')).status).toBe(404);
  });

  it('keeps any text, in values and in paths', async () => {
    const value = 'ü\n"\\ ${x} \u0000 日本';
    await vault.call('PUT', `kv1/${encodeURIComponent('ü ?#%')}`, { value });
    expect((await vault.call('GET', `kv1/${encodeURIComponent('ü ?#%')}`)).body.data).toEqual({ value });
    expect((await vault.call('LIST', 'kv1/')).body.data.keys).toEqual(['ü ?#%']);
  });

  it('tells creating from updating', async () => {
    await vault.policy('once', { 'kv1/*': ['create', 'read'] });
    const token = await vault.token(['once']);
    expect((await vault.call('PUT', 'kv1/a', { value: 'x' }, { token })).status).toBe(204);
    const again = await vault.call('PUT', 'kv1/a', { value: 'y' }, { token });
    expect([again.status, again.body]).toEqual([403, DENIED]);
    expect((await vault.call('GET', 'kv1/a')).body.data).toEqual({ value: 'x' });
  });

  it('forgets its entries with the mount', async () => {
    await vault.call('PUT', 'kv1/a', { value: 'x' });
    await vault.call('DELETE', 'sys/mounts/kv1');
    expect((await vault.call('GET', 'kv1/a')).body).toEqual({
      errors: ['no handler for route "kv1/a". route entry not found.'],
    });
    await vault.call('POST', 'sys/mounts/kv1', { type: 'kv' });
    expect((await vault.call('GET', 'kv1/a')).status).toBe(404);
  });
});

describe('KV version 2', () => {
  const data = (value: string) => ({ data: { value } });

  it('answers a write with its version, and a read with data and metadata', async () => {
    const written = await vault.call('POST', 'kv2/data/a/b', data('x'));
    const metadata = {
      created_time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/),
      custom_metadata: null,
      deletion_time: '',
      destroyed: false,
      version: 1,
    };
    expect([written.status, written.body.data]).toEqual([200, metadata]);
    const read = await vault.call('GET', 'kv2/data/a/b');
    expect([read.status, read.body.data]).toEqual([200, { data: { value: 'x' }, metadata }]);
    expect((await vault.call('LIST', 'kv2/metadata/a')).body.data.keys).toEqual(['b']);
  });

  it.each([
    ['GET', 'get'],
    ['PUT', 'put'],
    ['LIST', 'list'],
    ['DELETE', 'delete'],
  ])('answers %s by the path of version 1 with a warning in place of data', async (method, command) => {
    const { status, body } = await vault.call(method, 'kv2/a', method === 'PUT' ? { value: 'x' } : undefined);
    expect(status).toBe(404);
    expect(body.data).toBeNull();
    expect(body.errors).toBeUndefined();
    expect(body.warnings).toEqual([
      `Invalid path for a versioned K/V secrets engine. See the API docs for the appropriate API endpoints to use. If using the Vault CLI, use 'vault kv ${command}' for this operation.`,
    ]);
  });

  it('refuses a write without data, and one whose check-and-set is another version', async () => {
    expect((await vault.call('PUT', 'kv2/data/a', { value: 'x' })).body.errors).toEqual(['no data provided']);
    await vault.call('PUT', 'kv2/data/a', { ...data('x'), options: { cas: 0 } });
    for (const cas of [0, 2]) {
      const answer = await vault.call('PUT', 'kv2/data/a', { ...data('y'), options: { cas } });
      expect([answer.status, answer.body.errors]).toEqual([
        400,
        ['check-and-set parameter did not match the current version'],
      ]);
    }
    expect((await vault.call('PUT', 'kv2/data/a', { ...data('y'), options: { cas: 1 } })).status).toBe(200);
  });

  it('wants check-and-set where the entry or the mount says so', async () => {
    await vault.call('POST', 'kv2/metadata/a', { cas_required: true });
    const refused = await vault.call('PUT', 'kv2/data/a', data('x'));
    expect(refused.body.errors).toEqual(['check-and-set parameter required for this call']);
    await vault.call('POST', 'kv2/config', { cas_required: true, max_versions: 2 });
    expect((await vault.call('PUT', 'kv2/data/b', data('x'))).status).toBe(400);
    expect((await vault.call('GET', 'kv2/config')).body.data).toEqual({
      cas_required: true,
      delete_version_after: '0s',
      max_versions: 2,
      // OpenBao's, which Vault does not have.
      metadata_cas_required: false,
    });
  });

  it('deletes, undeletes and destroys versions', async () => {
    await vault.call('PUT', 'kv2/data/a', data('one'));
    await vault.call('PUT', 'kv2/data/a', data('two'));
    expect((await vault.call('DELETE', 'kv2/data/a')).status).toBe(204);
    const deleted = await vault.call('GET', 'kv2/data/a');
    expect(deleted.status).toBe(404);
    expect(deleted.body.data.data).toBeNull();
    expect(deleted.body.data.metadata.deletion_time).not.toBe('');
    expect((await vault.call('GET', 'kv2/data/a?version=1')).body.data.data).toEqual({ value: 'one' });
    await vault.call('POST', 'kv2/undelete/a', { versions: [2] });
    expect((await vault.call('GET', 'kv2/data/a')).body.data.data).toEqual({ value: 'two' });
    await vault.call('PUT', 'kv2/destroy/a', { versions: [2] });
    await vault.call('POST', 'kv2/undelete/a', { versions: [2] });
    const destroyed = await vault.call('GET', 'kv2/data/a');
    expect([destroyed.status, destroyed.body.data.metadata.destroyed]).toEqual([404, true]);
    expect((await vault.call('POST', 'kv2/delete/a', {})).body.errors).toEqual([
      'No version number provided',
    ]);
    expect((await vault.call('DELETE', 'kv2/metadata/a')).status).toBe(204);
    expect((await vault.call('GET', 'kv2/metadata/a')).body).toEqual({ errors: [] });
  });

  it('keeps as many versions as it is told to, ten by itself', async () => {
    for (let version = 1; version <= 11; version++) await vault.call('PUT', 'kv2/data/a', data(`${version}`));
    const { body } = await vault.call('GET', 'kv2/metadata/a');
    expect(Object.keys(body.data.versions)).toEqual(['2', '3', '4', '5', '6', '7', '8', '9', '10', '11']);
    expect([body.data.oldest_version, body.data.current_version]).toEqual([2, 11]);
    expect((await vault.call('GET', 'kv2/data/a?version=1')).status).toBe(404);
    await vault.call('POST', 'kv2/metadata/a', { max_versions: 2, custom_metadata: { owner: 'site' } });
    await vault.call('PUT', 'kv2/data/a', data('12'));
    const fewer = await vault.call('GET', 'kv2/metadata/a');
    expect(Object.keys(fewer.body.data.versions)).toEqual(['11', '12']);
    expect(fewer.body.data.custom_metadata).toEqual({ owner: 'site' });
    expect(fewer.text).not.toContain('"value"');
  });

  it('deletes a version when its time has come', async () => {
    await vault.call('POST', 'kv2/metadata/a', { delete_version_after: '1h' });
    await vault.call('PUT', 'kv2/data/a', data('x'));
    expect((await vault.call('GET', 'kv2/data/a')).status).toBe(200);
    vault.wait(3601);
    expect((await vault.call('GET', 'kv2/data/a')).status).toBe(404);
  });

  it('merges a patch into the current version', async () => {
    await vault.call('PUT', 'kv2/data/a', { data: { keep: '1', gone: '2', deep: { a: 1 } } });
    const answer = await vault.call('PATCH', 'kv2/data/a', { data: { gone: null, deep: { b: 2 } } });
    expect([answer.status, answer.body.data.version]).toEqual([200, 2]);
    expect((await vault.call('GET', 'kv2/data/a')).body.data.data).toEqual({
      keep: '1',
      deep: { a: 1, b: 2 },
    });
    expect((await vault.call('PATCH', 'kv2/data/none', { data: {} })).status).toBe(404);
  });
});

describe('a cubbyhole', () => {
  it('belongs to one token: another one, and root, see nothing', async () => {
    const [one, other] = [await vault.token(['default']), await vault.token(['default'])];
    expect((await vault.call('PUT', 'cubbyhole/aws/key', { value: 'x' }, { token: one })).status).toBe(204);
    const read = await vault.call('GET', 'cubbyhole/aws/key', undefined, { token: one });
    expect(read.body).toMatchObject({ data: { value: 'x' }, lease_duration: 0, renewable: false });
    for (const token of [other, undefined])
      expect((await vault.call('GET', 'cubbyhole/aws/key', undefined, token ? { token } : {})).status).toBe(
        404,
      );
    const keys = await vault.call('LIST', 'cubbyhole/aws', undefined, { token: one });
    expect(keys.body.data.keys).toEqual(['key']);
  });

  it('wants a policy for it', async () => {
    await vault.policy('nothing', { 'kv1/*': ['read'] });
    const token = await vault.token(['nothing']);
    const answer = await vault.call('GET', 'cubbyhole/x', undefined, { token });
    expect([answer.status, answer.body]).toEqual([403, DENIED]);
  });

  it.each([
    ['revoked', (token: string) => vault.call('POST', 'auth/token/revoke', { token })],
    ['expired', async () => vault.wait(61)],
  ])('is gone with its token when that is %s', async (_, end) => {
    const token = await vault.token(['default'], { ttl: '60s', id: 'same-name' });
    await vault.call('PUT', 'cubbyhole/a', { value: 'x' }, { token });
    await end(token);
    expect((await vault.call('GET', 'cubbyhole/a', undefined, { token })).status).toBe(403);
    await vault.token(['default'], { ttl: '60s', id: 'same-name' });
    expect((await vault.call('GET', 'cubbyhole/a', undefined, { token })).status).toBe(404);
  });
});
