import { VaultUnderTest } from './vault-caller';

// Every expectation is what OpenBao 2.6.2 answers to the same requests.

let vault: VaultUnderTest;
beforeEach(async () => {
  vault = await VaultUnderTest.start();
});
afterEach(() => vault.close());

const POLICY = 'path "a" { capabilities = ["read"] }';

const write = async (body: object) => {
  const { status, body: answer } = await vault.call('POST', 'sys/policies/acl/p', {
    policy: POLICY,
    ...body,
  });
  return status === 204 ? '204' : `${status} ${answer.errors[0]}`;
};

describe('policies', () => {
  it('have a version, and are written only if it is the expected one', async () => {
    expect(await write({ cas: 5 })).toBe('400 check-and-set parameter did not match the current version');
    expect(await write({ cas: 0 })).toBe('204');
    expect(await write({ cas: -1 })).toBe('400 check-and-set parameter set to -1 on existing entry');
    expect(await write({ cas: 1 })).toBe('204');
    expect(await write({ cas_required: true })).toBe('400 check-and-set parameter required for this call');
    expect((await vault.call('GET', 'sys/policies/acl/p')).body.data).toEqual({
      name: 'p',
      policy: POLICY,
      version: 2,
      cas_required: false,
      allow_slashes_in_identity_templates: false,
      allow_wildcards_in_identity_templates: false,
      modified: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
  });

  it('expire', async () => {
    expect(await write({ expiration: '2020-01-01T00:00:00Z' })).toBe(
      '400 refusing to update policy as expiration time has already elapsed',
    );
    expect(await write({ ttl: '1h' })).toBe('204');
    expect((await vault.call('GET', 'sys/policies/acl/p')).body.data.expiration).toMatch(/Z$/);
  });

  it('of Vault have neither', async () => {
    const other = await VaultUnderTest.start({ server: 'vault' });
    await other.call('POST', 'sys/policies/acl/p', { policy: POLICY, cas: 5 });
    expect((await other.call('GET', 'sys/policies/acl/p')).body.data).toEqual({ name: 'p', policy: POLICY });
    await other.close();
  });
});

describe('secrets', () => {
  beforeEach(async () => {
    await vault.call('POST', 'sys/mounts/k2', { type: 'kv-v2' });
    await vault.call('POST', 'sys/mounts/k1', { type: 'kv-v1' });
    for (const path of ['e', 'a/b', 'a/c/d', 'b/a']) {
      await vault.call('POST', `k2/data/${path}`, { data: { x: '1' } });
      await vault.call('POST', `k1/${path}`, { x: '1' });
    }
  });

  it('count how often their settings were written', async () => {
    const settings = async () => (await vault.call('GET', 'k2/metadata/e')).body.data;
    expect(await settings()).toMatchObject({ current_metadata_version: 0, metadata_cas_required: false });
    await vault.call('POST', 'k2/metadata/e', { max_versions: 4 });
    expect((await vault.call('POST', 'k2/metadata/e', { metadata_cas: 9 })).body.errors).toEqual([
      'metadata check-and-set parameter does not match the current version',
    ]);
    expect((await vault.call('POST', 'k2/metadata/e', { metadata_cas: 1 })).status).toBe(204);
    expect(await settings()).toMatchObject({ current_metadata_version: 2, max_versions: 4 });
  });

  it('need check-and-set for their settings where a mount says so, which Vault does not know', async () => {
    const settings = ['cas_required', 'delete_version_after', 'max_versions'];
    const config = (await vault.call('GET', 'k2/config')).body.data;
    expect(Object.keys(config)).toEqual([...settings, 'metadata_cas_required']);
    const other = await VaultUnderTest.start({ server: 'vault' });
    await other.call('POST', 'sys/mounts/k2', { type: 'kv-v2' });
    expect(Object.keys((await other.call('GET', 'k2/config')).body.data)).toEqual(settings);
    await other.close();
  });

  it('are listed at all levels by SCAN, which needs a capability of its own', async () => {
    const keys = ['e', 'b/a', 'a/b', 'a/c/d'];
    expect((await vault.call('SCAN', 'k2/metadata')).body.data).toEqual({ keys });
    expect((await vault.call('GET', 'k1?scan=true')).body.data).toEqual({ keys });
    expect((await vault.call('SCAN', 'k1/a')).body.data).toEqual({ keys: ['b', 'c/d'] });
    expect(await vault.call('SCAN', 'k1/none')).toMatchObject({ status: 200, body: { data: {} } });
    expect((await vault.call('SCAN', 'k2/data')).status).toBe(405);
    expect((await vault.call('SCAN', 'cubbyhole')).status).toBe(405);
    await vault.call('POST', 'sys/policies/acl/lister', {
      policy: 'path "k1/*" { capabilities = ["list"] }',
    });
    const { body } = await vault.call('POST', 'auth/token/create', { policies: ['lister'] });
    const options = { token: body.auth.client_token };
    expect((await vault.call('LIST', 'k1/', undefined, options)).status).toBe(200);
    expect((await vault.call('SCAN', 'k1/', undefined, options)).status).toBe(403);
  });
});

it.each([
  ['generic', 'generic', {}],
  ['kv-v1', 'kv', { version: '1' }],
  ['kv-v2', 'kv', { version: '2' }],
])('a mount of type %s reads back as %s', async (type, shown, options) => {
  await vault.call('POST', 'sys/mounts/m', { type });
  expect((await vault.call('GET', 'sys/mounts/m')).body.data).toMatchObject({ type: shown, options });
  const path = type === 'kv-v2' ? 'm/data/x' : 'm/x';
  expect((await vault.call('POST', path, { data: { a: 'b' } })).status).toBeLessThan(300);
});

describe('a role of AppRole', () => {
  beforeEach(async () => {
    await vault.call('POST', 'sys/auth/ar', { type: 'approle' });
    await vault.call('POST', 'auth/ar/role/x', { token_policies: ['pm'], secret_id_ttl: '1h' });
  });

  it.each([
    ['policies', { token_policies: ['a', 'b'] }, { token_policies: [] }],
    ['token-ttl', { token_ttl: 90 }, { token_ttl: 0 }],
    ['token-max-ttl', { token_max_ttl: 90 }, { token_max_ttl: 0 }],
    ['token-num-uses', { token_num_uses: 9 }, { token_num_uses: 0 }],
    ['token-bound-cidrs', { token_bound_cidrs: ['10.0.0.0/8'] }, { token_bound_cidrs: null }],
    ['secret-id-ttl', { secret_id_ttl: 120 }, { secret_id_ttl: 0 }],
    ['secret-id-num-uses', { secret_id_num_uses: 3 }, { secret_id_num_uses: 0 }],
    ['secret-id-bound-cidrs', { secret_id_bound_cidrs: ['10.0.0.0/8'] }, { secret_id_bound_cidrs: null }],
    ['period', { token_period: 60 }, { token_period: 0 }],
    ['bind-secret-id', { bind_secret_id: true }, { bind_secret_id: true }],
  ])('has a path for its %s', async (path, given, gone) => {
    const at = `auth/ar/role/x/${path}`;
    expect((await vault.call('POST', at, {})).body.errors).toEqual([`missing ${Object.keys(given)[0]}`]);
    expect((await vault.call('POST', at, given)).status).toBe(204);
    expect((await vault.call('GET', at)).body.data).toEqual(given);
    expect((await vault.call('DELETE', at)).status).toBe(204);
    expect((await vault.call('GET', at)).body.data).toEqual(gone);
    expect((await vault.call('GET', `auth/ar/role/none/${path}`)).status).toBe(404);
  });

  it('keeps a constraint', async () => {
    const { status, body } = await vault.call('POST', 'auth/ar/role/x/bind-secret-id', {
      bind_secret_id: false,
    });
    expect([status, body.errors[0]]).toEqual([
      500,
      '1 error occurred:\n\t* at least one constraint should be enabled on the role\n\n',
    ]);
  });
});

it('tidies', async () => {
  await vault.call('POST', 'sys/auth/ar', { type: 'approle' });
  for (const path of ['auth/ar/tidy/secret-id', 'auth/token/tidy']) {
    const { status, body } = await vault.call('POST', path);
    expect([status, body.data, body.warnings]).toEqual([
      202,
      null,
      [
        "Tidy operation successfully started. Any information from the operation will be printed to OpenBao's server logs.",
      ],
    ]);
  }
});

it('shows each caller the mounts below which its token may do something', async () => {
  await vault.call('POST', 'sys/mounts/k1', { type: 'kv' });
  await vault.call('POST', 'sys/auth/ar', { type: 'approle', config: { listing_visibility: 'unauth' } });
  await vault.call('POST', 'sys/policies/acl/see', { policy: 'path "k1/*" { capabilities = ["read"] }' });
  const created = await vault.call('POST', 'auth/token/create', {
    policies: ['see'],
    no_default_policy: true,
  });
  const seen = async (token: string) => {
    const { body } = await vault.call('GET', 'sys/internal/ui/mounts', undefined, { token });
    return [Object.keys(body.data.secret), Object.keys(body.data.auth)];
  };
  expect(await seen(created.body.auth.client_token)).toEqual([['k1/'], []]);
  expect(await seen('')).toEqual([[], ['ar/']]);
  expect((await vault.call('GET', 'sys/internal/ui/mounts/auth/ar')).body.data.path).toBe('ar/');
});
