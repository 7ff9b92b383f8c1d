import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { startVault } from '../../sandbox/vault/start-vault';
import { memoryStore } from '../../sandbox/vault/store/vault-store';
import { TestAuthority } from '../scripts/vault/certificates';
import { temporaryFolder } from '../support/catalog-folder';
import { describeWith } from '../support/programs';
import { eventProblems } from '../support/scripted-terraform-events';
import { VaultProject } from './cli';
import { describeVaults, done, OURS, plain, policyText } from './servers';

jest.setTimeout(30_000);

describeVaults('kakehashi token', (server) => {
  const environment = `t${process.pid}`;
  const secrets = `${OURS}-secret`;
  const role = `${environment}-regular-fullaccess`;
  const all = ['create', 'read', 'update', 'delete', 'list'];
  let project: VaultProject;
  const run = (...args: Parameters<VaultProject['run']>) => project.run(...args);
  const inEnvironment = (...args: readonly string[]) => [...args, '--env', environment];
  const line = (text: string) => `kakehashi: ${text}\n`;
  const accessorIn = (stderr: string) => /accessor ([^,]+),/.exec(stderr)?.[1] ?? '';

  beforeAll(async () => {
    project = new VaultProject(server());
    project.catalog(environment, {
      mounts: { [secrets]: { version: 1 } },
      users: { alice: { role: 'regular', create: {} }, bob: { role: 'super' } },
      approles: { [`${OURS}-ci`]: { policies: [`${OURS}-user`] } },
    });
    await done(server(), 'POST', `sys/mounts/${secrets}`, {
      body: { type: 'kv', options: { version: '1' } },
    });
    await done(server(), 'PUT', `sys/policies/acl/${OURS}-user`, {
      body: {
        policy: policyText({
          'auth/token/lookup-self': ['read'],
          'cubbyhole/*': all,
          [`${secrets}/*`]: all,
        }),
      },
    });
    await done(server(), 'POST', `auth/token/roles/${role}`, {
      body: { allowed_policies: [`${OURS}-user`], orphan: true, token_no_default_policy: true },
    });
    await plain(server(), 'POST', 'sys/auth/approle', { body: { type: 'approle' } });
    await done(server(), 'POST', `auth/approle/role/${OURS}-ci`, {
      body: { token_policies: [`${OURS}-user`], token_ttl: '120s', token_no_default_policy: true },
    });
  });
  afterAll(async () => {
    for (const path of [
      `sys/mounts/${secrets}`,
      `sys/policies/acl/${OURS}-user`,
      `auth/token/roles/${role}`,
      `auth/approle/role/${OURS}-ci`,
    ])
      await plain(server(), 'DELETE', path);
  });

  test('a token is made for a user of the catalog, shown once, works, and goes with its cubbyhole', async () => {
    const made = await run(inEnvironment('token', 'create', 'alice', '--role', 'regular', '--ttl', '3600'));
    const token = made.stdout.trim();
    const accessor = accessorIn(made.stderr);
    expect(made.code).toBe(0);
    expect(made.stdout).toMatch(/^[\w.-]+\n$/);
    expect(made.stderr).toBe(
      `token of alice: accessor ${accessor}, policies ${OURS}-user, valid for 1 h\nthe token is shown only now and stored nowhere; whoever has it acts as that user; its cubbyhole is deleted when it expires\n`,
    );
    const env = { VAULT_TOKEN: token };
    const secret = 'vault://cubbyhole/aws/access_key';
    expect(await run(['secret', 'put', secret], { env, input: 'of-alice' })).toMatchObject({ code: 0 });
    expect(await run(['secret', 'get', secret], { env })).toMatchObject({ stdout: 'of-alice' });
    expect(await run(['secret', 'get', secret])).toMatchObject({ code: 1 });

    const list = await run(inEnvironment('token', 'list'));
    expect(list.stdout).toMatch(/^ACCESSOR +NAME +LIFE +POLICIES\n/);
    expect(list.stdout).toMatch(new RegExp(`^${accessor} +alice +(1 h|59 min \\d+ s) +${OURS}-user$`, 'm'));
    const events = await run(inEnvironment('token', 'list', '--json'));
    expect(eventProblems(events.stdout)).toEqual([]);
    for (const { stdout, stderr } of [list, events]) expect(stdout + stderr).not.toContain(token);

    expect(await run(inEnvironment('token', 'revoke', accessor))).toMatchObject({
      code: 3,
      stderr: line('not revoked: there is no terminal to confirm on; pass --yes'),
    });
    const revoked = await run(inEnvironment('token', 'revoke', accessor, '--yes'));
    expect(revoked).toMatchObject({ code: 0, stderr: '' });
    expect(revoked.stdout).toContain(`${accessor}: revoked; its cubbyhole is gone\n`);
    expect(await run(['secret', 'get', secret], { env })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the token is wrong, revoked or expired') as string,
    });
    expect(await run(inEnvironment('token', 'revoke', accessor, '--yes'))).toEqual({
      code: 1,
      stdout: '',
      stderr: line('there is no token with this accessor; see: kakehashi token list'),
    });
  });

  test('all tokens of a user are revoked together', async () => {
    for (let count = 0; count < 2; count += 1)
      await run(inEnvironment('token', 'create', 'alice', '--ttl', '600'));
    const outcome = await run(inEnvironment('token', 'revoke', '--user', 'alice', '--yes', '--json'));
    expect(outcome.stdout.match(/"type":"token_revoked"/g)).toHaveLength(2);
    expect(eventProblems(outcome.stdout)).toEqual([]);
    expect(await run(inEnvironment('token', 'revoke', '--user', 'alice', '--yes'))).toMatchObject({
      code: 1,
      stderr: line('no token was created for alice; see: kakehashi token list'),
    });
  });

  test('a user of another environment with the same name keeps the tokens', async () => {
    const other = `u${process.pid}`;
    project.catalog(other, { mounts: { [secrets]: { version: 1 } }, users: { alice: { role: 'regular' } } });
    const own = await run(inEnvironment('token', 'create', 'alice', '--ttl', '600'));
    const policy = ['--policy', `${OURS}-user`, '--ttl', '600'];
    const its = await run(['token', 'create', 'alice', ...policy, '--env', other]);
    const accessor = accessorIn(its.stderr);
    const revokeAll = ['token', 'revoke', '--user', 'alice', '--yes'];
    expect(await run(revokeAll)).toEqual({
      code: 1,
      stdout: '',
      stderr: line(
        `tokens of a user alice belong to several environments: 1 token of ${environment} and 1 token of ${other}; name one of them with --env, or revoke each token by its accessor`,
      ),
    });
    const revoked = await run(inEnvironment(...revokeAll));
    expect(revoked).toMatchObject({
      code: 0,
      stderr: `left alone, as they are not of ${environment}: 1 token of ${other}\n`,
    });
    expect(revoked.stdout).toContain(`${accessorIn(own.stderr)}: revoked`);
    expect(revoked.stdout).not.toContain(accessor);
    expect((await run(['token', 'list'])).stdout).toContain(accessor);
    expect(await run(inEnvironment(...revokeAll))).toMatchObject({
      code: 1,
      stderr: line(
        `no token was created for alice of ${environment}, only others: 1 token of ${other}; name the environment with --env, or revoke one by its accessor, or see: kakehashi token list`,
      ),
    });
    const byAccessor = await run(inEnvironment('token', 'revoke', accessor, '--yes'));
    expect(byAccessor).toMatchObject({
      code: 0,
      stderr: `this token belongs to the environment ${other}, not to ${environment}\n`,
    });
  });

  test('where the catalog makes no role, policies of the server are named', async () => {
    const refused = await run(inEnvironment('token', 'create', 'bob', '--role', 'super'));
    expect(refused).toEqual({
      code: 64,
      stdout: '',
      stderr: line(
        `token create: no token role is made for bob by ${environment}; name the policies that the server has: --policy NAME`,
      ),
    });
    const nope = await run(inEnvironment('token', 'create', 'bob', '--policy', `${OURS}-nope`));
    expect(nope).toEqual({
      code: 1,
      stdout: '',
      stderr: line(
        `auth/token/create: policy "${OURS}-nope" does not exist; name one that exists, see: vault policy list`,
      ),
    });
    const made = await run(
      inEnvironment('token', 'create', 'bob', '--policy', `${OURS}-user`, '--ttl', '60'),
    );
    expect(made).toMatchObject({ code: 0 });
    expect(made.stderr).toContain(
      'it is revoked together with the token that created it, since its role does not create orphans\n',
    );
    await run(['token', 'revoke', accessorIn(made.stderr), '--yes']);
  });

  test.each([
    ['alone', ['default'], 'default'],
    ['beside another', ['default', `${OURS}-user`], `default, ${OURS}-user`],
    ['not asked for', [`${OURS}-user`], `${OURS}-user`],
  ])('a token has the policy default where it is named, and only there: %s', async (_, names, policies) => {
    const asked = names.flatMap((name) => ['--policy', name]);
    const made = await run(inEnvironment('token', 'create', 'bob', '--ttl', '60', ...asked));
    expect(made.stderr).toContain(`, policies ${policies}, valid for 1 min\n`);
    await run(['token', 'revoke', accessorIn(made.stderr), '--yes']);
  });

  test.each<[string, readonly string[], string]>([
    [
      'an unknown user',
      ['mallory'],
      `token create: mallory is none of the users of ${environment} (alice, bob); add it to vault.users in the catalog`,
    ],
    [
      'another role',
      ['alice', '--role', 'super'],
      '--role: alice is regular in the catalog (vault.users.alice.role), got "super"; change it there, or leave --role out',
    ],
    [
      'another API role',
      ['alice', '--api', 'readonly'],
      '--api: alice is fullaccess in the catalog (vault.users.alice.api), got "readonly"; change it there, or leave --api out',
    ],
    ['no role at all', ['alice', '--role', 'admin'], '--role: must be super or regular, got "admin"'],
    [
      'policies beside a role',
      ['alice', '--policy', 'x'],
      'token create: the policies of alice come from the catalog; leave --policy out',
    ],
    ['no life', ['alice', '--ttl', '0'], '--ttl: must be a number of seconds from 1 to 2764800, got "0"'],
    [
      'a life in words',
      ['alice', '--ttl', '1h'],
      '--ttl: must be a number of seconds from 1 to 2764800, got "1h"',
    ],
    [
      'too long a life',
      ['alice', '--ttl', '2764801'],
      '--ttl: must be a number of seconds from 1 to 2764800, got "2764801"',
    ],
    ['a strange name', ['a/b'], 'token create: a user is named by letters, digits and _ . @ -, up to 64'],
    ['JSON', ['alice', '--json'], 'token create: stdout is for the token; leave --json out'],
  ])('%s is refused', async (_, args, words) => {
    expect(await run(inEnvironment('token', 'create', ...args))).toEqual({
      code: 64,
      stdout: '',
      stderr: line(words),
    });
  });

  test('a token is not written into a file that others may read', async () => {
    const target = path.join(project.folder, 'log');
    for (const [mode, code] of [
      [0o644, 64],
      [0o600, 0],
    ] as const) {
      project.write('log', '');
      const { chmodSync } = await import('node:fs');
      chmodSync(target, mode);
      const stdout = openSync(target, 'w');
      const outcome = await run(inEnvironment('token', 'create', 'alice', '--ttl', '60'), { stdout });
      closeSync(stdout);
      expect(outcome.code).toBe(code);
      expect(readFileSync(target, 'utf8').trim() === '').toBe(code !== 0);
    }
    await run(inEnvironment('token', 'revoke', '--user', 'alice', '--yes'));
  });

  test('what is revoked is an accessor, and a token in its place is not shown', async () => {
    expect(await run(['token', 'revoke', 'hvs.CANARY-token', '--yes'])).toEqual({
      code: 64,
      stdout: '',
      stderr: line(
        'token revoke: must be an accessor, got what looks like a token, not shown; revoke that one soon: others may have seen the command line',
      ),
    });
    for (const args of [[], ['some-accessor', '--user', 'alice']]) {
      expect(await run(['token', 'revoke', ...args])).toMatchObject({
        code: 64,
        stderr: line('token revoke: give either an accessor (see: kakehashi token list) or --user'),
      });
    }
  });

  test('an AppRole logs in with a wrapped secret id, once, and has no cubbyhole of its own', async () => {
    const issued = await run(inEnvironment('token', 'secret-id', `${OURS}-ci`, '--wrap-ttl', '120'));
    expect(issued).toMatchObject({
      code: 0,
      stderr: `secret id of ${OURS}-ci, wrapped: it can be unwrapped once, within 2 min; its user sets VAULT_WRAPPED_SECRET_ID to what stdout got\n`,
    });
    const wrapped = issued.stdout.trim();
    const { body } = await done(server(), 'GET', `auth/approle/role/${OURS}-ci/role-id`);
    const auth = { method: 'approle', role_id: String(body.data?.role_id) };
    project.catalog('ci', { mounts: { [secrets]: { version: 1 } }, auth });
    const env = { VAULT_TOKEN: '', VAULT_WRAPPED_SECRET_ID: wrapped };
    const put = ['secret', 'put', `vault://${secrets}/by-ci`, '--env', 'ci'];
    expect(await run(put, { env, input: 'of-ci' })).toMatchObject({ code: 0, stderr: '' });
    const again = await run(put, { env, input: 'of-ci' });
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('the wrapped secret id has been used, or has expired');
    expect(again.stderr).not.toContain(wrapped);
    expect(await run(put, { env: { VAULT_TOKEN: '' }, input: 'x' })).toMatchObject({
      code: 1,
      stderr: line(
        'no secret id for the AppRole; set VAULT_SECRET_ID, or set VAULT_WRAPPED_SECRET_ID to what kakehashi token secret-id printed',
      ),
    });
    const plainId = await done(server(), 'POST', `auth/approle/role/${OURS}-ci/secret-id`, { body: {} });
    const plainEnv = { VAULT_TOKEN: '', VAULT_SECRET_ID: String(plainId.body.data?.secret_id) };
    expect(
      await run(['secret', 'get', `vault://${secrets}/by-ci`, '--env', 'ci'], { env: plainEnv }),
    ).toMatchObject({
      code: 0,
      stdout: 'of-ci',
    });
    expect(
      await run(['secret', 'put', 'vault://cubbyhole/aws/access_key', '--env', 'ci'], {
        env: plainEnv,
        input: 'x',
      }),
    ).toMatchObject({
      code: 1,
      stderr: line(
        'vault://cubbyhole/aws/access_key: a cubbyhole belongs to one token, and each AppRole log-in gets a new one; keep it in a kv engine, such as vault://secret/aws/access_key',
      ),
    });
    expect(await run(inEnvironment('token', 'secret-id', 'other'))).toMatchObject({
      code: 64,
      stderr: line(`token secret-id: other is none of the AppRoles of ${environment} (${OURS}-ci)`),
    });
  });
});

describeWith('openssl', 'a server behind TLS', () => {
  test('is reached with its authority, and not without', async () => {
    const authority = new TestAuthority(temporaryFolder());
    const tls = authority.certificate('IP:127.0.0.1');
    const rootToken = 'root-of-the-tests';
    const started = await startVault({ host: '127.0.0.1', port: 0, rootToken, store: memoryStore(), tls });
    const project = new VaultProject({ address: started.address, rootToken, close: () => started.close() });
    const put = ['secret', 'put', 'vault://cubbyhole/a'];
    const trusted = { VAULT_CACERT: authority.caFile };
    expect(await project.run(put, { input: 'x', env: trusted })).toMatchObject({ code: 0, stderr: '' });
    const mistrusted = await project.run(put, { input: 'x', env: { VAULT_SKIP_VERIFY: 'true' } });
    expect(mistrusted).toEqual({
      code: 1,
      stdout: '',
      stderr: `VAULT_SKIP_VERIFY is ignored: certificates are always verified\nkakehashi: vault at ${started.address}: its certificate is not trusted (signed by an unknown authority); give the file of its authority: vault.ca_file in the catalog, or VAULT_CACERT\n`,
    });
    expect(await project.run(put, { input: 'x', env: { VAULT_CACERT: 'none.pem' } })).toMatchObject({
      code: 64,
      stderr: "kakehashi: vault.ca_file or VAULT_CACERT: none.pem can't be read (ENOENT); correct its path\n",
    });
    project.catalog('dev', { ca_file: path.relative(project.folder, authority.caFile) });
    expect(await project.run([...put, '--env', 'dev'], { input: 'x' })).toMatchObject({ code: 0 });
    await started.close();
  });
});
