import { describeVaults, done, OURS, plain, policyText, tokenWith } from './servers';

jest.setTimeout(30_000);

/*
 * What a real server answers (recorded from OpenBao 2.6.2), asked again of each server. Where Vault 1.21.4
 * words it otherwise, a row takes both.
 */
describeVaults('the facts', (server) => {
  const kv1 = `${OURS}-kv1`;
  const kv2 = `${OURS}-kv2`;
  const policy = `${OURS}-policy`;
  const ask = (...args: Parameters<typeof plain> extends [unknown, ...infer Rest] ? Rest : never) =>
    plain(server(), ...args);

  beforeAll(async () => {
    await done(server(), 'POST', `sys/mounts/${kv1}`, { body: { type: 'kv', options: { version: '1' } } });
    await done(server(), 'POST', `sys/mounts/${kv2}`, { body: { type: 'kv', options: { version: '2' } } });
    await done(server(), 'PUT', `sys/policies/acl/${policy}`, {
      body: { policy: policyText({ [`${kv1}/allowed`]: ['read'] }) },
    });
  });
  afterAll(async () => {
    for (const mount of [kv1, kv2, `${OURS}-typed`]) await plain(server(), 'DELETE', `sys/mounts/${mount}`);
    await plain(server(), 'DELETE', `sys/policies/acl/${policy}`);
    await plain(server(), 'DELETE', `auth/token/roles/${OURS}-role`);
  });

  describe('KV version 1', () => {
    test.each(['PUT', 'POST'])('%s writes: 204, empty', async (method) => {
      expect(await ask(method, `${kv1}/a/b`, { body: { value: 'x' } })).toMatchObject({
        status: 204,
        text: '',
      });
    });

    test.each([
      ['{}', '{}'],
      ['no body', undefined],
    ])('a write with %s: 400 missing data fields', async (_, body) => {
      const answer = await ask('POST', `${kv1}/a/b`, body === undefined ? {} : { body });
      expect(answer).toMatchObject({ status: 400, body: { errors: ['missing data fields'] } });
    });

    test('a write of broken JSON: 400, and 500 from Vault 1.21.4', async () => {
      const { status, body } = await ask('POST', `${kv1}/a/b`, { body: '{"value":' });
      expect([400, 500]).toContain(status);
      expect(body.errors?.join()).toMatch(/JSON/);
    });

    test('a write to a path that ends in a slash: 400', async () => {
      const { status, body } = await ask('PUT', `${kv1}/a/`, { body: { value: 'x' } });
      expect(status).toBe(400);
      expect(body.errors?.join()).toMatch(/^cannot write to a path ending in '\/'/);
    });

    test('a read: 200, with a lease of 32 days that is not renewable', async () => {
      await done(server(), 'PUT', `${kv1}/a/b`, { body: { value: 'x' } });
      const { status, body } = await ask('GET', `${kv1}/a/b`);
      expect({ status, ...body }).toMatchObject({
        status: 200,
        lease_id: '',
        renewable: false,
        lease_duration: 2_764_800,
        data: { value: 'x' },
        wrap_info: null,
        warnings: null,
        auth: null,
      });
      expect(body.request_id).toMatch(/^[0-9a-f-]{36}$/);
    });

    test.each([
      ['GET', 'nothing', ''],
      ['GET', 'a', ''],
      ['LIST', 'a/b', ''],
      ['LIST', 'empty/', ''],
      ['GET', 'a/b', '?list=true'],
    ])('%s of %s%s: 404 without words', async (method, path, query) => {
      await done(server(), 'PUT', `${kv1}/a/b`, { body: { value: 'x' } });
      expect(await ask(method, `${kv1}/${path}${query}`)).toMatchObject({
        status: 404,
        text: '{"errors":[]}',
      });
    });

    test.each([
      ['LIST', 'a/'],
      ['LIST', 'a'],
      ['GET', 'a/?list=true'],
      ['GET', 'a?list=true'],
    ])('%s %s lists', async (method, path) => {
      for (const name of ['a/b', 'a/c/d'])
        await done(server(), 'PUT', `${kv1}/${name}`, { body: { value: 'x' } });
      const { status, body } = await ask(method, `${kv1}/${path}`);
      expect({ status, keys: body.data?.keys }).toEqual({ status: 200, keys: ['b', 'c/'] });
    });

    test('a removal, also of nothing: 204', async () => {
      for (const path of ['gone', 'gone']) {
        expect(await ask('DELETE', `${kv1}/${path}`)).toMatchObject({ status: 204, text: '' });
      }
    });
  });

  describe('cubbyhole', () => {
    test('keeps secrets without a lease', async () => {
      await done(server(), 'POST', `cubbyhole/${OURS}`, { body: { value: 'x' } });
      const { status, body } = await ask('GET', `cubbyhole/${OURS}`);
      expect({ status, ...body }).toMatchObject({ status: 200, lease_duration: 0, renewable: false });
      expect(await ask('DELETE', `cubbyhole/${OURS}`)).toMatchObject({ status: 204 });
    });

    test('is refused without a policy for it', async () => {
      const { token } = await tokenWith(server(), [policy]);
      expect(await ask('GET', 'cubbyhole/a', { token })).toMatchObject({ status: 403 });
    });
  });

  describe('KV version 2', () => {
    const asked = /^Invalid path for a versioned K\/V secrets engine/;

    test.each([
      ['GET', undefined],
      ['POST', { value: 'x' }],
      ['DELETE', undefined],
    ])('%s by the path of version 1: 404 with a warning', async (method, body) => {
      const answer = await ask(method, `${kv2}/a`, body === undefined ? {} : { body });
      expect(answer).toMatchObject({ status: 404, body: { data: null } });
      expect(answer.body.warnings?.[0]).toMatch(asked);
    });

    test('a write without data: 400', async () => {
      const answer = await ask('POST', `${kv2}/data/a`, { body: { value: 'x' } });
      expect(answer).toMatchObject({ status: 400, body: { errors: ['no data provided'] } });
    });

    test('writes count versions, and a wrong check-and-set is refused', async () => {
      const write = (body: object) => ask('POST', `${kv2}/data/a`, { body });
      expect(await write({ data: { value: 'x' } })).toMatchObject({
        status: 200,
        body: { data: { version: 1 } },
      });
      expect(await write({ data: { value: 'y' }, options: { cas: 1 } })).toMatchObject({
        body: { data: { version: 2 } },
      });
      expect(await write({ data: { value: 'z' }, options: { cas: 1 } })).toMatchObject({
        status: 400,
        body: { errors: ['check-and-set parameter did not match the current version'] },
      });
      expect(await ask('GET', `${kv2}/data/a`)).toMatchObject({
        status: 200,
        body: {
          data: { data: { value: 'y' }, metadata: { version: 2, destroyed: false, deletion_time: '' } },
        },
      });
    });

    test('a deleted version: 404 with the time', async () => {
      await done(server(), 'POST', `${kv2}/data/gone`, { body: { data: { value: 'x' } } });
      expect(await ask('DELETE', `${kv2}/data/gone`)).toMatchObject({ status: 204 });
      const { status, body } = await ask('GET', `${kv2}/data/gone`);
      expect({ status, data: body.data }).toMatchObject({ status: 404, data: { data: null } });
      const { deletion_time: time } = (body.data?.metadata ?? {}) as { deletion_time?: string };
      expect(Date.parse(String(time))).not.toBeNaN();
      expect(await ask('LIST', `${kv2}/metadata/`)).toMatchObject({ status: 200 });
    });
  });

  describe('mounts', () => {
    test('a path without one: 404', async () => {
      expect(await ask('GET', `${OURS}-none/x`)).toMatchObject({
        status: 404,
        body: { errors: [`no handler for route "${OURS}-none/x". route entry not found.`] },
      });
    });

    test('where one is: 400', async () => {
      const answer = await ask('POST', `sys/mounts/${kv1}`, { body: { type: 'kv' } });
      expect(answer).toMatchObject({ status: 400, body: { errors: [`path is already in use at ${kv1}/`] } });
    });

    test('at cubbyhole: 400', async () => {
      const answer = await ask('POST', 'sys/mounts/cubbyhole', { body: { type: 'kv' } });
      expect(answer).toMatchObject({ status: 400, body: { errors: ['cannot mount "cubbyhole/"'] } });
    });

    test('of type kv-v2 reads back as kv of version 2', async () => {
      expect(await ask('POST', `sys/mounts/${OURS}-typed`, { body: { type: 'kv-v2' } })).toMatchObject({
        status: 204,
      });
      const { body } = await ask('GET', `sys/internal/ui/mounts/${OURS}-typed/any`);
      expect(body.data).toMatchObject({ type: 'kv', options: { version: '2' }, path: `${OURS}-typed/` });
    });

    test('are not told to a token that may do nothing there', async () => {
      const { token } = await tokenWith(server(), [policy]);
      expect(await ask('GET', `sys/internal/ui/mounts/${kv1}/allowed`, { token })).toMatchObject({
        status: 200,
      });
      expect(await ask('GET', `sys/internal/ui/mounts/${kv2}/x`, { token })).toMatchObject({ status: 403 });
    });
  });

  describe('tokens', () => {
    const wrong = /permission denied/;
    const refused = '1 error occurred:\n\t* permission denied\n\n';

    test('none: 403', async () => {
      expect(await ask('GET', `${kv1}/a/b`, { token: '' })).toMatchObject({
        status: 403,
        body: { errors: ['permission denied'] },
      });
    });

    test('an unknown one, a revoked one, an expired one: 403, told from a refusal by policy', async () => {
      const revoked = await tokenWith(server(), [policy]);
      await done(server(), 'POST', 'auth/token/revoke-accessor', { body: { accessor: revoked.accessor } });
      const expired = await tokenWith(server(), [policy], { ttl: '1s' });
      await new Promise((resolve) => setTimeout(resolve, 1500));
      for (const token of ['unknown', revoked.token, expired.token]) {
        const { status, body } = await ask('GET', `${kv1}/allowed`, { token });
        expect(status).toBe(403);
        expect(body.errors?.join()).toMatch(wrong);
        expect(body.errors?.join()).not.toMatch(/^1 error occurred/);
      }
    });

    test('one whose policies refuse: 403 with other words', async () => {
      const { token } = await tokenWith(server(), [policy]);
      const answer = await ask('GET', `${kv1}/other`, { token });
      expect(answer).toMatchObject({ status: 403, body: { errors: [refused] } });
      const own = await ask('GET', 'auth/token/lookup-self', { token });
      expect(own).toMatchObject({ status: 403, body: { errors: [refused] } });
    });

    test.each([
      ['auth/token/accessors', ['list', 'sudo'], 200],
      ['auth/token/accessors/', ['list', 'sudo'], 200],
      ['auth/token/access*', ['list', 'sudo'], 200],
      ['auth/token/accessors', ['list'], 403],
      ['auth/token/accessors', ['sudo'], 403],
    ])('one with %s [%p] that lists accessors: %p', async (path, capabilities, status) => {
      const policy = `${OURS}-accessors`;
      await done(server(), 'PUT', `sys/policies/acl/${policy}`, {
        body: { policy: policyText({ [path]: capabilities }) },
      });
      const { token } = await tokenWith(server(), [policy]);
      for (const asked of ['auth/token/accessors', 'auth/token/accessors/'])
        expect(await plain(server(), 'LIST', asked, { token })).toMatchObject({ status });
      await plain(server(), 'DELETE', `sys/policies/acl/${policy}`);
    });

    test('with a policy that does not exist: 200 with a warning', async () => {
      const answer = await ask('POST', 'auth/token/create', {
        body: { policies: [`${OURS}-nope`], no_default_policy: true, ttl: '10s' },
      });
      expect(answer.status).toBe(200);
      expect(answer.body.warnings).toEqual([`Policy "${OURS}-nope" does not exist`]);
    });

    test('for a role, with a policy that it does not allow: 400', async () => {
      await done(server(), 'POST', `auth/token/roles/${OURS}-role`, { body: { allowed_policies: [policy] } });
      const answer = await ask('POST', `auth/token/create/${OURS}-role`, {
        body: { policies: ['default', 'other'] },
      });
      expect(answer.status).toBe(400);
    });
  });

  describe('policies', () => {
    test.each([
      ['path "a" { capabilities = ["fly"] }', 'failed to parse policy: path "a": invalid capability "fly"'],
      ['path "a/+*" { capabilities = ["read"] }', "invalid use of wildcards ('+*' is forbidden)"],
    ])('%s: 400', async (text, words) => {
      const { status, body } = await ask('PUT', `sys/policies/acl/${OURS}-bad`, { body: { policy: text } });
      expect(status).toBe(400);
      expect(body.errors?.join()).toContain(words);
    });

    test('root is not updated: 400', async () => {
      const { status, body } = await ask('PUT', 'sys/policies/acl/root', { body: { policy: 'path "a" {}' } });
      expect({ status, errors: body.errors }).toEqual({
        status: 400,
        errors: ['cannot update "root" policy'],
      });
    });
  });

  test('it says how it is, without a token', async () => {
    const { status, body } = await ask('GET', 'sys/health', { token: '' });
    expect({ status, ...body }).toMatchObject({
      status: 200,
      initialized: true,
      sealed: false,
      standby: false,
    });
    expect(await ask('GET', 'sys/seal-status', { token: '' })).toMatchObject({
      status: 200,
      body: { sealed: false },
    });
  });
});
