import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Policy } from '../../model/vault/policy';
import { capabilitiesOn, isAllowed } from '../../model/vault/policy-evaluator';
import { parsePolicy } from '../../model/vault/policy-text';
import { rolePolicy } from '../../model/vault/roles';
import { tryLoad } from '../catalog/folder-of';
import { ROOT } from '../support/compiled';
import { serverPaths } from './server-paths';
import { describeVaults, done, type TestServer, tokenWith } from './servers';
import {
  CI,
  COMMON,
  DEPLOY,
  DEPLOYER,
  DEV,
  environmentContent,
  LAB,
  MACHINES,
  make,
  NIGHTLY,
  STRANGER,
  unmake,
  VERSIONED,
} from './shared-server';

jest.setTimeout(30_000);

/** Capabilities by path; what is not there is refused. */
type Reach = Readonly<Record<string, string>>;

const ENVIRONMENTS = [environmentContent(LAB), environmentContent(DEV)];
const CONTENTS = [...ENVIRONMENTS, STRANGER];
const PATHS = serverPaths(CONTENTS);
/** What the environments' policies say, by name. */
const POLICIES: Readonly<Record<string, string>> = Object.assign(
  {},
  ...ENVIRONMENTS.map((one) => one.policies),
);

const ALL = 'create delete list read update';

/** What every user reaches, beside the secrets that users share. */
const OWN: Reach = {
  'cubbyhole/': ALL,
  'cubbyhole/aws/access_key': ALL,
  'auth/token/lookup-self': 'read',
  'sys/leases/lookup': 'read',
};

/** What a super user reaches beside: the token roles that are named, and what no policy can narrow or nobody is hurt by. */
const administration = (...tokenRoles: readonly string[]): Reach => ({
  ...Object.fromEntries(tokenRoles.map((name) => [`auth/token/create/${name}`, 'update'])),
  'auth/token/accessors/': 'list sudo',
  'auth/token/lookup-accessor': 'update',
  'auth/token/revoke-accessor': 'update',
  'sys/mounts': 'read',
  'sys/policies/acl/': 'list',
  ...Object.fromEntries(
    [...Object.keys(POLICIES), DEPLOYER, 'default', 'root'].map((name) => [
      `sys/policies/acl/${name}`,
      'read',
    ]),
  ),
});

/** Everything below a mount of KV version 1. */
const below = (mount: string, capabilities: string): Reach =>
  Object.fromEntries(
    PATHS.filter((path) => path.startsWith(`${mount}/`)).map((path) => [path, capabilities]),
  );

/** The exact reach of each policy that the two environments make. */
const EXPECTED: Readonly<Record<string, Reach>> = {
  [`${LAB}-regular-fullaccess`]: { ...OWN, ...below(COMMON, ALL) },
  [`${LAB}-regular-readonly`]: { ...OWN, ...below(COMMON, 'list read') },
  [`${LAB}-super-fullaccess`]: {
    ...OWN,
    ...below(COMMON, ALL),
    ...administration(
      `${LAB}-regular-fullaccess`,
      `${LAB}-regular-readonly`,
      `${LAB}-super-fullaccess`,
      `${LAB}-super-readonly`,
    ),
  },
  [`${LAB}-super-readonly`]: {
    ...OWN,
    ...below(COMMON, 'list read'),
    ...administration(`${LAB}-regular-readonly`, `${LAB}-super-readonly`),
  },
  [`${DEV}-regular-fullaccess`]: {
    ...OWN,
    ...below(`${VERSIONED}/data`, 'create delete read update'),
    ...below(`${VERSIONED}/metadata`, 'delete list read'),
  },
  [`${DEV}-super-readonly`]: {
    ...OWN,
    ...below(`${VERSIONED}/data`, 'read'),
    ...below(`${VERSIONED}/metadata`, 'list read'),
    ...administration(`${DEV}-super-readonly`),
  },
  [DEPLOY]: {
    [`${MACHINES}/data/aws/access_key`]: 'read',
    [`${MACHINES}/metadata/aws/access_key`]: 'read',
    [`${COMMON}/vpn/lab/169.254.100.0`]: 'create read update',
  },
  [NIGHTLY]: {
    [`${VERSIONED}/data/aws/access_key`]: 'read',
    [`${VERSIONED}/metadata/aws/access_key`]: 'list read',
  },
};

function reachOf(capabilitiesByPath: (path: string) => readonly string[]): Reach {
  const reached = PATHS.map((path) => [path, [...capabilitiesByPath(path)].sort().join(' ')] as const);
  return Object.fromEntries(reached.filter(([, capabilities]) => capabilities !== 'deny'));
}

const RULES = new Map(Object.entries(POLICIES).map(([name, text]) => [name, parsePolicy(text)]));

function rulesOf(name: string): Policy {
  const rules = RULES.get(name);
  if (rules === undefined) throw new Error(`no environment makes the policy ${name}`);
  return rules;
}

/** The token roles of which a token with a policy makes tokens, whoever they belong to. */
function makes(name: string): readonly string[] {
  return CONTENTS.flatMap(({ tokenRoles }) => Object.keys(tokenRoles)).filter((role) =>
    isAllowed([rulesOf(name)], 'update', `auth/token/create/${role}`),
  );
}

describe('on a server that two environments and a stranger share', () => {
  test('each policy that we make has its expected reach', () => {
    expect(Object.keys(POLICIES).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  test.each(Object.keys(EXPECTED))('%s reaches exactly what it is for', (name) => {
    expect(reachOf((path) => capabilitiesOn([rulesOf(name)], path))).toEqual(EXPECTED[name]);
  });

  test('no rule is about a place that is not looked at here', () => {
    const places = new Set(PATHS.map((path) => path.replace(/\/$/, '')));
    const exact = Object.keys(POLICIES).flatMap((name) =>
      rulesOf(name)
        .map(({ path }) => path)
        .filter((path) => !/[+*]/.test(path) && !places.has(path)),
    );
    expect(exact).toEqual([]);
  });

  test('wildcards stand only where docs/vault.md justifies them, or where the catalog wrote them', () => {
    const wild = Object.keys(POLICIES).flatMap((name) =>
      rulesOf(name)
        .filter(({ path }) => /[+*]/.test(path))
        .map(({ path, capabilities }) => `${path}${capabilities.includes('deny') ? ' deny' : ''}`),
    );
    expect([...new Set(wild)].sort()).toEqual(
      [
        'cubbyhole/*',
        'sys/policies/acl/*',
        'sys/wrapping/* deny',
        `${COMMON}/*`,
        `${VERSIONED}/data/*`,
        `${VERSIONED}/metadata/*`,
        // As the catalogs have them:
        `${COMMON}/vpn/*`,
        `${MACHINES}/data/aws/*`,
        `${MACHINES}/metadata/aws/*`,
        `${VERSIONED}/data/aws/+`,
        `${VERSIONED}/metadata/aws/+`,
      ].sort(),
    );
  });

  test('docs/vault.md shows what super adds as it is, with lines that hold', () => {
    const page = readFileSync(path.join(ROOT, 'docs/vault.md'), 'utf8');
    const [, block = ''] =
      /```yaml\n(vault:\n {2}address: \S+\n {2}policies:\n {4}what-super[\s\S]*?)```/.exec(page) ?? [];
    const { loaded, problems } = tryLoad({ 'dev.yml': `cci_version: '1.0'\n${block}` });
    expect(problems).toEqual([]);
    const [shown] = loaded?.catalog.kinds.vault?.policies ?? [];
    expect(shown?.mayNot.length).toBeGreaterThan(3);
    const kinds = [
      { role: 'regular', api: 'fullaccess' },
      { role: 'regular', api: 'readonly' },
    ] as const;
    const rules = (role: 'super' | 'regular') =>
      rolePolicy({ role, api: 'readonly' }, { environment: 'team', kinds });
    expect(shown?.rules).toEqual(rules('super').slice(rules('regular').length));
  });

  test('a token role gives the policy of its own name and no other, and an AppRole those of the catalog', () => {
    const roles = ENVIRONMENTS.flatMap(({ tokenRoles }) => Object.entries(tokenRoles));
    expect(roles).toHaveLength(6);
    for (const [name, role] of roles)
      expect(role).toEqual({
        allowed_policies: [name],
        orphan: true,
        renewable: false,
        token_no_default_policy: true,
        token_type: 'service',
      });
    expect(ENVIRONMENTS.flatMap(({ appRoles }) => Object.entries(appRoles))).toEqual([
      [CI, { token_policies: [DEPLOY], token_ttl: 3600, token_max_ttl: 3600, secret_id_ttl: 2_592_000 }],
    ]);
  });

  test('a token that somebody makes reaches nothing that its maker does not', () => {
    const makers = Object.keys(POLICIES).filter((name) => makes(name).length > 0);
    expect(makers).toHaveLength(3);
    for (const name of makers) {
      const beyond = makes(name).flatMap((made) =>
        PATHS.flatMap((path) => {
          const own = capabilitiesOn([rulesOf(name)], path);
          const more = capabilitiesOn([rulesOf(made)], path).filter((one) => !own.includes(one));
          return more.filter((one) => one !== 'deny').map((one) => `${name} by ${made}: ${one} on ${path}`);
        }),
      );
      expect(beyond).toEqual([]);
    }
  });
});

describeVaults('a server that two environments and a stranger share', (server) => {
  beforeAll(async () => {
    for (const content of CONTENTS) await make(server(), content);
  });
  afterAll(async () => {
    for (const content of CONTENTS) await unmake(server(), content);
  });

  test.each(Object.keys(EXPECTED))('a token with %s reaches exactly what it is for', async (name) => {
    const { token } = await tokenWith(server(), [name], { ttl: '60s' });
    expect(await reachOfToken(server(), token)).toEqual(EXPECTED[name]);
  });

  test('the token of an AppRole reaches what its policies and `default` do', async () => {
    const { body: role } = await done(server(), 'GET', `auth/approle/role/${CI}/role-id`);
    const { body: secret } = await done(server(), 'POST', `auth/approle/role/${CI}/secret-id`, { body: {} });
    const body = { role_id: role.data?.role_id, secret_id: secret.data?.secret_id };
    const loggedIn = await done(server(), 'POST', 'auth/approle/login', { token: '', body });
    const plainToken = await tokenWith(server(), ['default'], { no_default_policy: false, ttl: '60s' });
    expect(await reachOfToken(server(), String(loggedIn.body.auth?.client_token))).toEqual({
      ...(await reachOfToken(server(), plainToken.token)),
      ...EXPECTED[DEPLOY],
    });
  });
});

/** What the server itself says that a token may do. */
async function reachOfToken(server: TestServer, token: string): Promise<Reach> {
  const { body } = await done(server, 'POST', 'sys/capabilities', { body: { token, paths: PATHS } });
  return reachOf((path) => {
    const answer = body.data?.[path];
    if (!Array.isArray(answer)) throw new Error(`${path}: the server does not say what may be done there`);
    return answer.map(String);
  });
}
