import { VaultUnderTest } from './vault-caller';

jest.setTimeout(60_000);

let vault: VaultUnderTest;
beforeAll(async () => {
  vault = await VaultUnderTest.start();
  await vault.call('POST', 'sys/mounts/secret', { type: 'kv' });
});
afterAll(() => vault.close());

/** A token with one policy. */
async function tokenWith(policy: string): Promise<string> {
  const { status } = await vault.call('PUT', 'sys/policies/acl/limited', { policy });
  expect(status).toBe(204);
  return vault.token(['limited']);
}

test('a request may have the parameters that a rule allows, and no others', async () => {
  const token = await tokenWith(
    'path "secret/a" { capabilities = ["create", "update", "read"] allowed_parameters = { "foo" = [] "bar" = ["zip", "za*"] } }',
  );
  const write = async (body: Readonly<Record<string, unknown>>) =>
    (await vault.call('PUT', 'secret/a', body, { token })).status;
  expect(await write({ foo: 'any', bar: 'zap' })).toBe(204);
  expect(await write({ bar: 'other' })).toBe(403);
  expect(await write({ foo: 'any', baz: 'x' })).toBe(403);
  expect((await vault.call('GET', 'secret/a', undefined, { token })).status).toBe(200);
});

test('a denied parameter, and one that is required', async () => {
  const token = await tokenWith(
    'path "secret/*" { capabilities = ["create", "update"] required_parameters = ["why"] denied_parameters = { "bar" = ["zip"] } }',
  );
  const write = async (body: Readonly<Record<string, unknown>>) =>
    (await vault.call('PUT', 'secret/b', body, { token })).status;
  expect(await write({ why: 'x', bar: 'zap' })).toBe(204);
  expect(await write({ why: 'x', bar: 'zip' })).toBe(403);
  expect(await write({ bar: 'zap' })).toBe(403);
});

test('an answer must be wrapped within the times of a rule', async () => {
  await vault.call('PUT', 'secret/c', { value: 'x' });
  const token = await tokenWith(
    'path "secret/c" { capabilities = ["read"] min_wrapping_ttl = "10s" max_wrapping_ttl = "90s" }',
  );
  const read = async (ttl?: string) =>
    (
      await vault.call('GET', 'secret/c', undefined, {
        token,
        headers: ttl ? { 'X-Vault-Wrap-TTL': ttl } : {},
      })
    ).status;
  expect([await read(), await read('9s'), await read('10s'), await read('90s'), await read('2m')]).toEqual([
    403, 403, 200, 200, 403,
  ]);
});

test('a rule with a template is taken, and is of no token without an entity', async () => {
  const token = await tokenWith(
    'path "secret/{{identity.entity.name}}/*" { capabilities = ["read"] } path "secret/c" { capabilities = ["read"] }',
  );
  expect((await vault.call('GET', 'secret/c', undefined, { token })).status).toBe(200);
  expect((await vault.call('GET', 'secret/ann/x', undefined, { token })).status).toBe(403);
  const { status, body } = await vault.call('PUT', 'sys/policies/acl/p', { policy: 'path "a/{{x" { }' });
  expect([status, body.errors]).toEqual([
    400,
    ['failed to parse policy: failed to validate policy templating: unbalanced templating characters'],
  ]);
});

test('scan is a capability of OpenBao alone', async () => {
  const policy = 'path "secret/*" { capabilities = ["list", "scan"] }';
  const token = await tokenWith(policy);
  const { body } = await vault.call('POST', 'sys/capabilities', { token, paths: ['secret/a/'] });
  expect(body.data.capabilities).toEqual(['list', 'scan']);
  const other = await VaultUnderTest.start({ server: 'vault' });
  const refused = await other.call('PUT', 'sys/policies/acl/limited', { policy });
  await other.close();
  expect([refused.status, refused.body.errors]).toEqual([
    400,
    ['failed to parse policy: path "secret/*": invalid capability "scan"'],
  ]);
});
