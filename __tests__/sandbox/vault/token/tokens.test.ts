import { DENIED, NO_TOKEN, ROOT, VaultUnderTest } from '../vault-caller';

let vault: VaultUnderTest;
beforeEach(async () => {
  vault = await VaultUnderTest.start();
  await vault.call('POST', 'sys/mounts/kv', { type: 'kv' });
  await vault.call('PUT', 'kv/a', { value: 'x' });
  await vault.policy('reader', { 'kv/*': ['read'] });
});
afterEach(() => vault.close());

const read = (token: string) => vault.call('GET', 'kv/a', undefined, { token });

describe('a token', () => {
  it('is created with its policies, default among them, and is told once', async () => {
    const { status, body } = await vault.call('POST', 'auth/token/create', {
      policies: ['Reader', 'reader'],
      ttl: '1h',
      display_name: 'robot 1',
      meta: { user: 'robot' },
    });
    expect(status).toBe(200);
    expect(body.data).toBeNull();
    expect(body.auth).toEqual({
      client_token: expect.stringMatching(/^s\.[A-Za-z0-9]{24}$/),
      accessor: expect.stringMatching(/^[A-Za-z0-9]{24}$/),
      policies: ['default', 'reader'],
      token_policies: ['default', 'reader'],
      metadata: { user: 'robot' },
      lease_duration: 3600,
      renewable: true,
      entity_id: '',
      token_type: 'service',
      orphan: false,
      mfa_requirement: null,
      num_uses: 0,
    });
    const { client_token: token } = body.auth;
    const self = await vault.call('GET', 'auth/token/lookup-self', undefined, { token });
    expect(self.body.data).toMatchObject({
      id: token,
      accessor: body.auth.accessor,
      display_name: 'token-robot-1',
      meta: { user: 'robot' },
      orphan: false,
      path: 'auth/token/create',
      policies: ['default', 'reader'],
      type: 'service',
      creation_ttl: 3600,
    });
    expect(self.body.data.ttl).toBeGreaterThan(3590);
  });

  it('names policies that are not there in a warning', async () => {
    const { status, body } = await vault.call('POST', 'auth/token/create', { policies: ['nope'] });
    expect([status, body.warnings]).toEqual([200, ['Policy "nope" does not exist']]);
  });

  it.each([
    ['none', ''],
    ['unknown', 's.unknown'],
  ])('that is %s gets 403 and no reason', async (_, token) => {
    const answer = await read(token);
    expect([answer.status, answer.body]).toEqual([403, NO_TOKEN]);
  });

  it('that its policies refuse gets 403 with the wrapped words', async () => {
    const token = await vault.token(['reader']);
    expect((await read(token)).status).toBe(200);
    const answer = await vault.call('PUT', 'kv/a', { value: 'y' }, { token });
    expect([answer.status, answer.body]).toEqual([403, DENIED]);
    const nowhere = await vault.call('GET', 'none/x', undefined, { token });
    expect([nowhere.status, nowhere.body]).toEqual([403, DENIED]);
  });

  it('is looked up by itself only where a policy grants it', async () => {
    const token = await vault.token(['reader']);
    const refused = await vault.call('GET', 'auth/token/lookup-self', undefined, { token });
    expect([refused.status, refused.body]).toEqual([403, DENIED]);
    const other = await vault.token(['default']);
    expect((await vault.call('GET', 'auth/token/lookup-self', undefined, { token: other })).status).toBe(200);
  });

  it('may come as a bearer', async () => {
    const headers = { Authorization: `Bearer ${ROOT}` };
    expect((await vault.call('GET', 'kv/a', undefined, { token: '', headers })).status).toBe(200);
  });

  it('lives as long as its time to live, within the longest', async () => {
    const token = await vault.token(['reader'], { ttl: '60s' });
    vault.wait(59);
    expect((await read(token)).status).toBe(200);
    vault.wait(2);
    expect((await read(token)).body).toEqual(NO_TOKEN);
    const { body } = await vault.call('POST', 'auth/token/create', { policies: ['reader'], ttl: '999h' });
    expect(body.auth.lease_duration).toBe(2_764_800);
    expect(body.warnings).toEqual([
      'TTL of "999h" exceeded the effective max_ttl of "768h"; TTL value is capped accordingly',
    ]);
  });

  it('works as often as it may', async () => {
    const token = await vault.token(['reader'], { num_uses: 2 });
    expect((await read(token)).status).toBe(200);
    expect((await read(token)).status).toBe(200);
    expect((await read(token)).body).toEqual(NO_TOKEN);
  });

  it('takes its children with it, and not its orphans', async () => {
    await vault.policy('maker', { 'auth/token/*': ['create', 'update', 'sudo'], 'kv/*': ['read'] });
    const parent = await vault.token(['maker']);
    const make = async (path: string) => {
      const { body } = await vault.call('POST', path, { policies: ['maker'] }, { token: parent });
      return body.auth.client_token as string;
    };
    const [child, orphan] = [await make('auth/token/create'), await make('auth/token/create-orphan')];
    expect((await vault.call('POST', 'auth/token/revoke', { token: parent })).status).toBe(204);
    expect((await read(child)).body).toEqual(NO_TOKEN);
    expect((await read(orphan)).status).toBe(200);
  });

  it('loses only itself where its children are to become orphans', async () => {
    await vault.policy('maker', { 'auth/token/create': ['update'], 'kv/*': ['read'] });
    const parent = await vault.token(['maker']);
    const { body } = await vault.call('POST', 'auth/token/create', {}, { token: parent });
    await vault.call('POST', 'auth/token/revoke-orphan', { token: parent });
    expect((await read(parent)).status).toBe(403);
    expect((await read(body.auth.client_token)).status).toBe(200);
  });

  it('is revoked by itself and by its accessor; what is gone already is no error', async () => {
    const [one, other] = [await vault.token(['default']), await vault.token(['default'])];
    expect((await vault.call('POST', 'auth/token/revoke-self', {}, { token: one })).status).toBe(204);
    expect((await vault.call('GET', 'auth/token/lookup-self', undefined, { token: one })).status).toBe(403);
    const { body } = await vault.call('POST', 'auth/token/lookup', { token: other });
    const { accessor } = body.data;
    const found = await vault.call('POST', 'auth/token/lookup-accessor', { accessor });
    expect(found.body.data).toMatchObject({ accessor, id: '' });
    expect((await vault.call('LIST', 'auth/token/accessors')).body.data.keys).toContain(accessor);
    expect((await vault.call('POST', 'auth/token/revoke-accessor', { accessor })).status).toBe(204);
    expect((await vault.call('POST', 'auth/token/revoke', { token: other })).status).toBe(204);
    expect((await vault.call('POST', 'auth/token/lookup', { token: other })).body.errors).toEqual([
      'bad token',
    ]);
    expect((await vault.call('POST', 'auth/token/revoke', {})).body.errors).toEqual(['missing token ID']);
  });

  it('is renewed within its longest life', async () => {
    const token = await vault.token(['default'], { ttl: '100s', explicit_max_ttl: '150s' });
    vault.wait(80);
    const renewed = await vault.call('POST', 'auth/token/renew-self', {}, { token });
    expect(renewed.status).toBe(200);
    // 70, less the time that the requests themselves took.
    expect(renewed.body.auth.lease_duration).toBeLessThanOrEqual(70);
    expect(renewed.body.auth.lease_duration).toBeGreaterThan(60);
    const fixed = await vault.token(['default'], { renewable: false });
    const refused = await vault.call('POST', 'auth/token/renew-self', {}, { token: fixed });
    expect([refused.status, refused.body.errors]).toEqual([400, ['lease is not renewable']]);
    const periodic = await vault.token(['default'], { period: '60s' });
    for (let times = 0; times < 3; times++) {
      vault.wait(50);
      const again = await vault.call('POST', 'auth/token/renew', { token: periodic });
      expect(again.body.auth.lease_duration).toBe(60);
    }
  });

  it('never has more than its maker', async () => {
    await vault.policy('maker', { 'auth/token/create': ['update'] });
    const token = await vault.token(['maker']);
    const refused = async (body: object) => {
      const answer = await vault.call('POST', 'auth/token/create', body, { token });
      return [answer.status, answer.body.errors[0]];
    };
    expect(await refused({ policies: ['reader'] })).toEqual([400, 'child policies must be subset of parent']);
    expect(await refused({ policies: ['root'] })).toEqual([400, 'child policies must be subset of parent']);
    expect(await refused({ id: 'mine' })).toEqual([
      400,
      'root or sudo privileges required to specify token id',
    ]);
    expect(await refused({ period: '1h' })).toEqual([
      400,
      'root or sudo privileges required to create periodic token',
    ]);
    expect(await refused({ no_parent: true })).toEqual([
      400,
      'root or sudo privileges required to create orphan token',
    ]);
    expect(await refused({ ttl: 'topsecret' })).toEqual([
      400,
      'error converting input for field "ttl": must be a duration such as 3600 or "1h"',
    ]);
  });
});

describe('a role of tokens', () => {
  it('limits policies, and makes orphans where it says so', async () => {
    const role = { allowed_policies: 'reader,writer', orphan: true, token_period: '1h', path_suffix: 'x' };
    expect((await vault.call('POST', 'auth/token/roles/regular', role)).status).toBe(204);
    const { body } = await vault.call('POST', 'auth/token/create/regular', { policies: ['reader'] });
    expect(body.auth).toMatchObject({ policies: ['default', 'reader'], orphan: true, lease_duration: 3600 });
    const all = await vault.call('POST', 'auth/token/create/regular', {});
    expect(all.body.auth.policies).toEqual(['default', 'reader', 'writer']);
    const refused = await vault.call('POST', 'auth/token/create/regular', { policies: ['root'] });
    expect(refused.status).toBe(400);
    expect(refused.body.errors[0]).toContain("must be subset of the role's allowed policies");
    expect((await vault.call('GET', 'auth/token/roles/regular')).body.data).toMatchObject({
      name: 'regular',
      allowed_policies: ['reader', 'writer'],
      orphan: true,
      token_period: 3600,
      period: 3600,
      token_type: 'default-service',
    });
    expect((await vault.call('LIST', 'auth/token/roles')).body.data.keys).toEqual(['regular']);
    await vault.call('DELETE', 'auth/token/roles/regular');
    expect((await vault.call('GET', 'auth/token/roles/regular')).status).toBe(404);
    const unknown = await vault.call('POST', 'auth/token/create/regular', {});
    expect(unknown.body.errors).toEqual(['unknown role regular']);
  });

  it('gives its tokens no entity but those that it names', async () => {
    await vault.call('POST', 'auth/token/roles/named', {
      allowed_policies: ['reader'],
      allowed_entity_aliases: ['Build-*'],
    });
    const make = (path: string, entity_alias: string) =>
      vault.call('POST', `auth/token/${path}`, { entity_alias, policies: ['reader'] });
    expect((await make('create/named', 'BUILD-7')).status).toBe(200);
    expect(await make('create/named', 'alice')).toMatchObject({
      status: 400,
      body: { errors: ["invalid 'entity_alias' value"] },
    });
    expect(await make('create', 'alice')).toMatchObject({
      status: 400,
      body: { errors: ["'entity_alias' is only allowed in combination with token role"] },
    });
  });

  it('lets a maker give policies that it does not have, by globs too, but no forbidden one', async () => {
    await vault.call('POST', 'auth/token/roles/any', {
      allowed_policies_glob: ['read*'],
      disallowed_policies: ['reader-root'],
    });
    await vault.policy('maker', { 'auth/token/create/+': ['update'] });
    const token = await vault.token(['maker']);
    const make = (policy: string) =>
      vault.call('POST', 'auth/token/create/any', { policies: [policy], no_default_policy: true }, { token });
    expect((await make('reader')).body.auth.policies).toEqual(['reader']);
    expect((await make('writer')).status).toBe(400);
    expect((await make('reader-root')).body.errors).toEqual([
      'token policy "reader-root" is disallowed by this role',
    ]);
  });
});

/** Asked of Vault 1.21.4 (its own core, over HTTP), which answered so. */
it.each([
  ['POST', 'auth/token/lookup', { token: 'bad' }, 403, 'bad token'],
  [
    'POST',
    'auth/token/lookup-accessor',
    { accessor: 'bad' },
    400,
    '1 error occurred:\n\t* invalid accessor\n\n',
  ],
  ['POST', 'auth/token/lookup-accessor', {}, 400, '1 error occurred:\n\t* missing accessor\n\n'],
  ['POST', 'auth/token/revoke-orphan', { token: 'bad' }, 400, 'token to revoke not found'],
  ['POST', 'auth/token/renew', { token: 'bad' }, 400, 'token not found'],
  ['POST', 'auth/token/create', { num_uses: -1 }, 400, 'number of uses cannot be negative'],
  ['POST', 'auth/token/create', { type: 'x' }, 400, "invalid 'token_type' value"],
  ['POST', 'auth/token/create', { id: 's.x' }, 400, "custom token ID cannot have the 's.' prefix"],
  ['POST', 'auth/token/create', { id: 'a.b' }, 400, "custom token ID cannot have a '.' in the value"],
  ['POST', 'auth/token/create/none', {}, 400, 'unknown role none'],
  ['POST', 'auth/token/roles/r', { token_type: 'bad' }, 400, 'invalid \'token_type\' value "bad"'],
  ['POST', 'sys/capabilities', { token: 'bad', path: 'a' }, 400, '1 error occurred:\n\t* invalid token\n\n'],
  ['POST', 'sys/capabilities', { path: 'a' }, 500, '1 error occurred:\n\t* no token found\n\n'],
  ['PUT', 'cubbyhole/x', {}, 500, '1 error occurred:\n\t* missing data fields\n\n'],
])('%s %s %j is refused as the real server does', async (method, path, body, status, error) => {
  const answer = await vault.call(method, path, body);
  expect([answer.status, answer.body]).toEqual([status, { errors: [error] }]);
});

it('that nobody knows is called invalid by Vault, and not by OpenBao', async () => {
  const other = await VaultUnderTest.start({ server: 'vault' });
  try {
    const unknown = await other.call('GET', 'sys/mounts', undefined, { token: 'hvs.unknown' });
    expect([unknown.status, unknown.body.errors]).toEqual([
      403,
      ['2 errors occurred:\n\t* permission denied\n\t* invalid token\n\n'],
    ]);
    expect((await other.call('GET', 'sys/mounts', undefined, { token: '' })).body).toEqual(NO_TOKEN);
  } finally {
    await other.close();
  }
});
