import '../../stacks/fast-tokens';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WriteOnlySecret } from '../../constructs/vault/write-only-secret';
import { capabilitiesOn } from '../../model/vault/policy-evaluator';
import { parsePolicy } from '../../model/vault/policy-text';
import { temporaryFolder } from '../support/catalog-folder';
import { expectGolden } from '../support/golden';
import { addresses, type Synthesized } from '../support/synthesized';
import { synthesizedCatalog } from '../support/synthesized-catalog';
import { synthesizedVault } from '../support/synthesized-vault';

const EVERYTHING = `
cci_version: '1.0'
environment: lab
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, subnets: [10.0.2.0/24], asn: 65000 }
vault:
  address: https://10.0.2.15:8443
  namespace: team
  ca_file: cert/ca.pem
  mounts:
    secret: { description: 'of all \${users}', create: {} }
    team/kv.v2: { version: 2, create: {} }
    theirs: {}
  policies:
    deploy:
      rules:
        - { path: secret/aws/*, capabilities: [read] }
        - { path: 'team/kv.v2/\${upper("x")}/*', capabilities: [read, list] }
        - { path: sys/health, capabilities: [read, sudo] }
      may: [read secret/aws/access_key]
      may_not: [update secret/aws/access_key]
      create: {}
    theirs: {}
  users:
    alice: { role: regular, create: {} }
    bob: { role: super, api: readonly, create: {} }
    carol: { role: regular, create: {} }
    dave: { role: super }
  approles:
    ci: { policies: [deploy], token_ttl_seconds: 1200, create: {} }
    theirs: { policies: [theirs] }
  audits:
    file: { type: file, options: { file_path: /vault/logs/audit.log, prefix: '%{x}' }, create: {} }
    theirs: { type: syslog }
`;

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
  expect(addresses(vaultStack(EVERYTHING))).toEqual([
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
  expectGolden('lab-vault.golden.json', `${JSON.stringify(vaultStack(EVERYTHING), null, 2)}\n`);
});

it('is left out where nothing is created', () => {
  const catalog = EVERYTHING.replaceAll(', create: {} }', ' }').replace(/\n +create: \{\}/, '');
  expect(catalog).not.toContain('create');
  expect(Object.keys(lab(catalog).stacks)).toEqual([]);
});

it('keeps the addresses of what stays, when something is added or taken away', () => {
  const before = addresses(vaultStack(EVERYTHING));
  const fewer = EVERYTHING.replace(
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
  expect(vaultStack(EVERYTHING).provider).toEqual({
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
  expect(vaultStack(EVERYTHING).terraform).toEqual({
    backend: { local: { path: '../../../state/lab/lab-vault.tfstate' } },
    required_providers: { vault: { source: 'hashicorp/vault', version: '>= 5.6.0, < 6.0.0' } },
  });
});

it('writes policies that a server reads as the catalog means them', () => {
  const policies = vaultStack(EVERYTHING).resource.vault_policy ?? {};
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
  expect(vaultStack(EVERYTHING).output).toEqual({
    role_ids: { value: { ci: '${vault_approle_auth_backend_role.AppRoles_ci.role_id}' } },
  });
  expect(vaultStack(small(''))).not.toHaveProperty('output');
});

it('lets no text of the section reach Terraform as an expression', () => {
  const text = JSON.stringify(vaultStack(EVERYTHING));
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
  const { provider, terraform } = vaultStack(EVERYTHING);
  expect(gone).toEqual({ provider, terraform });
});

interface Attribute {
  readonly type: string | readonly [string, string];
  readonly required?: true;
  readonly optional?: true;
}

/** Of hashicorp/vault 5.6.0: the provider and the types that are built. */
const SCHEMA: Readonly<Record<string, Readonly<Record<string, Attribute>>>> = JSON.parse(
  readFileSync(join(__dirname, 'vault-5.6.0.schema.golden.json'), 'utf8'),
);

const FORMS: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  bool: (value) => typeof value === 'boolean',
  list: Array.isArray,
  set: Array.isArray,
  map: (value) => typeof value === 'object' && !Array.isArray(value),
};

it('has only what the schema of the real provider takes, and all that it needs', () => {
  const secret = synthesizedVault((stack) => {
    const mount = { path: 'kv', version: 2 } as const;
    new WriteOnlySecret(stack, 'Key', { mount, path: 'a', variable: 'key' });
  });
  const everything = vaultStack(EVERYTHING);
  const blocks = [
    ...[everything, secret].flatMap(({ resource }) =>
      Object.entries(resource).flatMap(([type, named]) =>
        Object.values(named).map((block) => ({ type, block })),
      ),
    ),
    { type: 'provider', block: (everything.provider as { vault: [Record<string, unknown>] }).vault[0] },
  ];
  expect([...new Set(blocks.map(({ type }) => type))].sort()).toEqual(Object.keys(SCHEMA).sort());
  for (const { type, block } of blocks) {
    const schema = SCHEMA[type] ?? {};
    for (const [name, value] of Object.entries(block)) {
      const attribute = schema[name];
      expect([type, name, attribute?.required ?? attribute?.optional]).toEqual([type, name, true]);
      const kind = [attribute?.type].flat()[0] ?? '';
      expect([type, name, kind, FORMS[kind]?.(value)]).toEqual([type, name, kind, true]);
    }
    const required = Object.keys(schema).filter((name) => schema[name]?.required);
    expect(required.filter((name) => !(name in block))).toEqual([]);
  }
});
