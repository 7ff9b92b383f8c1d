import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { listObjects } from '../../../sandbox/store/objects';
import { VAULT_MANAGED_TYPES } from '../../../sandbox/vault/provider/types';
import { hasTerraform, TerraformFolder } from '../terraform-folder';
import { type Called, call } from './vault-caller';

const test = hasTerraform() ? it : it.skip;

jest.setTimeout(90_000);

const EVERY_TYPE = readFileSync(join(__dirname, 'vault.tf'), 'utf8');

let folder: TerraformFolder;
beforeEach(async () => {
  folder = new TerraformFolder();
  await folder.serve();
});
afterEach(async () => {
  delete process.env.TF_VAR_credential;
  await folder.stopServing();
  folder.remove();
});

/** A request to the Vault of the sandbox, with its root token. */
async function ask(method: string, path: string, body?: unknown): Promise<Called> {
  const { address, rootToken } = await folder.vault();
  return call(address, method, path, body, { token: rootToken });
}

/** What is left but what the server itself makes. */
function left(): readonly string[] {
  return listObjects(folder.objectsFile)
    .filter(({ attributes }) => attributes.path !== 'auth/token/root')
    .map(({ type, id }) => `${type} ${id}`);
}

test('every simulated type applies, has no changes afterwards, and is destroyed', async () => {
  for (const type of VAULT_MANAGED_TYPES) expect(EVERY_TYPE).toContain(`resource "${type}"`);
  folder.write(EVERY_TYPE);
  await folder.expect(0, 'init');
  const applied = await folder.expect(0, 'apply', '-auto-approve');
  expect(applied).toContain('14 added, 0 changed, 0 destroyed');
  expect(applied).toContain('site = "tokyo"');
  expect(await folder.expect(0, 'plan', '-detailed-exitcode')).toContain('No changes.');
  await folder.expect(0, 'apply', '-auto-approve', '-refresh-only');
  expect(await folder.expect(0, 'plan', '-detailed-exitcode')).toContain('No changes.');
  await folder.expect(0, 'destroy', '-auto-approve');
  expect(left()).toEqual([]);
});

test('what Terraform makes is served over HTTP, and a write-only secret is in no state and no plan', async () => {
  folder.write(EVERY_TYPE);
  process.env.TF_VAR_credential = 'canary-write-only';
  await folder.expect(0, 'init');
  await folder.expect(0, 'plan', '-out=saved.tfplan');
  expect(await folder.expect(0, 'show', '-json', 'saved.tfplan')).not.toContain('canary-write-only');
  await folder.expect(0, 'apply', 'saved.tfplan');
  expect(readFileSync(join(folder.path, 'terraform.tfstate'), 'utf8')).not.toContain('canary-write-only');
  expect((await ask('GET', 'kv2/data/aws/access_key')).body.data.data).toEqual({
    value: 'canary-write-only',
  });
  expect((await ask('GET', 'sys/mounts/secret')).body.data).toMatchObject({
    type: 'kv',
    options: { version: '1' },
    description: 'shared by all users',
  });
  expect((await ask('PUT', 'secret/aws/key', { value: 'x' })).status).toBe(204);
  const { body } = await ask('POST', 'auth/token/create/regular', {});
  const { address } = await folder.vault();
  const token = body.auth.client_token;
  expect((await call(address, 'GET', 'secret/aws/key', undefined, { token })).body.data).toEqual({
    value: 'x',
  });
  expect((await call(address, 'PUT', 'secret/aws/key', { value: 'y' }, { token })).status).toBe(403);
  expect(statSync(folder.objectsFile).mode & 0o777).toBe(0o600);
});

test('a new version of a write-only secret is written, and nothing else changes', async () => {
  folder.write(EVERY_TYPE);
  await folder.expect(0, 'init');
  await folder.expect(0, 'apply', '-auto-approve');
  const next = ['-var=credential=second-canary', '-var=credential_version=2'];
  expect(await folder.expect(0, 'apply', '-auto-approve', ...next)).toContain(
    '0 added, 1 changed, 0 destroyed',
  );
  const { body } = await ask('GET', 'kv2/data/aws/access_key');
  expect([body.data.data, body.data.metadata.version]).toEqual([{ value: 'second-canary' }, 2]);
  expect(await folder.expect(0, 'plan', '-detailed-exitcode', ...next)).toContain('No changes.');
});

const SMALL = (more = '', description = 'shared') => `
provider "vault" {
${more}
}
resource "vault_mount" "shared" {
  path        = "secret"
  type        = "kv"
  options     = { version = "1" }
  description = "${description}"
}
resource "vault_policy" "reader" {
  name   = "reader"
  policy = "path \\"secret/*\\" { capabilities = [\\"read\\"] }"
}
`;

test('what was changed and deleted over HTTP shows as drift, and is mended', async () => {
  folder.write(SMALL());
  await folder.expect(0, 'init');
  await folder.expect(0, 'apply', '-auto-approve');
  await ask('DELETE', 'sys/policies/acl/reader');
  await ask('POST', 'sys/mounts/secret/tune', { description: 'drifted' });
  const drifted = await folder.expect(2, 'plan', '-detailed-exitcode');
  expect(drifted).toContain('vault_policy.reader will be created');
  expect(drifted).toContain('"drifted" -> "shared"');
  expect(drifted).toContain('1 to add, 1 to change, 0 to destroy');
  await folder.expect(0, 'apply', '-auto-approve');
  expect((await ask('GET', 'sys/policy/reader')).body.rules).toContain('secret/*');
  expect((await ask('GET', 'sys/mounts/secret')).body.description).toBe('shared');
});

test('everything survives the sandbox that made it, the root token does not', async () => {
  folder.write(SMALL());
  await folder.expect(0, 'init');
  await folder.expect(0, 'apply', '-auto-approve');
  await ask('PUT', 'secret/a', { value: 'x' });
  const { body } = await ask('POST', 'auth/token/create', { policies: ['reader'] });
  const before = (await folder.vault()).rootToken;
  await folder.stopServing();
  await folder.serve();
  const { address, rootToken } = await folder.vault();
  expect(rootToken).not.toBe(before);
  expect((await call(address, 'GET', 'secret/a', undefined, { token: before })).status).toBe(403);
  const token = body.auth.client_token;
  expect((await call(address, 'GET', 'secret/a', undefined, { token })).body.data).toEqual({ value: 'x' });
  expect(await folder.expect(0, 'plan', '-detailed-exitcode')).toContain('No changes.');
  expect(readFileSync(folder.objectsFile, 'utf8')).not.toContain(token);
});

test('moves a mount in place, with what lies in it, and imports what is there', async () => {
  folder.write(SMALL());
  await folder.expect(0, 'init');
  await folder.expect(0, 'apply', '-auto-approve');
  await ask('PUT', 'secret/a', { value: 'x' });
  folder.write(SMALL().replace('"secret"', '"moved"'));
  expect(await folder.expect(0, 'apply', '-auto-approve')).toContain('0 added, 1 changed, 0 destroyed');
  expect((await ask('GET', 'moved/a')).body.data).toEqual({ value: 'x' });
  await folder.expect(0, 'state', 'rm', 'vault_mount.shared', 'vault_policy.reader');
  await folder.expect(0, 'import', 'vault_mount.shared', 'moved');
  await folder.expect(0, 'import', 'vault_policy.reader', 'reader');
  expect(await folder.expect(0, 'plan', '-detailed-exitcode')).toContain('No changes.');
  expect(await folder.expect(1, 'import', 'vault_mount.shared', 'none')).toContain('already managed');
});

test('passes on refusals in the words of the provider', async () => {
  await ask('POST', 'sys/mounts/secret', { type: 'kv' });
  folder.write(SMALL('address = "https://vault.example:8443"'));
  await folder.expect(0, 'init');
  const output = await folder.expect(1, 'apply', '-auto-approve');
  expect(output).toContain('Error: error writing to Vault: Error making API request.');
  expect(output).toContain('URL: PUT https://vault.example:8443/v1/sys/mounts/secret');
  expect(output).toContain('Code: 400. Errors:');
  expect(output).toContain('* path is already in use at secret/');
});

test('an audit device is refused where the sandbox plays OpenBao', async () => {
  await folder.stopServing();
  await folder.serve('', { vaultServer: 'openbao' });
  folder.write(`resource "vault_audit" "file" {
  type    = "file"
  options = { file_path = "/tmp/audit.log" }
}`);
  await folder.expect(0, 'init');
  expect(await folder.expect(1, 'apply', '-auto-approve')).toContain(
    'cannot enable audit device via API; use declarative, config-based audit',
  );
});

describe('the token of the provider', () => {
  test('must be there', async () => {
    await folder.stopServing();
    await folder.serve('', { vaultToken: '' });
    folder.write(SMALL());
    await folder.expect(0, 'init');
    expect(await folder.expect(1, 'apply', '-auto-approve')).toContain('Error: no vault token set on Client');
  });

  test('is looked up first', async () => {
    folder.write(SMALL('token = "unknown-token"'));
    await folder.expect(0, 'init');
    const output = await folder.expect(1, 'apply', '-auto-approve');
    expect(output).toContain('failed to lookup token, err=Error making API request.');
    expect(output).toContain('* permission denied');
    expect(output).not.toContain('unknown-token');
  });

  const limited = (rules: string) => async () => {
    await ask('PUT', 'sys/policies/acl/limited', {
      policy: `path "auth/token/lookup-self" { capabilities = ["read"] }\n${rules}`,
    });
    const { body } = await ask('POST', 'auth/token/create', {
      policies: ['limited'],
      no_default_policy: true,
    });
    return body.auth.client_token as string;
  };

  test('makes a child of itself, and says where it must not', async () => {
    const token = await limited(
      'path "sys/*" { capabilities = ["create", "read", "update", "delete", "list"] }',
    )();
    folder.write(SMALL(`token = "${token}"`));
    await folder.expect(0, 'init');
    expect(await folder.expect(1, 'apply', '-auto-approve')).toContain(
      'failed to create limited child token',
    );
    folder.write(SMALL(`token = "${token}"\nskip_child_token = true`));
    await folder.expect(0, 'apply', '-auto-approve');
  });

  test('lets through what its policies let through, as over HTTP', async () => {
    const token = await limited('path "sys/mounts*" { capabilities = ["read", "update"] }')();
    folder.write(SMALL(`token = "${token}"\nskip_child_token = true`));
    await folder.expect(0, 'init');
    const output = await folder.expect(1, 'apply', '-auto-approve');
    expect(output).toContain('sys/policies/acl/reader');
    expect(output).toContain('* permission denied');
  });

  test('sees an empty cubbyhole in a child, and its own where there is none', async () => {
    const cubbyhole = (more: string) => `provider "vault" { ${more} }
data "vault_kv_secret" "own" { path = "cubbyhole/key" }
output "value" { value = nonsensitive(data.vault_kv_secret.own.data["value"]) }`;
    await ask('PUT', 'cubbyhole/key', { value: 'mine' });
    folder.write(cubbyhole(''));
    await folder.expect(0, 'init');
    expect(await folder.expect(1, 'apply', '-auto-approve')).toContain('no secret found at "cubbyhole/key"');
    folder.write(cubbyhole('skip_child_token = true'));
    expect(await folder.expect(0, 'apply', '-auto-approve')).toContain('value = "mine"');
  });
});

test('a wrapped secret id is planned anew once its wrap was opened', async () => {
  folder.write(`
provider "vault" { skip_child_token = true }
resource "vault_auth_backend" "approle" { type = "approle" }
resource "vault_approle_auth_backend_role" "ci" {
  backend   = vault_auth_backend.approle.path
  role_name = "ci"
}
resource "vault_approle_auth_backend_role_secret_id" "wrapped" {
  backend      = vault_auth_backend.approle.path
  role_name    = vault_approle_auth_backend_role.ci.role_name
  wrapping_ttl = "5m"
}
output "token" { value = nonsensitive(vault_approle_auth_backend_role_secret_id.wrapped.wrapping_token) }
`);
  await folder.expect(0, 'init');
  await folder.expect(0, 'apply', '-auto-approve');
  expect(await folder.expect(0, 'plan', '-detailed-exitcode')).toContain('No changes.');
  const wrapping = (await folder.expect(0, 'output', '-raw', 'token')).trim();
  const { address } = await folder.vault();
  const unwrapped = await call(address, 'POST', 'sys/wrapping/unwrap', {}, { token: wrapping });
  expect(unwrapped.body.data.secret_id).toMatch(/^[0-9a-f-]{36}$/);
  expect(await folder.expect(2, 'plan', '-detailed-exitcode')).toContain(
    '1 to add, 0 to change, 0 to destroy',
  );
});

test('faults strike its types too, by what the API says', async () => {
  await folder.stopServing();
  const faults = join(folder.path, 'faults.json');
  writeFileSync(
    faults,
    JSON.stringify([{ type: 'vault_mount', operation: 'create', call: 1, fault: 'error', code: 'NoSpace' }]),
  );
  await folder.serve(faults);
  folder.write(SMALL());
  await folder.expect(0, 'init');
  const output = await folder.expect(1, 'apply', '-auto-approve');
  expect(output).toContain('Error making API request.');
  expect(output).toContain('create: NoSpace');
  await folder.expect(0, 'apply', '-auto-approve');
});

test('a type that is not simulated may be switched off, and is refused in the name of the sandbox where it is not', async () => {
  folder.write(`
provider "vault" { address = "https://vault.example.com" }
variable "on" { default = false }
resource "vault_namespace" "n" {
  count = var.on ? 1 : 0
  path  = "n"
}
resource "vault_mount" "pki" {
  count = var.on ? 0 : 1
  path  = "pki"
  type  = "pki"
}`);
  await folder.expect(0, 'init');
  const flat = (output: string) => output.replace(/[│╷╵]/g, ' ').replace(/\s+/g, ' ');
  const refused = flat(await folder.expect(1, 'plan', '-var=on=true'));
  expect(refused).toContain('The sandbox does not simulate vault_namespace');
  expect(refused).toContain('vault_token_auth_backend_role');
  expect(flat(await folder.expect(1, 'apply', '-auto-approve'))).toContain(
    '* the sandbox does not simulate secrets engines of the type pki; it simulates kv',
  );
});
