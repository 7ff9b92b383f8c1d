import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CONTROLLER_CATALOG } from '../../fixtures/controller-catalog';
import { eventProblems } from '../../support/scripted-terraform-events';
import { done, policyText, tokenWith } from '../../vault/servers';
import { DoctorVault } from './doctor-vault';

jest.setTimeout(60_000);

const VAULT = {
  mounts: { secret: { version: 2, create: {} } },
  policies: { deploy: { rules: [{ path: 'secret/aws/*', capabilities: ['read'] }], create: {} } },
  approles: { ci: { policies: ['deploy'], create: {} } },
};

interface Verdict {
  readonly subject: string;
  readonly allowed: number;
  readonly missing: readonly { readonly right: string; readonly on: string }[];
  readonly unknown: readonly string[];
  readonly refused?: string;
}

let vault: DoctorVault;
/** The policy that is printed for an apply. */
let printed: string;

async function asked(
  token: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
) {
  const options = { env: { VAULT_TOKEN: token, ...env } };
  const run = await vault.project.run(['doctor', 'lab', '--for', 'apply', '--json', ...args], options);
  expect(run.stdout + run.stderr).not.toContain('CANARY');
  const { checks = [], ...whole } = JSON.parse(run.stdout === '' ? '{}' : run.stdout) as {
    readonly vault?: string;
    readonly checks?: readonly Verdict[];
  };
  return { code: run.code, run, whole, of: checks.find(({ subject }) => subject === 'Vault') };
}

async function tokenOf(policy: string, more: object = {}): Promise<string> {
  await done(vault.server, 'PUT', 'sys/policies/acl/job', { body: { policy } });
  return (await tokenWith(vault.server, ['job'], more)).token;
}

/** That the question itself is allowed, as Vault's policy `default` does. */
const QUESTION = policyText({ 'sys/capabilities-self': ['update'] });

beforeEach(async () => {
  vault = await DoctorVault.start();
  vault.catalog(VAULT);
  const { whole, code } = await asked('', ['--no-check']);
  expect(code).toBe(0);
  printed = whole.vault ?? '';
});
afterEach(async () => vault.server.close());

test('all rights are there with the printed policy and no other', async () => {
  const { code, of } = await asked(await tokenOf(printed + QUESTION));
  expect(of).toMatchObject({ missing: [], unknown: [] });
  expect(of?.allowed).toBeGreaterThan(15);
  expect(code).toBe(0);
});

test('each right that the policy lacks is named, with a rule that grants all at its path', async () => {
  const without = printed.replace(
    'path "auth/approle/role/ci/role-id"',
    'path "auth/approle/role/cj/role-id"',
  );
  const token = await tokenOf(without.replace(/("delete", "read", )"update"/, '$1"list"') + QUESTION);
  const { code, of } = await asked(token);
  expect(of?.missing).toHaveLength(2);
  expect(of?.missing).toContainEqual({ right: 'read', on: 'auth/approle/role/ci/role-id' });
  expect(code).toBe(1);
  const run = await vault.project.run(['doctor', 'lab', '--for', 'apply'], { env: { VAULT_TOKEN: token } });
  expect(run.code).toBe(1);
  const help = /in a policy of the token:\n((?: +path .*\n)+)/.exec(run.stdout)?.[1] ?? '';
  expect(help).toContain('path "auth/approle/role/ci/role-id" { capabilities = ["read"] }');
  // What is advised is enough.
  expect((await asked(await tokenOf(`${without}${help}${QUESTION}`))).of?.missing).toEqual([]);
});

test.each<[string, string, readonly string[]]>([
  ['a glob grants', 'path "*" { capabilities = ["create", "read", "update", "delete", "sudo"] }', []],
  [
    'a rule of one path hides a glob',
    'path "*" { capabilities = ["create", "read", "update", "delete", "sudo"] }\npath "sys/mounts/secret" { capabilities = ["read"] }',
    ['delete on sys/mounts/secret', 'update on sys/mounts/secret'],
  ],
  [
    'a + stands for one segment',
    'path "*" { capabilities = ["create", "read", "update", "delete", "sudo"] }\npath "auth/approle/role/+/role-id" { capabilities = ["deny"] }',
    ['read on auth/approle/role/ci/role-id'],
  ],
  [
    'deny wins over a rule of the same path',
    'path "*" { capabilities = ["create", "read", "update", "delete", "sudo"] }\npath "sys/auth/approle" { capabilities = ["update", "sudo", "delete", "deny"] }',
    ['delete on sys/auth/approle', 'sudo on sys/auth/approle', 'update on sys/auth/approle'],
  ],
])('%s, as the server says', async (_, policy, missing) => {
  const { code, of } = await asked(await tokenOf(`${policy}\n${QUESTION}`));
  expect(of?.missing.map(({ right, on }) => `${right} on ${on}`)).toEqual(missing);
  expect(code).toBe(missing.length === 0 ? 0 : 1);
});

test('a root token has all', async () => {
  expect((await asked(vault.server.rootToken)).of).toMatchObject({ missing: [], unknown: [] });
});

test('a policy that refuses the question says nothing about the rights', async () => {
  const { code, of } = await asked(await tokenOf(printed));
  expect(of).toMatchObject({
    allowed: 0,
    missing: [],
    unknown: [expect.stringContaining("the token's policies refuse the question")],
  });
  expect(code).toBe(0);
});

test.each<[string, () => Promise<string>]>([
  ['a wrong token', async () => 'CANARY-wrong'],
  [
    'an expired token',
    async () => {
      const token = await tokenOf(printed + QUESTION, { ttl: '60s' });
      vault.wait(120);
      return token;
    },
  ],
])('%s is refused, which fails', async (_, token) => {
  const { code, of } = await asked(await token());
  expect(of).toMatchObject({
    allowed: 0,
    missing: [],
    refused: expect.stringMatching(/wrong, revoked or expired/),
  });
  expect(code).toBe(1);
});

test('no token, a sealed server and a dead one are not checked, and the policy is printed all the same', async () => {
  const none = await asked('');
  expect(none.of?.unknown).toEqual([expect.stringMatching(/^no Vault token/)]);
  expect(none.code).toBe(0);
  const token = await tokenOf(printed + QUESTION);
  await done(vault.server, 'PUT', 'sys/seal');
  const sealed = await asked(token);
  expect([sealed.of?.unknown, sealed.code]).toEqual([[expect.stringMatching(/sealed/)], 0]);
  await vault.server.close();
  const dead = await asked(token);
  expect([dead.of?.unknown, dead.code]).toEqual([
    [expect.stringMatching(/ECONNREFUSED|no answer|listen/)],
    0,
  ]);
  expect(dead.whole.vault).toBe(printed);
  vault = await DoctorVault.start();
});

test('a namespace is asked in, and the paths are those of the namespace', async () => {
  const requests: IncomingMessage['headers'][] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    requests.push({ ...request.headers, 'x-path': request.url ?? '' });
    const { paths = [] } = (body === '' ? {} : JSON.parse(body)) as { readonly paths?: readonly string[] };
    const data = Object.fromEntries(paths.map((path) => [path, ['root']]));
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify({ data }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    vault.catalog({ ...VAULT, address, server: 'vault', namespace: 'team/a' });
    const { code, of } = await asked('CANARY-any');
    expect([code, of?.missing]).toEqual([0, []]);
    const question = requests.find((one) => one['x-path'] === '/v1/sys/capabilities-self');
    expect(question?.['x-vault-namespace']).toMatch(/^team\/a\/?$/);
  } finally {
    server.close();
  }
});

test('the event is the one that is documented', async () => {
  const env = { VAULT_TOKEN: vault.server.rootToken };
  const args = ['doctor', 'lab', '--for', 'plan', '--json', '--out', 'rights.json'];
  const run = await vault.project.run(args, { env });
  expect(eventProblems(run.stdout)).toEqual([]);
  expect(run.stdout).toContain('"type":"rights_checked"');
  expect(run.code).toBe(0);
});

test('the secrets of controllers and registries, and the authority, are among what is needed', async () => {
  vault.project.write('catalog/lab.yml', CONTROLLER_CATALOG);
  const { whole, run } = await asked('', ['--no-check']);
  expect(run.code).toBe(0);
  for (const path of ['secret/harbor/user', 'secret/harbor/password', 'secret/vcp/db', 'secret/vcp/notebook'])
    expect(whole.vault).toContain(`path "${path}" {\n  capabilities = ["read"]\n}`);
  expect(whole.vault).toMatch(
    /path "secret\/kakehashi\/lab\/controller\/ca" \{\n {2}capabilities = \["create", "read", "update"\]/,
  );
});
