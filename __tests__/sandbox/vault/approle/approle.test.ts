import { NO_TOKEN, VaultUnderTest } from '../vault-caller';

let vault: VaultUnderTest;
beforeEach(async () => {
  vault = await VaultUnderTest.start();
  await vault.call('POST', 'sys/auth/approle', { type: 'approle' });
});
afterEach(() => vault.close());

async function role(fields: object = {}): Promise<string> {
  const written = await vault.call('POST', 'auth/approle/role/ci', { token_policies: ['reader'], ...fields });
  expect(written.status).toBe(204);
  return (await vault.call('GET', 'auth/approle/role/ci/role-id')).body.data.role_id;
}

async function secretId(fields: object = {}): Promise<{ secret_id: string; secret_id_accessor: string }> {
  return (await vault.call('POST', 'auth/approle/role/ci/secret-id', fields)).body.data;
}

const login = (body: object) => vault.call('POST', 'auth/approle/login', body, { token: '' });

it('gives a token for a role id and a secret id, with the role’s policies and times', async () => {
  const role_id = await role({ token_ttl: '10m', token_num_uses: 2 });
  const { secret_id } = await secretId({ metadata: '{"run":"7"}' });
  const { status, body } = await login({ role_id, secret_id });
  expect(status).toBe(200);
  expect(body.auth).toMatchObject({
    policies: ['default', 'reader'],
    metadata: { role_name: 'ci', run: '7' },
    lease_duration: 600,
    orphan: true,
    num_uses: 2,
  });
  const token = body.auth.client_token;
  const self = await vault.call('GET', 'auth/token/lookup-self', undefined, { token });
  expect(self.body.data).toMatchObject({ path: 'auth/approle/login', display_name: 'approle' });
});

it('keeps a role as it is written, and its role id', async () => {
  const role_id = await role({ secret_id_ttl: 60, bind_secret_id: true });
  expect((await vault.call('GET', 'auth/approle/role/ci')).body.data).toMatchObject({
    bind_secret_id: true,
    secret_id_ttl: 60,
    token_policies: ['reader'],
    token_type: 'default',
  });
  await vault.call('POST', 'auth/approle/role/ci', { token_ttl: 30 });
  const { body } = await vault.call('GET', 'auth/approle/role/ci');
  expect([body.data.token_ttl, body.data.secret_id_ttl]).toEqual([30, 60]);
  expect((await vault.call('GET', 'auth/approle/role/ci/role-id')).body.data).toEqual({ role_id });
  await vault.call('POST', 'auth/approle/role/ci/role-id', { role_id: 'fixed' });
  expect((await vault.call('GET', 'auth/approle/role/ci/role-id')).body.data).toEqual({ role_id: 'fixed' });
  expect((await vault.call('LIST', 'auth/approle/role')).body.data.keys).toEqual(['ci']);
  const unbound = await vault.call('POST', 'auth/approle/role/ci', { bind_secret_id: false });
  expect(unbound.body.errors).toEqual([
    '1 error occurred:\n\t* at least one constraint should be enabled on the role\n\n',
  ]);
});

it.each([
  ['without a role id', { secret_id: 'x' }, 'missing role_id'],
  ['with an unknown role id', { role_id: 'x', secret_id: 'x' }, 'invalid role or secret ID'],
])('refuses a log-in %s', async (_, body, error) => {
  const answer = await login(body);
  expect([answer.status, answer.body.errors]).toEqual([400, [error]]);
});

it('refuses a wrong, a used up, an expired and a destroyed secret id alike', async () => {
  const role_id = await role();
  expect((await login({ role_id })).body.errors).toEqual(['missing secret_id']);
  expect((await login({ role_id, secret_id: 'wrong' })).body.errors).toEqual(['invalid role or secret ID']);
  const once = await secretId({ num_uses: 1 });
  expect((await login({ role_id, secret_id: once.secret_id })).status).toBe(200);
  expect((await login({ role_id, secret_id: once.secret_id })).status).toBe(400);
  const short = await secretId({ ttl: '60s' });
  vault.wait(61);
  expect((await login({ role_id, secret_id: short.secret_id })).status).toBe(400);
  const { secret_id, secret_id_accessor } = await secretId();
  const listed = await vault.call('LIST', 'auth/approle/role/ci/secret-id');
  expect(listed.body.data.keys).toEqual([secret_id_accessor]);
  const looked = await vault.call('POST', 'auth/approle/role/ci/secret-id/lookup', { secret_id });
  expect(looked.body.data).toMatchObject({ secret_id_accessor, secret_id_num_uses: 0 });
  await vault.call('POST', 'auth/approle/role/ci/secret-id-accessor/destroy', { secret_id_accessor });
  expect((await login({ role_id, secret_id })).status).toBe(400);
});

it('takes a secret id of the caller’s own, once', async () => {
  const role_id = await role();
  const path = 'auth/approle/role/ci/custom-secret-id';
  expect((await vault.call('POST', path, { secret_id: 'chosen' })).status).toBe(200);
  expect((await vault.call('POST', path, { secret_id: 'chosen' })).body.errors).toEqual([
    '1 error occurred:\n\t* failed to store secret_id: SecretID is already registered\n\n',
  ]);
  expect((await login({ role_id, secret_id: 'chosen' })).status).toBe(200);
  const destroyed = await vault.call('POST', 'auth/approle/role/ci/secret-id/destroy', {
    secret_id: 'chosen',
  });
  expect(destroyed.status).toBe(204);
  expect((await login({ role_id, secret_id: 'chosen' })).status).toBe(400);
});

it('hands a secret id out wrapped, and tells its accessor', async () => {
  const role_id = await role();
  const headers = { 'X-Vault-Wrap-TTL': '5m' };
  const { body } = await vault.call('POST', 'auth/approle/role/ci/secret-id', {}, { headers });
  expect(body.data).toBeNull();
  const { token, wrapped_accessor } = body.wrap_info;
  const { data } = (await vault.call('POST', 'sys/wrapping/unwrap', undefined, { token })).body;
  expect(data.secret_id_accessor).toBe(wrapped_accessor);
  expect((await login({ role_id, secret_id: data.secret_id })).status).toBe(200);
});

it('looks at where a log-in comes from', async () => {
  const role_id = await role({ secret_id_bound_cidrs: ['192.0.2.0/24'] });
  const { secret_id } = await secretId();
  const refused = await login({ role_id, secret_id });
  expect(refused.status).toBe(400);
  expect(refused.body.errors[0]).toMatch(/^source address "127\.0\.0\.1" unauthorized/);
  await role({ secret_id_bound_cidrs: ['127.0.0.0/8'] });
  expect((await login({ role_id, secret_id })).status).toBe(200);
});

it('forgets secret ids with their role, and all with the mount', async () => {
  const role_id = await role();
  const { secret_id } = await secretId();
  await vault.call('DELETE', 'auth/approle/role/ci');
  expect((await login({ role_id, secret_id })).body.errors).toEqual(['invalid role or secret ID']);
  await role({ role_id });
  expect((await login({ role_id, secret_id })).status).toBe(400);
  await vault.call('DELETE', 'sys/auth/approle');
  expect((await login({ role_id, secret_id })).body).toEqual(NO_TOKEN);
  await vault.call('POST', 'sys/auth/approle', { type: 'approle' });
  expect((await vault.call('GET', 'auth/approle/role/ci')).status).toBe(404);
});
