import type { PlainAnswer } from './servers';
import { describeVaults, done, OURS, plain, tokenWith } from './servers';
import {
  CI,
  DEPLOY,
  DEPLOYER,
  DEV,
  environmentContent,
  LAB,
  LOOKALIKE,
  make,
  STRANGER,
  UNLIMITED,
  unmake,
} from './shared-server';

jest.setTimeout(30_000);

const CONTENTS = [environmentContent(LAB), environmentContent(DEV), STRANGER];
const KINDS = ['regular-fullaccess', 'regular-readonly', 'super-fullaccess', 'super-readonly'] as const;
type Kind = (typeof KINDS)[number];

/** The kinds of lab whose tokens a kind may make. */
const MAKES: Readonly<Record<Kind, readonly Kind[]>> = {
  'regular-fullaccess': [],
  'regular-readonly': [],
  'super-fullaccess': KINDS,
  'super-readonly': ['regular-readonly', 'super-readonly'],
};

describeVaults('what users of an environment try on a server that others use too', (server) => {
  const tokens = new Map<Kind, string>();
  const as = (kind: Kind) => tokens.get(kind) ?? '';
  const create = (kind: Kind, path: string, body: object = {}): Promise<PlainAnswer> =>
    plain(server(), 'POST', `auth/token/${path}`, { token: as(kind), body: { ttl: '60s', ...body } });
  const refused = async (answer: Promise<PlainAnswer>) => {
    const { status, body } = await answer;
    return { status, token: body.auth?.client_token };
  };
  const DENIED = { status: 403, token: undefined };
  const WRONG = { status: 400, token: undefined };

  beforeAll(async () => {
    for (const content of CONTENTS) await make(server(), content);
    for (const kind of KINDS) {
      const body = { ttl: '120s' };
      const made = await done(server(), 'POST', `auth/token/create/${LAB}-${kind}`, { body });
      tokens.set(kind, String(made.body.auth?.client_token));
    }
  });
  afterAll(async () => {
    for (const content of CONTENTS) await unmake(server(), content);
  });

  describe.each(KINDS)('%s', (kind) => {
    test.each(KINDS)('makes a token of %s only if that can do no more than itself', async (other) => {
      const answer = await create(kind, `create/${LAB}-${other}`);
      if (!MAKES[kind].includes(other)) {
        expect(answer).toMatchObject({ status: 403, body: { errors: [expect.stringMatching(/denied/)] } });
        return;
      }
      expect(answer).toMatchObject({
        status: 200,
        body: { auth: { policies: [`${LAB}-${other}`], orphan: true, renewable: false } },
      });
    });

    test.each([
      ["somebody else's", DEPLOYER],
      ["somebody else's that is called like the environment's", LOOKALIKE],
      ["somebody else's without limits", UNLIMITED],
      ["another environment's, which can do more", `${DEV}-regular-fullaccess`],
      ["another environment's", `${DEV}-super-readonly`],
      ['one that does not exist', `${LAB}-super-none`],
    ])('makes no token of %s', async (_, role) => {
      expect(await refused(create(kind, `create/${role}`))).toEqual(DENIED);
    });

    test.each([
      ['with its own policies', 'create', {}],
      ['with the policies of others', 'create', { policies: [DEPLOYER] }],
      ['with those of fullaccess', 'create', { policies: [`${LAB}-super-fullaccess`] }],
      ['without a parent', 'create', { no_parent: true }],
      ['by the name of a role in the body', 'create', { role_name: DEPLOYER }],
      ['that outlives its maker', 'create-orphan', {}],
    ])('makes no token without a token role: %s', async (_, path, body) => {
      expect(await refused(create(kind, path, body))).toEqual(DENIED);
    });

    test('changes no token role, policy, mount or log-in, its own neither', async () => {
      for (const [method, path, body] of [
        ['POST', `auth/token/roles/${LAB}-${kind}`, { allowed_policies: [DEPLOYER] }],
        ['POST', `auth/token/roles/${OURS}-new`, { allowed_policies: [DEPLOYER] }],
        ['DELETE', `auth/token/roles/${LAB}-regular-readonly`, undefined],
        ['PUT', `sys/policies/acl/${LAB}-${kind}`, { policy: 'path "*" { capabilities = ["sudo"] }' }],
        ['PUT', `sys/policy/${LAB}-${kind}`, { policy: 'path "*" { capabilities = ["sudo"] }' }],
        ['DELETE', `sys/policies/acl/${DEPLOY}`, undefined],
        ['POST', `auth/approle/role/${CI}/secret-id`, {}],
        ['GET', `auth/approle/role/${DEPLOYER}/role-id`, undefined],
        ['POST', `sys/mounts/${OURS}-new`, { type: 'kv' }],
        ['POST', `sys/auth/${OURS}-new`, { type: 'approle' }],
        ['POST', 'sys/wrapping/wrap', { a: 'b' }],
      ] as const)
        expect([
          path,
          await refused(
            plain(server(), method, path, { token: as(kind), ...(body === undefined ? {} : { body }) }),
          ),
        ]).toEqual([path, DENIED]);
    });
  });

  describe.each(['super-fullaccess', 'super-readonly'] as const)('a role that %s may use', (kind) => {
    const own = `create/${LAB}-${kind}`;

    test.each([
      ["somebody else's", [DEPLOYER]],
      ["somebody else's beside its own", [`${LAB}-${kind}`, DEPLOYER]],
      ["another kind's", [`${LAB}-${kind === 'super-readonly' ? 'super-fullaccess' : 'regular-readonly'}`]],
      ["an AppRole's", [DEPLOY]],
      ['default', ['default']],
      ['root', ['root']],
    ])('gives no other policy: %s', async (_, policies) => {
      expect(await refused(create(kind, own, { policies }))).toEqual(WRONG);
    });

    test.each([
      ['an identifier of its own', { id: `${OURS}-chosen` }],
      ['a period', { period: '24h' }],
      ['an entity', { entity_alias: 'somebody' }],
    ])('gives no token with %s', async (_, body) => {
      expect(await refused(create(kind, own, body))).toEqual(WRONG);
    });

    test('is the one of the path, whatever the body says', async () => {
      const answer = await create(kind, own, { role_name: DEPLOYER, no_default_policy: false });
      expect(answer.body.auth?.policies).toEqual([`${LAB}-${kind}`]);
    });

    test('gives tokens that make no other than their maker does', async () => {
      const { body } = await create(kind, own);
      const token = String(body.auth?.client_token);
      const made = await Promise.all(
        [...KINDS.map((other) => `${LAB}-${other}`), DEPLOYER, LOOKALIKE].map(async (role) => {
          const path = `auth/token/create/${role}`;
          const { status } = await plain(server(), 'POST', path, { token, body: { ttl: '60s' } });
          return status === 200 ? [role] : [];
        }),
      );
      expect(made.flat()).toEqual(MAKES[kind].map((other) => `${LAB}-${other}`));
    });
  });

  test('super looks up and revokes tokens of others by accessor: no policy can narrow that, and docs/vault.md says so', async () => {
    for (const kind of ['super-fullaccess', 'super-readonly'] as const) {
      const theirs = await tokenWith(server(), [DEPLOYER], { ttl: '60s' });
      const token = as(kind);
      const { body } = await done(server(), 'LIST', 'auth/token/accessors', { token });
      expect(body.data?.keys).toContain(theirs.accessor);
      const asked = { token, body: { accessor: theirs.accessor } };
      const seen = await done(server(), 'POST', 'auth/token/lookup-accessor', asked);
      expect(seen.body.data).toMatchObject({ policies: [DEPLOYER], id: '' });
      expect(seen.text).not.toContain(theirs.token);
      await done(server(), 'POST', 'auth/token/revoke-accessor', asked);
      const gone = await plain(server(), 'GET', 'auth/token/lookup-self', { token: theirs.token });
      expect(gone.status).toBe(403);
    }
  });
});
