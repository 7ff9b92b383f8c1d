import '../../stacks/fast-tokens';
import { capabilitiesOn } from '../../model/vault/policy-evaluator';
import { parsePolicy } from '../../model/vault/policy-text';
import { VAULT_CATALOG } from '../fixtures/vault-catalog';
import { temporaryFolder } from '../support/catalog-folder';
import { expectGolden } from '../support/golden';
import { addresses, type Synthesized } from '../support/synthesized';
import { synthesizedCatalog } from '../support/synthesized-catalog';

const lab = (catalog: string, files: Readonly<Record<string, string>> = {}) =>
  synthesizedCatalog(temporaryFolder({ 'lab.yml': catalog, ...files }), ['lab']);

const vaultStack = (catalog: string, files?: Readonly<Record<string, string>>): Synthesized => {
  const stack = lab(catalog, files).stacks['lab-vault'];
  if (!stack) throw new Error('there is no stack lab-vault');
  return stack;
};

/** The smallest section that makes something, with more in it. */
const small = (more: string): string =>
  `cci_version: '1.0'\nvault: { address: 'https://10.0.2.15:8443', policies: { p: { rules: [{ path: secret/a, capabilities: [read] }], create: {} } }, ${more} }\n`;

it('makes all that has create, and nothing else: a change here replaces what is there', () => {
  expect(addresses(vaultStack(VAULT_CATALOG))).toEqual([
    'vault_approle_auth_backend_role.AppRoles_ci',
    'vault_audit.Audits_file',
    'vault_auth_backend.AppRoleLogin',
    'vault_mount.Mounts_secret',
    'vault_mount.Mounts_team_2f_kv_2e_v2',
    'vault_policy.Policies_deploy',
    'vault_policy.UserPolicies_regular-fullaccess',
    'vault_policy.UserPolicies_super-readonly',
    'vault_token_auth_backend_role.TokenRoles_regular-fullaccess',
    'vault_token_auth_backend_role.TokenRoles_super-readonly',
  ]);
});

it('synthesizes to its golden file', () => {
  expectGolden('lab-vault.golden.json', `${JSON.stringify(vaultStack(VAULT_CATALOG), null, 2)}\n`);
});

it('is left out where nothing is created', () => {
  const catalog = VAULT_CATALOG.replaceAll(', create: {} }', ' }').replace(/\n +create: \{\}/, '');
  expect(catalog).not.toContain('create');
  expect(Object.keys(lab(catalog).stacks)).toEqual([]);
});

it('keeps the addresses of what stays, when something is added or taken away', () => {
  const before = addresses(vaultStack(VAULT_CATALOG));
  const fewer = VAULT_CATALOG.replace(
    'secret: { description',
    'a-first: { create: {} }\n    secret: { description',
  ).replace('bob: { role: super, api: readonly, create: {} }', 'bob: { role: super, api: readonly }');
  const after = addresses(vaultStack(fewer));
  expect(after.filter((address) => !before.includes(address))).toEqual(['vault_mount.Mounts_a-first']);
  expect(before.filter((address) => !after.includes(address))).toEqual([
    'vault_policy.UserPolicies_super-readonly',
    'vault_token_auth_backend_role.TokenRoles_super-readonly',
  ]);
});

it('configures the provider without any token, and without a child of it', () => {
  expect(vaultStack(VAULT_CATALOG).provider).toEqual({
    vault: [
      {
        address: 'https://10.0.2.15:8443',
        namespace: 'team',
        ca_cert_file: '../../../cert/ca.pem',
        skip_child_token: true,
      },
    ],
  });
  const role = small('auth: { method: approle, role_id: 7b3d3a5e }, ca_file: /etc/ca.pem');
  expect(vaultStack(role).provider).toEqual({
    vault: [{ address: 'https://10.0.2.15:8443', ca_cert_file: '/etc/ca.pem', skip_child_token: true }],
  });
  expect(vaultStack(VAULT_CATALOG).terraform).toEqual({
    backend: { local: { path: '../../../state/lab/lab-vault.tfstate' } },
    required_providers: { vault: { source: 'hashicorp/vault', version: '>= 5.6.0, < 6.0.0' } },
  });
});

it('writes policies that a server reads as the catalog means them', () => {
  const policies = vaultStack(VAULT_CATALOG).resource.vault_policy ?? {};
  const deploy = [parsePolicy(String(policies.Policies_deploy?.policy))];
  expect(capabilitiesOn(deploy, 'secret/aws/access_key')).toEqual(['read']);
  expect(capabilitiesOn(deploy, 'team/kv.v2/data/${upper("x")}/a')).toEqual(['read']);
  expect(capabilitiesOn(deploy, 'team/kv.v2/metadata/${upper("x")}/')).toEqual(['list', 'read']);
  const user = [parsePolicy(String(policies['UserPolicies_regular-fullaccess']?.policy))];
  expect(capabilitiesOn(user, 'secret/aws/access_key')).toEqual([
    'create',
    'delete',
    'list',
    'read',
    'update',
  ]);
  expect(capabilitiesOn(user, 'team/kv.v2/data/a')).toEqual(['deny']);
});

it('gives users the mount secret, the first one where there is none, and its KV v2 paths', () => {
  const users = 'users: { alice: { create: {} } }';
  const rules = (more: string) =>
    parsePolicy(
      String(vaultStack(small(more)).resource.vault_policy?.['UserPolicies_regular-fullaccess']?.policy),
    );
  expect(capabilitiesOn([rules(users)], 'secret/a')).toContain('read');
  const first = [rules(`${users}, mounts: { lab: {}, other: {} }`)];
  expect(capabilitiesOn(first, 'lab/a')).toContain('read');
  expect(capabilitiesOn(first, 'secret/a')).toEqual(['deny']);
  const versioned = [rules(`${users}, mounts: { a: {}, secret: { version: 2 } }`)];
  expect(capabilitiesOn(versioned, 'secret/data/a')).toEqual(['create', 'delete', 'read', 'update']);
  expect(capabilitiesOn(versioned, 'secret/metadata/')).toContain('list');
  expect(capabilitiesOn(versioned, 'a/a')).toEqual(['deny']);
});

it('tells the role ids, which are known after apply, and has no other output', () => {
  expect(vaultStack(VAULT_CATALOG).output).toEqual({
    role_ids: { value: { ci: '${vault_approle_auth_backend_role.AppRoles_ci.role_id}' } },
  });
  expect(vaultStack(small(''))).not.toHaveProperty('output');
});

it('lets no text of the section reach Terraform as an expression', () => {
  const text = JSON.stringify(vaultStack(VAULT_CATALOG));
  expect(text).not.toMatch(/(?<!\$)\$\{(?!vault_)/);
  expect(text).not.toMatch(/(?<!%)%\{/);
  expect(text).toContain('of all $${users}');
});

it('keeps nothing but provider and backend of a stack that is gone, at the server where it was', () => {
  const lock = `version: 1
stacks:
  lab-vault: { kind: vault, provider: vault, address: 'https://10.0.2.15:8443', namespace: team, backend: local }
`;
  const catalog = `
cci_version: '1.0'
environment: lab
vault: { address: 'https://10.0.2.15:8443', namespace: team, ca_file: cert/ca.pem }
`;
  const gone = vaultStack(catalog, { 'lab.lock.yml': lock });
  const { provider, terraform } = vaultStack(VAULT_CATALOG);
  expect(gone).toEqual({ provider, terraform });
});
