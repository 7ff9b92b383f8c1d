import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { formatPolicy } from '../../../model/vault/policy-text';
import { rolePolicy } from '../../../model/vault/roles';
import { temporaryFolder } from '../../support/catalog-folder';
import { describeWith } from '../../support/programs';
import { eventProblems } from '../../support/scripted-terraform-events';
import { done, tokenWith } from '../../vault/servers';
import { TestAuthority } from '../vault/certificates';
import { answering } from '../vault/scripted-vault';
import { DoctorVault, type Examined } from './doctor-vault';

jest.setTimeout(60_000);

const CANARY = 'CANARY-5f1c-secret-value';

const NETWORK = `site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
aws:
  default:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, egress: none }
`;

const credentials = (access: string, secret: string) =>
  `providers: { aws: { access_key: '${access}', secret_key: '${secret}' } }\n`;

const SECRETS = credentials('vault://secret/aws/access_key', 'vault://secret/aws/secret_key');

let vault: DoctorVault;
const printed: string[] = [];

/** Runs the doctor; what it prints is looked through for the canary at the end. */
async function examined(...args: Parameters<DoctorVault['doctor']>): Promise<Examined> {
  const result = await vault.doctor(...args);
  printed.push(result.outcome.stdout, result.outcome.stderr);
  return result;
}

/** What it said of Vault. */
const ofVault = ({ checks }: Examined) => checks.filter(({ check }) => check === 'vault');

/** What it said of what the others depend on. */
const ofFirst = ({ checks }: Examined) =>
  checks.filter(({ check }) => ['terraform', 'catalog', 'vault'].includes(check));

const as = (token: string) => ({ env: { VAULT_TOKEN: token } });

beforeEach(async () => {
  vault = await DoctorVault.start();
  await done(vault.server, 'POST', 'sys/mounts/secret', { body: { type: 'kv', options: { version: '1' } } });
  for (const name of ['access_key', 'secret_key'])
    await done(vault.server, 'POST', `secret/aws/${name}`, { body: { value: `${CANARY}-${name}` } });
});
afterEach(async () => vault.server.close());

const SERVER = () => ({
  check: 'vault',
  subject: vault.server.address,
  verdict: 'passed',
  found: 'version 2.6.2, http on this machine itself, initialized and not sealed',
});

describe('where all is well', () => {
  test('says so of each thing, and ends with 0', async () => {
    vault.catalog({}, SECRETS + NETWORK);
    const token = await vault.token({ 'secret/aws/*': ['read'] }, { ttl: '30h', display_name: 'ci' });
    const result = await examined([], as(token));
    expect(result.code).toBe(0);
    expect(eventProblems(result.outcome.stdout)).toEqual([]);
    expect(ofFirst(result)).toEqual([
      {
        check: 'terraform',
        subject: 'terraform',
        verdict: 'passed',
        found: `1.11.4 at ${path.join(vault.project.folder, 'terraform')}`,
      },
      { check: 'catalog', subject: 'catalog/lab.yml', verdict: 'passed', found: 'valid' },
      SERVER(),
      {
        check: 'vault',
        subject: 'token',
        verdict: 'passed',
        found: expect.stringMatching(
          /^valid \(token-ci; policy made-for-it\), lives (1 d 5 h|1 d 6 h) more$/,
        ),
      },
      { check: 'vault', subject: 'vault://secret/aws/access_key', verdict: 'passed', found: 'exists' },
      { check: 'vault', subject: 'vault://secret/aws/secret_key', verdict: 'passed', found: 'exists' },
    ]);
    expect(result.outcome.stderr).toMatch(/\n\nno check failed\n$/);
    expect(result.outcome.stderr).toContain(`Kakehashi: lab.

terraform ✓ terraform: 1.11.4 at ${path.join(vault.project.folder, 'terraform')}
catalog   ✓ catalog/lab.yml: valid
vault     ✓ ${vault.server.address}: version 2.6.2, http on this machine itself,
            initialized and not sealed
          ✓ token: ${result.checks[3]?.found}
          ✓ vault://secret/aws/access_key: exists
          ✓ vault://secret/aws/secret_key: exists
clouds    ✓ AWS credentials: arn:aws:iam::123456789012:user/ann, account
            123456789012, in ap-northeast-1
synth     ✓ configuration: can be written, 1 stack
backend   ✓ local: states are on this disk
providers ✓ hashicorp/aws: `);
  });

  test('without a section vault, one line says so', async () => {
    vault.project.write('catalog/lab.yml', `cci_version: '1.0'\n${NETWORK}`);
    const result = await examined([], as(''));
    expect(result.code).toBe(0);
    expect(ofVault(result)).toEqual([
      {
        check: 'vault',
        subject: 'vault',
        verdict: 'noted',
        found: 'the catalog has no section vault: credentials come from environment variables',
      },
    ]);
  });
});

describe('Terraform and the catalog', () => {
  test('that both fail, and Vault is named all the same', async () => {
    vault.project.write('catalog/lab.yml', "cci_version: '1.0'\nsite: { asn: 1 }\naws: { a: 1 }\n");
    const env = { KAKEHASHI_TERRAFORM_BIN: 'no-such-program' };
    const result = await examined([], { env });
    expect(result.code).toBe(1);
    expect(ofFirst(result)).toEqual([
      {
        check: 'terraform',
        subject: 'terraform',
        verdict: 'failed',
        found: 'no-such-program: there is no such program',
        help: 'install Terraform 1.6 or newer, or OpenTofu 1.8 or newer, or name it with --terraform-bin',
      },
      {
        check: 'catalog',
        subject: 'catalog/lab.yml',
        verdict: 'failed',
        found: expect.stringMatching(/^\d problems, the first: \d+:\d+: (site|aws)[a-z._]*: /),
        help: 'kakehashi validate lab',
      },
      {
        check: 'vault',
        subject: 'vault',
        verdict: 'noted',
        found: 'not checked: the catalog is not valid',
      },
    ]);
    expect(result.outcome.stderr).toMatch(/\n2 of \d+ checks failed\n$/);
  });

  test('an old Terraform, for the lock files of S3', async () => {
    vault.project.write('terraform', '#!/bin/sh\necho \'{"terraform_version": "1.9.8"}\'\n');
    const backend = (more: string) => `backend: { type: s3, bucket: b, region: us-west-2${more} }\n`;
    vault.catalog({}, backend(''));
    expect((await examined()).checks[0]).toMatchObject({
      verdict: 'failed',
      found: expect.stringMatching(/^1\.9\.8 at .*: lock files of the backend s3 need 1\.10 or newer$/),
    });
    vault.catalog({}, backend(', use_lockfile: false'));
    expect((await examined()).checks[0]).toMatchObject({ verdict: 'passed' });
  });

  test('warnings are counted, and fail nothing', async () => {
    vault.catalog(
      {},
      'aws:\n  a: { aws_region: us-west-2, aws_vpc_subnet_id: subnet-11111111, aws_vpc_security_group_id: sg-11111111, aws_sort: 1 }\n',
    );
    expect((await examined()).checks[1]).toEqual({
      check: 'catalog',
      subject: 'catalog/lab.yml',
      verdict: 'passed',
      found: 'valid, with 1 warning',
      help: 'kakehashi validate lab',
    });
  });

  test('an environment that is not there is a wrong argument', async () => {
    const { code, stderr } = await vault.project.run(['doctor', 'nowhere']);
    expect(code).toBe(64);
    expect(stderr).toMatch(/^kakehashi: there is no /);
  });
});

describe('the server', () => {
  const UNSEEN = {
    check: 'vault',
    subject: 'token, permissions, secrets',
    verdict: 'noted',
    found: 'not checked: the server is not ready',
  };

  test('sealed', async () => {
    vault.catalog({}, SECRETS + NETWORK);
    await done(vault.server, 'PUT', 'sys/seal');
    const result = await examined();
    expect(result.code).toBe(1);
    expect(ofVault(result)).toEqual([
      {
        check: 'vault',
        subject: vault.server.address,
        verdict: 'failed',
        found: 'it answers, but is sealed',
        help: 'whoever holds its keys must unseal it: bao or vault operator unseal',
      },
      UNSEEN,
    ]);
  });

  test('that is another than the catalog says is noted, and fails where it refuses what the catalog creates', async () => {
    vault.catalog({ server: 'vault' });
    const plainly = await examined();
    expect(plainly.code).toBe(0);
    expect(ofVault(plainly)).toContainEqual({
      check: 'vault',
      subject: 'vault.server',
      verdict: 'noted',
      found: 'the server is OpenBao, and the catalog says vault',
      help: 'write vault: { server: openbao }',
    });
    vault.catalog({
      server: 'vault',
      audits: { log: { type: 'file', options: { file_path: '/log' }, create: {} } },
    });
    const audited = await examined();
    expect(audited.code).toBe(1);
    expect(ofVault(audited)).toContainEqual({
      check: 'vault',
      subject: 'vault.server',
      verdict: 'failed',
      found:
        'the server is OpenBao, and the catalog says vault; it would refuse to create the audit device log',
      help: "write vault: { server: openbao }, and declare audit devices in the server's own configuration",
    });
    const health = { initialized: true, sealed: false, standby: false, version: '1.21.4', enterprise: false };
    const { address } = await answering(200, health);
    vault.catalog({ address, server: 'openbao' });
    expect(ofVault(await examined())).toContainEqual({
      check: 'vault',
      subject: 'vault.server',
      verdict: 'noted',
      found: 'the server is Vault, and the catalog says openbao',
      help: 'write vault: { server: vault }',
    });
    expect(ofVault(await examined(['--sandbox'])).map(({ subject }) => subject)).not.toContain(
      'vault.server',
    );
  });

  test('out of reach', async () => {
    vault.catalog({ address: 'http://127.0.0.1:1' });
    const result = await examined();
    expect(result.code).toBe(1);
    expect(ofVault(result)).toEqual([
      {
        check: 'vault',
        subject: 'http://127.0.0.1:1',
        verdict: 'failed',
        found: 'nothing listens there (ECONNREFUSED)',
        help: 'check the address and its port, and that Vault runs',
      },
      UNSEEN,
    ]);
  });

  test('without a file of its authority', async () => {
    vault.catalog({ address: 'https://127.0.0.1:1', ca_file: 'cert/none.pem' });
    expect(ofVault(await examined())[0]).toMatchObject({
      verdict: 'failed',
      found: "vault.ca_file: cert/none.pem can't be read (ENOENT)",
      help: 'correct its path',
    });
  });
});

describe('the token', () => {
  beforeEach(() => vault.catalog({}, SECRETS + NETWORK));

  const NOTHING_MORE = {
    check: 'vault',
    subject: 'permissions, secrets',
    verdict: 'noted',
    found: 'not checked: there is no token',
  };

  test('that there is none', async () => {
    const result = await examined([], as(''));
    expect(result.code).toBe(1);
    expect(ofVault(result).slice(1)).toEqual([
      {
        check: 'vault',
        subject: 'token',
        verdict: 'failed',
        found:
          'no Vault token: VAULT_TOKEN is not set, there is no ~/.vault-token, and there is no terminal to ask on',
        help: 'set VAULT_TOKEN, or log in with vault login',
      },
      NOTHING_MORE,
    ]);
  });

  test('that has expired', async () => {
    const token = await vault.token({ 'secret/*': ['read'] }, { ttl: '2h' });
    vault.wait(2 * 3600 + 1);
    const result = await examined([], as(token));
    expect(result.code).toBe(1);
    expect(ofVault(result).slice(1)).toEqual([
      {
        check: 'vault',
        subject: 'token',
        verdict: 'failed',
        found: 'the token is wrong, revoked or expired ("token lookup is failed" on the controller)',
        help: 'give a valid one: VAULT_TOKEN or ~/.vault-token',
      },
      NOTHING_MORE,
    ]);
  });

  test('that ends within the hour is noted, and fails nothing', async () => {
    const token = await vault.token({ 'secret/*': ['read'] }, { ttl: '2h', renewable: false });
    vault.wait(3600 + 900);
    const result = await examined([], as(token));
    expect(result.code).toBe(0);
    expect(ofVault(result)[1]).toEqual({
      check: 'vault',
      subject: 'token',
      verdict: 'noted',
      found: expect.stringMatching(/, lives (45 min|44 min \d+ s) more: an apply may take longer$/),
      help: 'create a new one before you apply: kakehashi token create <user> --env lab',
    });
  });

  test('that may not look itself up', async () => {
    const token = await vault.token({ 'auth/token/lookup-self': ['deny'], 'secret/*': ['read'] });
    const result = await examined([], as(token));
    expect(result.code).toBe(0);
    expect(ofVault(result)[1]).toEqual({
      check: 'vault',
      subject: 'token',
      verdict: 'noted',
      found: 'valid, but its policies do not let it look itself up: how long it lives is not known',
      help: 'in a policy of the token: path "auth/token/lookup-self" { capabilities = ["read"] }',
    });
  });

  test('that a cubbyhole lives and dies with it', async () => {
    vault.catalog(
      {},
      credentials('vault://cubbyhole/aws/access_key', 'vault://cubbyhole/aws/secret_key') + NETWORK,
    );
    const token = await vault.token({ 'cubbyhole/*': ['create', 'update', 'read'] }, { ttl: '3h' });
    await done(vault.server, 'POST', 'cubbyhole/aws/access_key', { token, body: { value: CANARY } });
    const result = await examined([], as(token));
    expect(result.code).toBe(1);
    expect(ofVault(result).slice(2)).toEqual([
      {
        check: 'vault',
        subject: 'cubbyhole',
        verdict: 'noted',
        found: expect.stringMatching(
          /^no other token sees vault:\/\/cubbyhole\/aws\/access_key and vault:\/\/cubbyhole\/aws\/secret_key, and they are deleted when this token expires, in (3 h|2 h 59 min)$/,
        ),
        help: 'keep the originals, and store them again with the next token: kakehashi secret put',
      },
      { check: 'vault', subject: 'vault://cubbyhole/aws/access_key', verdict: 'passed', found: 'exists' },
      {
        check: 'vault',
        subject: 'vault://cubbyhole/aws/secret_key',
        verdict: 'failed',
        found: 'there is no such secret ("vault read is failed" on the controller)',
        help: 'correct the reference, or store it: kakehashi secret put vault://cubbyhole/aws/secret_key --env lab',
      },
    ]);
  });

  test('of an AppRole, whose wrapped secret id is not opened', async () => {
    vault.catalog({ auth: { method: 'approle', role_id: 'some-role' } }, NETWORK);
    const result = await examined([], { env: { VAULT_WRAPPED_SECRET_ID: `${CANARY}-wrapping` } });
    expect(result.code).toBe(0);
    expect(ofVault(result).slice(1)).toEqual([
      {
        check: 'vault',
        subject: 'AppRole',
        verdict: 'noted',
        found: 'not logged in: VAULT_WRAPPED_SECRET_ID can be unwrapped once, and the apply needs it',
        help: 'to check more, set VAULT_SECRET_ID instead, or issue another: kakehashi token secret-id <approle> --env lab',
      },
      NOTHING_MORE,
    ]);
  });
});

describe('an AppRole', () => {
  test.each([
    [
      7200,
      'passed',
      /^valid \(approle; policies ci-policy, default\), lives (2 h|1 h 59 min) from each log-in$/,
    ],
    [600, 'noted', /, lives (10 min|9 min \d+ s) from each log-in: an apply may take longer$/],
  ])('whose tokens live %i s is %s', async (ttl, verdict, found) => {
    const ask = (method: string, at: string, body: object = {}) => done(vault.server, method, at, { body });
    await ask('POST', 'sys/auth/approle', { type: 'approle' });
    await ask('PUT', 'sys/policies/acl/ci-policy', {
      policy: 'path "secret/aws/*" { capabilities = ["read"] }',
    });
    await ask('POST', 'auth/approle/role/ci', { token_policies: ['ci-policy'], token_ttl: `${ttl}s` });
    const role = (await ask('GET', 'auth/approle/role/ci/role-id')).body.data?.role_id;
    const secretId = (await ask('POST', 'auth/approle/role/ci/secret-id')).body.data?.secret_id;
    vault.catalog({ auth: { method: 'approle', role_id: role } }, SECRETS + NETWORK);
    const result = await examined([], { env: { VAULT_SECRET_ID: String(secretId), VAULT_TOKEN: '' } });
    expect(result.code).toBe(0);
    expect(ofVault(result)[1]).toMatchObject({
      subject: 'AppRole',
      verdict,
      found: expect.stringMatching(found),
    });
    expect(ofVault(result).at(-1)).toMatchObject({ verdict: 'passed', found: 'exists' });
    expect(result.outcome.stdout + result.outcome.stderr).not.toContain(String(secretId));
  });

  test('that may not log in', async () => {
    vault.catalog({ auth: { method: 'approle', role_id: 'some-role' } }, SECRETS + NETWORK);
    const result = await examined([], { env: { VAULT_SECRET_ID: `${CANARY}-secret-id`, VAULT_TOKEN: '' } });
    expect(result.code).toBe(1);
    expect(ofVault(result)[1]).toMatchObject({ subject: 'AppRole', verdict: 'failed' });
  });
});

describeWith('openssl', 'over TLS', () => {
  test('its certificate is verified by the file of its authority, and by nothing less', async () => {
    const authority = new TestAuthority(temporaryFolder());
    const secure = await DoctorVault.start(authority.certificate('IP:127.0.0.1'));
    secure.project.write('cert/ca.pem', authority.pem);
    secure.catalog({ ca_file: 'cert/ca.pem' });
    expect((await secure.doctor()).checks[2]).toEqual({
      check: 'vault',
      subject: secure.server.address,
      verdict: 'passed',
      found: 'version 2.6.2, its certificate verified by cert/ca.pem, initialized and not sealed',
    });
    secure.catalog({});
    expect((await secure.doctor()).checks[2]).toEqual({
      check: 'vault',
      subject: secure.server.address,
      verdict: 'failed',
      found: 'its certificate is not trusted (signed by an unknown authority)',
      help: 'give the file of its authority: vault.ca_file in the catalog, or VAULT_CACERT',
    });
    await secure.server.close();
  });
});

describe('what the token may do', () => {
  const CREATING = {
    mounts: { secret: { version: 1 }, team: { version: 2, create: {} } },
    policies: { deploy: { rules: [{ path: 'team/*', capabilities: ['read'] }], create: {} } },
    approles: { ci: { policies: ['deploy'], create: {} } },
    preshared_keys: 'vault://team/vpn',
  };
  const RULES = {
    'sys/capabilities-self': ['update'],
    'sys/mounts/team': ['create', 'update', 'read'],
    'sys/policies/acl/deploy': ['update', 'read'],
    'sys/auth/approle': ['update', 'sudo'],
    'sys/mounts/auth/approle': ['read'],
    'auth/approle/role/ci': ['create', 'update', 'read'],
    'auth/approle/role/ci/role-id': ['read'],
    'sys/mounts/team/tune': ['update'],
    'sys/mounts/auth/approle/tune': ['read'],
    'team/data/vpn/*': ['create', 'update', 'read'],
  };

  beforeEach(() => vault.catalog(CREATING, NETWORK));

  test('is enough', async () => {
    const result = await examined([], as(await vault.token(RULES)));
    expect(result.code).toBe(0);
    expect(ofVault(result).at(-1)).toEqual({
      check: 'vault',
      subject: 'permissions',
      verdict: 'passed',
      found: 'the token may do all that an apply writes (11 paths)',
    });
  });

  test('is too little: each path has the rule that mends it', async () => {
    const { 'sys/mounts/team': _, ...rest } = RULES;
    const token = await vault.token({ ...rest, 'team/data/vpn/*': ['read'] });
    const result = await examined([], as(token));
    expect(result.code).toBe(1);
    const key = 'team/data/vpn/lab/aws/default/169.254.100';
    const lacksKey = (path: string) => ({
      check: 'vault',
      subject: path,
      verdict: 'failed',
      found: 'the token may not create, update there, and an apply stores a key of aws/default',
      help: `in a policy of the token: path "${path}" { capabilities = ["create", "update", "read"] }`,
    });
    expect(ofVault(result).slice(2)).toEqual([
      lacksKey(`${key}.0`),
      lacksKey(`${key}.4`),
      {
        check: 'vault',
        subject: 'sys/mounts/team',
        verdict: 'failed',
        found: 'the token may not update, read there, and an apply creates the mount team',
        help: 'in a policy of the token: path "sys/mounts/team" { capabilities = ["update", "read"] }',
      },
    ]);
  });

  test('is much too little: one finding has all rules', async () => {
    const result = await examined([], as(await vault.token({ 'sys/capabilities-self': ['update'] })));
    expect(result.code).toBe(1);
    const rule = (name: string, ...capabilities: readonly string[]) =>
      `path "${name}" { capabilities = [${capabilities.map((one) => `"${one}"`).join(', ')}] }`;
    expect(ofVault(result).slice(2)).toEqual([
      {
        check: 'vault',
        subject: 'permissions',
        verdict: 'failed',
        found:
          'the token may not do 10 of 11 things of an apply, which stores a key of aws/default, creates the mount team, changes the mount team, creates the policy deploy, enables the log-in of AppRoles and creates the AppRole ci',
        help: [
          'in a policy of the token:',
          rule('team/data/vpn/lab/aws/default/169.254.100.0', 'create', 'update', 'read'),
          rule('team/data/vpn/lab/aws/default/169.254.100.4', 'create', 'update', 'read'),
          rule('sys/mounts/team', 'update', 'read'),
          rule('sys/mounts/team/tune', 'update'),
          rule('sys/policies/acl/deploy', 'update', 'read'),
          rule('sys/auth/approle', 'update', 'sudo'),
          rule('sys/mounts/auth/approle', 'read'),
          rule('sys/mounts/auth/approle/tune', 'read'),
          rule('auth/approle/role/ci', 'create', 'update', 'read'),
          rule('auth/approle/role/ci/role-id', 'read'),
        ].join('\n'),
      },
    ]);
  });

  test("can't be told to a user: secrets are tried, and the rest is named", async () => {
    vault.catalog({ preshared_keys: 'vault://secret/vpn' }, SECRETS + NETWORK);
    const token = await vault.token({ 'secret/*': ['read'], 'sys/capabilities-self': ['deny'] });
    const result = await examined([], as(token));
    expect(result.code).toBe(0);
    expect(ofVault(result).slice(2)).toEqual([
      {
        check: 'vault',
        subject: 'permissions',
        verdict: 'noted',
        found:
          "not known, because the token's policies refuse the question (the user policy does so on purpose); only the apply shows whether it stores a key of aws/default",
      },
      { check: 'vault', subject: 'vault://secret/aws/access_key', verdict: 'passed', found: 'exists' },
      { check: 'vault', subject: 'vault://secret/aws/secret_key', verdict: 'passed', found: 'exists' },
    ]);
  });

  test('a user is advised nothing that the user policy refuses', async () => {
    vault.catalog({ preshared_keys: 'vault://secret/vpn' }, SECRETS + NETWORK);
    const name = 'lab-regular-fullaccess';
    const kind = { role: 'regular', api: 'fullaccess' } as const;
    const policy = formatPolicy(rolePolicy(kind, { environment: 'lab', kinds: [kind] }));
    await done(vault.server, 'PUT', `sys/policies/acl/${name}`, { body: { policy } });
    const { token } = await tokenWith(vault.server, [name], { ttl: '30m', no_default_policy: true });
    const result = await examined([], as(token));
    expect(result.code).toBe(0);
    const helps = ofVault(result).flatMap(({ help }) => help ?? []);
    expect(helps).toEqual([
      'have a new one created before you apply: kakehashi token create <user> --env lab',
    ]);
  });

  test.each([
    [1, 'secret/aws/access_key'],
    [2, 'team/data/aws/access_key'],
  ])('is not to read a credential of KV version %i', async (version, path) => {
    if (version === 2) {
      await done(vault.server, 'POST', 'sys/mounts/team', {
        body: { type: 'kv', options: { version: '2' } },
      });
      await done(vault.server, 'POST', path, { body: { data: { value: CANARY } } });
    }
    const reference = `vault://${path.replace('data/', '')}`;
    const readable = 'vault://secret/aws/secret_key';
    vault.catalog(
      { mounts: { secret: {}, team: { version: 2 } } },
      credentials(reference, readable) + NETWORK,
    );
    const result = await examined([], as(await vault.token({ 'secret/aws/secret_key': ['read'] })));
    expect(result.code).toBe(1);
    expect(ofVault(result).slice(2)).toEqual([
      {
        check: 'vault',
        subject: reference,
        verdict: 'failed',
        found: "the token's policies refuse reading it",
        help: `in a policy of the token: path "${path}" { capabilities = ["read"] }`,
      },
      { check: 'vault', subject: readable, verdict: 'passed', found: 'exists' },
    ]);
  });
});

describe('secrets', () => {
  test('one that is not there, and one without a text in value', async () => {
    vault.catalog({}, SECRETS + NETWORK);
    await done(vault.server, 'DELETE', 'secret/aws/access_key');
    await done(vault.server, 'POST', 'secret/aws/secret_key', { body: { other: CANARY } });
    const result = await examined();
    expect(result.code).toBe(1);
    expect(ofVault(result).slice(2)).toEqual([
      {
        check: 'vault',
        subject: 'vault://secret/aws/access_key',
        verdict: 'failed',
        found: 'there is no such secret ("vault read is failed" on the controller)',
        help: 'correct the reference, or store it: kakehashi secret put vault://secret/aws/access_key --env lab',
      },
      {
        check: 'vault',
        subject: 'vault://secret/aws/secret_key',
        verdict: 'failed',
        found: 'must have a text in its field "value", got another field',
        help: 'store it as the controller reads it: kakehashi secret put vault://secret/aws/secret_key --env lab',
      },
    ]);
  });

  test('many that the token may not read are one finding', async () => {
    const token = 'token: vault://secret/aws/token';
    const four = SECRETS.replace(' } }', `, ${token} } }`);
    vault.catalog(
      { mounts: { secret: { version: 1 } }, preshared_keys: 'vault://secret/vpn' },
      four + NETWORK,
    );
    vault.project.write(
      'catalog/lab.lock.yml',
      "version: 1\nstacks:\n  lab-aws-default: { kind: aws-network, provider: aws, region: ap-northeast-1, backend: local }\ntunnels:\n  aws/default: { inside_cidrs: [169.254.100.0/30, 169.254.100.4/30], interfaces: [100, 101], preshared_keys: 'vault://secret/vpn' }\n",
    );
    const result = await examined([], as(await vault.token({ 'sys/capabilities-self': ['deny'] })));
    const refused = ofVault(result).at(-1);
    expect(refused).toMatchObject({ subject: '5 secrets', verdict: 'failed' });
    expect(refused?.found).toMatch(
      /^the token's policies refuse reading vault:\/\/secret\/aws\/access_key, .* and /,
    );
    expect(refused?.help?.split('\n')).toHaveLength(6);
    expect(refused?.help).toContain('\npath "secret/aws/token" { capabilities = ["read"] }\n');
  });

  test('in a mount that the catalog makes, and that is not made yet', async () => {
    const reference = 'vault://team/aws/access_key';
    vault.catalog(
      { mounts: { secret: {}, team: { create: {} } } },
      credentials(reference, 'vault://secret/aws/secret_key') + NETWORK,
    );
    expect(ofVault(await examined())).toContainEqual({
      check: 'vault',
      subject: reference,
      verdict: 'failed',
      found: 'the mount team, which the catalog creates, does not exist yet',
      help: `create it: kakehashi apply --stack lab-vault --env lab, then store the secret: kakehashi secret put ${reference} --env lab`,
    });
  });

  test('a key that an apply stored must be there still', async () => {
    vault.catalog({ preshared_keys: 'vault://secret/vpn' }, NETWORK);
    vault.project.write(
      'catalog/lab.lock.yml',
      `version: 1
stacks:
  lab-aws-default: { kind: aws-network, provider: aws, region: ap-northeast-1, backend: local }
tunnels:
  aws/default:
    inside_cidrs: [169.254.100.0/30, 169.254.100.4/30]
    interfaces: [1, 2]
    preshared_keys: vault://secret/vpn
`,
    );
    const [first, second] = [0, 4].map((last) => `secret/vpn/lab/aws/default/169.254.100.${last}`);
    await done(vault.server, 'POST', first ?? '', { body: { value: CANARY } });
    const result = await examined();
    expect(result.code).toBe(1);
    expect(ofVault(result).slice(3)).toEqual([
      {
        check: 'vault',
        subject: `vault://${first}`,
        verdict: 'passed',
        found: 'exists (the key of a connection)',
      },
      {
        check: 'vault',
        subject: `vault://${second}`,
        verdict: 'failed',
        found:
          'there is no such secret ("vault read is failed" on the controller), and the connection exists: a new key would end its tunnel',
        help: `restore it from the gateway's files: kakehashi secret put vault://${second} --env lab`,
      },
    ]);
  });

  test("in the sandbox it is the sandbox's Vault that is asked, and no credential is needed", async () => {
    vault.catalog({ address: 'https://192.0.2.1:8443' }, SECRETS + NETWORK);
    const result = await examined(['--sandbox'], as('unused'));
    expect(result.code).toBe(0);
    expect(ofVault(result)).toEqual([
      {
        check: 'vault',
        subject: "the sandbox's Vault",
        verdict: 'passed',
        found: expect.stringMatching(/^version \S+, simulated, initialized and not sealed$/),
      },
      {
        check: 'vault',
        subject: 'token',
        verdict: 'passed',
        found: 'valid (root; policy root), never expires',
      },
      ...['access_key', 'secret_key'].map((name) => ({
        check: 'vault',
        subject: `vault://secret/aws/${name}`,
        verdict: 'noted',
        found:
          'there is no such secret ("vault read is failed" on the controller); nothing in the sandbox needs it',
        help: `correct the reference, or store it: kakehashi secret put vault://secret/aws/${name} --env lab --sandbox`,
      })),
    ]);
  });
});

afterAll(() => {
  expect(printed.length).toBeGreaterThan(20);
  for (const text of printed) expect(text).not.toContain('CANARY');
});

test('nothing is written into the project', async () => {
  vault.catalog({}, SECRETS + NETWORK);
  await examined();
  const files = readdirSync(vault.project.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  expect(files.map((file) => path.relative(vault.project.folder, file)).sort()).toEqual([
    'catalog/lab.yml',
    'terraform',
  ]);
  for (const file of files) expect(readFileSync(file, 'latin1')).not.toContain('CANARY');
});
