import { formatPolicy } from '../../model/vault/policy-text';
import { rolePolicy, type UserKind, userKind } from '../../model/vault/roles';
import { SecretFolder } from '../../model/vault/secret-folder';
import { SecretReference } from '../../model/vault/secret-reference';
import type { VaultError } from '../../vault/vault-error';
import { clientOf, describeVaults, done, OURS, plain, policyText, tokenWith } from './servers';

jest.setTimeout(30_000);

describeVaults('the client', (server) => {
  const mounts = { kv1: `${OURS}-one`, kv2: `${OURS}-two`, deep: `${OURS}-team/kv` };
  const all = ['create', 'read', 'update', 'delete', 'list'];
  const reference = (text: string) => SecretReference.parse(`vault://${text}`);
  const folder = (text: string) => SecretFolder.parse(`vault://${text}`);
  const errorOf = (work: Promise<unknown>) =>
    work.then(
      () => 'no error',
      (error: VaultError) => `${error.code}: ${error.message}`,
    );

  beforeAll(async () => {
    for (const [path, version] of [
      [mounts.kv1, '1'],
      [mounts.kv2, '2'],
      [mounts.deep, '2'],
    ] as const)
      await done(server(), 'POST', `sys/mounts/${path}`, { body: { type: 'kv', options: { version } } });
    await done(server(), 'PUT', `sys/policies/acl/${OURS}-user`, {
      body: {
        policy: policyText({ [`${mounts.kv1}/*`]: all, [`${mounts.kv2}/*`]: all, 'cubbyhole/*': all }),
      },
    });
    await done(server(), 'PUT', `sys/policies/acl/${OURS}-reader`, {
      body: { policy: policyText({ [`${mounts.kv1}/*`]: ['read', 'list'] }) },
    });
    await plain(server(), 'POST', 'sys/auth/approle', { body: { type: 'approle' } });
    await done(server(), 'POST', `auth/approle/role/${OURS}-ci`, {
      body: { token_policies: [`${OURS}-user`], token_ttl: '60s', token_no_default_policy: true },
    });
    await done(server(), 'POST', `auth/token/roles/${OURS}-role`, {
      body: { allowed_policies: [`${OURS}-user`], orphan: true, token_no_default_policy: true },
    });
  });
  afterAll(async () => {
    for (const path of Object.values(mounts)) await plain(server(), 'DELETE', `sys/mounts/${path}`);
    for (const name of ['user', 'reader'])
      await plain(server(), 'DELETE', `sys/policies/acl/${OURS}-${name}`);
    await plain(server(), 'DELETE', `auth/approle/role/${OURS}-ci`);
    await plain(server(), 'DELETE', `auth/token/roles/${OURS}-role`);
  });

  test('tells how the server is', async () => {
    expect(await clientOf(server()).health()).toMatchObject({
      initialized: true,
      sealed: false,
      standby: false,
    });
  });

  describe.each([
    ['KV version 1', mounts.kv1, undefined],
    ['KV version 2', mounts.kv2, 1],
    ['KV version 2 at a path of two segments', mounts.deep, 1],
    ['cubbyhole', 'cubbyhole', undefined],
  ])('%s', (_, mount, version) => {
    test('writes, reads, lists and removes', async () => {
      const client = clientOf(server());
      const secret = reference(`${mount}/${OURS}/aws/access_key`);
      expect(await client.readIfThere(secret)).toBeUndefined();
      expect(await client.write(secret, 'first-value')).toBe(version);
      expect(await client.read(secret)).toBe('first-value');
      await client.write(secret, 'ünïcode "quoted"\nand more');
      expect(await client.read(secret)).toBe('ünïcode "quoted"\nand more');
      expect(await client.list(folder(`${mount}/${OURS}`))).toEqual(['aws/']);
      expect(await client.list(folder(`${mount}/${OURS}/aws/`))).toEqual(['access_key']);
      await client.remove(secret);
      expect(await client.readIfThere(secret)).toBeUndefined();
      expect(await errorOf(client.remove(secret))).toBe(
        `missing: ${secret}: there is no such secret ("vault read is failed" on the controller); correct the reference, or store it: kakehashi secret put ${secret}`,
      );
      expect(await errorOf(client.list(folder(`${mount}/${OURS}/aws`)))).toBe(
        `missing: vault://${mount}/${OURS}/aws: the folder is empty; Vault keeps no empty folders, so the name may be wrong as well`,
      );
    });

    test('explains a folder that is read and a secret that is listed', async () => {
      const client = clientOf(server());
      await client.write(reference(`${mount}/${OURS}/deep/leaf`), 'some-value');
      expect(await errorOf(client.read(reference(`${mount}/${OURS}/deep`)))).toBe(
        `missing: vault://${mount}/${OURS}/deep: must be a secret, got a folder with 1 in it; see: kakehashi secret list vault://${mount}/${OURS}/deep`,
      );
      expect(await errorOf(client.list(folder(`${mount}/${OURS}/deep/leaf`)))).toBe(
        `missing: vault://${mount}/${OURS}/deep/leaf: must be a folder, got a secret; list the folder that it is in: kakehashi secret list vault://${mount}/${OURS}/deep`,
      );
      expect(await errorOf(client.read(reference(`${mount}/${OURS}/nothing`)))).toBe(
        `missing: vault://${mount}/${OURS}/nothing: there is no such secret ("vault read is failed" on the controller); correct the reference, or store it: kakehashi secret put vault://${mount}/${OURS}/nothing`,
      );
      expect(await errorOf(client.remove(reference(`${mount}/${OURS}/deep`)))).toBe(
        `missing: vault://${mount}/${OURS}/deep: must be a secret, got a folder with 1 in it; see: kakehashi secret list vault://${mount}/${OURS}/deep`,
      );
      expect(await client.read(reference(`${mount}/${OURS}/deep/leaf`))).toBe('some-value');
      await client.remove(reference(`${mount}/${OURS}/deep/leaf`));
    });

    test('finds no usable field, and shows none', async () => {
      const client = clientOf(server());
      const path = mount === 'cubbyhole' || mount === mounts.kv1 ? `${mount}/odd` : `${mount}/data/odd`;
      const put = (data: object) =>
        done(server(), 'POST', path, { body: path.includes('/data/') ? { data } : data });
      const must = `no-value: vault://${mount}/odd: must have a text in its field "value", got`;
      const help = `store it as the controller reads it: kakehashi secret put vault://${mount}/odd`;
      const cases: readonly (readonly [object, string])[] = [
        [{ AKIASECRET: 'x' }, 'another field'],
        [{ AKIASECRET: 'x', other: 'y' }, '2 other fields'],
        [{ value: 5 }, 'one of type number'],
        [{ value: '' }, 'an empty one'],
        [{ value: ['a'] }, 'one of type list'],
      ];
      for (const [data, got] of cases) {
        await put(data);
        expect(await errorOf(client.read(reference(`${mount}/odd`)))).toBe(`${must} ${got}; ${help}`);
      }
      await client.remove(reference(`${mount}/odd`));
    });
  });

  describe('engines', () => {
    const wrong = (mount: string, is: number, got: number) =>
      `engine: vault.mounts.${mount}: must have the version of the server's engine, ${is}, got ${got}; correct it in the catalog`;

    test.each([
      [mounts.kv2, 2, 1],
      [mounts.kv1, 1, 2],
    ] as const)('%s declared with another version', async (mount, is, got) => {
      const client = clientOf(server(), server().rootToken, { declared: new Map([[mount, got]]) });
      expect(await errorOf(client.read(reference(`${mount}/a`)))).toBe(wrong(mount, is, got));
    });

    test('a mount that is not there', async () => {
      const line = `engine: vault://${OURS}-none/a: nothing is mounted at "${OURS}-none"; correct the first part of the reference, or mount a kv engine there`;
      const client = clientOf(server());
      expect(await errorOf(client.read(reference(`${OURS}-none/a`)))).toBe(line);
      expect(await errorOf(client.write(reference(`${OURS}-none/a`), 'some-value'))).toBe(line);
      expect(await errorOf(client.list(folder(`${OURS}-none/a`)))).toBe(line);
      expect(await errorOf(client.remove(reference(`${OURS}-none/a`)))).toBe(line);
    });

    test.each(['identity', 'sys', 'auth', 'audit'])("%s, which is the server's own", async (engine) => {
      const line = `engine: vault://${engine}: must be a kv engine or the cubbyhole, and ${engine} is the server's own; correct the first part of the reference`;
      const client = clientOf(server());
      // auth/token/lookup-self answers a GET, and auth/token/accessors a LIST.
      expect(await errorOf(client.read(reference(`${engine}/token/lookup-self`)))).toBe(line);
      expect(await errorOf(client.write(reference(`${engine}/a`), 'some-value'))).toBe(line);
      expect(await errorOf(client.list(folder(`${engine}/token/accessors`)))).toBe(line);
    });

    test('a version that was deleted', async () => {
      const client = clientOf(server());
      const secret = reference(`${mounts.kv2}/deleted`);
      await client.write(secret, 'some-value');
      await done(server(), 'DELETE', `${mounts.kv2}/data/deleted`);
      expect(await errorOf(client.read(secret))).toMatch(
        /^missing: vault:\/\/[\w-]+\/deleted: its version 1 was deleted on \d{4}-[^;]+; undelete it, or store it again: /,
      );
      await done(server(), 'PUT', `${mounts.kv2}/destroy/deleted`, { body: { versions: [1] } });
      expect(await errorOf(client.read(secret))).toBe(
        `missing: ${secret}: its version 1 was destroyed; store it again: kakehashi secret put ${secret}`,
      );
    });
  });

  describe('tokens', () => {
    test('two of them do not see each other in the cubbyhole, and it goes with its token', async () => {
      const secret = reference('cubbyhole/aws/access_key');
      const [one, other] = [
        await tokenWith(server(), [`${OURS}-user`]),
        await tokenWith(server(), [`${OURS}-user`]),
      ];
      await clientOf(server(), one.token).write(secret, 'of-the-first');
      await clientOf(server(), other.token).write(secret, 'of-the-second');
      expect(await clientOf(server(), one.token).read(secret)).toBe('of-the-first');
      await clientOf(server()).tokens.revoke(one.accessor);
      expect(await errorOf(clientOf(server(), one.token).read(secret))).toMatch(
        /^token: vault at https?:\/\/[^ ]+: the token is wrong, revoked or expired \("token lookup is failed" on the controller\); give a valid one: VAULT_TOKEN or ~\/\.vault-token$/,
      );
      expect(await clientOf(server(), other.token).read(secret)).toBe('of-the-second');
      expect(await clientOf(server()).readIfThere(secret)).toBeUndefined();
      await clientOf(server()).tokens.revoke(other.accessor);
    });

    test('policies refuse in other words than a wrong token', async () => {
      const { token, accessor } = await tokenWith(server(), [`${OURS}-reader`]);
      const client = clientOf(server(), token);
      await clientOf(server()).write(reference(`${mounts.kv1}/shared`), 'shared-value');
      expect(await client.read(reference(`${mounts.kv1}/shared`))).toBe('shared-value');
      expect(await errorOf(client.write(reference(`${mounts.kv1}/shared`), 'other-value'))).toBe(
        `denied: vault://${mounts.kv1}/shared: the token's policies refuse writing it; check the reference, or use a token that may do it, or add to a policy of the token: path "${mounts.kv1}/shared" { capabilities = ["create", "update", "read"] }`,
      );
      expect(await errorOf(client.remove(reference(`${mounts.kv1}/shared`)))).toMatch(
        /^denied: .* refuse removing it/,
      );
      expect(await errorOf(client.read(reference(`${mounts.kv2}/a`)))).toMatch(
        /^denied: .* refuse reading it/,
      );
      expect(await errorOf(client.tokens.self())).toMatch(/^denied: auth\/token\/lookup-self: /);
      expect(await errorOf(client.tokens.accessors())).toMatch(/^denied: auth\/token\/accessors: /);
      expect(await errorOf(client.tokens.byAccessor(accessor))).toMatch(
        /^denied: auth\/token\/lookup-accessor: /,
      );
      expect(await errorOf(client.tokens.revoke(accessor))).toMatch(
        /^denied: auth\/token\/revoke-accessor: /,
      );
      expect(await clientOf(server()).read(reference(`${mounts.kv1}/shared`))).toBe('shared-value');
      await clientOf(server()).tokens.revoke(accessor);
    });

    test('are made by role, looked at by accessor, listed and revoked', async () => {
      const { tokens } = clientOf(server());
      const made = await tokens.create({ user: 'alice', role: `${OURS}-role`, ttlSeconds: 120 });
      expect(made).toMatchObject({ policies: [`${OURS}-user`], ttlSeconds: 120, orphan: true });
      expect(await tokens.accessors()).toContain(made.accessor);
      const facts = await tokens.byAccessor(made.accessor);
      expect(facts).toMatchObject({
        accessor: made.accessor,
        displayName: 'token-alice',
        user: 'alice',
        policies: [`${OURS}-user`],
        orphan: true,
      });
      expect(facts?.remainingSeconds).toBeGreaterThan(100);
      expect(JSON.stringify(facts)).not.toContain(made.token);
      expect((await clientOf(server()).tokens.self()).remainingSeconds).toBeUndefined();
      await tokens.revoke(made.accessor);
      expect(await tokens.byAccessor(made.accessor)).toBeUndefined();
      expect(await errorOf(tokens.revoke(made.accessor))).toBe(
        `missing: token ${made.accessor}: there is no token with this accessor; see: kakehashi token list`,
      );
    });

    test('are made, listed and revoked by a super user, and by no regular one', async () => {
      const kinds = (['super', 'regular'] as const).map((role) => ({ role, api: 'fullaccess' as const }));
      const nameOf = ({ role, api }: UserKind) => userKind(OURS, role, api);
      const [superUser, regular] = await Promise.all(
        kinds.map(async (kind) => {
          const [name, props] = [nameOf(kind), { environment: OURS, kinds, mount: mounts.kv1 }];
          const policy = formatPolicy(rolePolicy(kind, props));
          await done(server(), 'PUT', `sys/policies/acl/${name}`, { body: { policy } });
          const role = { allowed_policies: [name], orphan: true, token_no_default_policy: true };
          await done(server(), 'POST', `auth/token/roles/${name}`, { body: role });
          const { token, accessor } = await tokenWith(server(), [name]);
          return { name, accessor, tokens: clientOf(server(), token).tokens };
        }),
      );
      if (superUser === undefined || regular === undefined) throw new Error('both kinds have a token');
      const wish = { user: 'alice', role: regular.name, ttlSeconds: 120 };
      const made = await superUser.tokens.create(wish);
      expect(made.policies).toEqual([regular.name]);
      expect(await superUser.tokens.accessors()).toContain(made.accessor);
      expect(await superUser.tokens.byAccessor(made.accessor)).toMatchObject({ user: 'alice' });
      const others = { user: 'alice', role: `${OURS}-role` };
      for (const [tokens, refused] of [
        [regular.tokens, wish],
        [superUser.tokens, others],
      ] as const)
        expect(await errorOf(tokens.create(refused))).toBe(
          `denied: token role ${refused.role}: your token may not make tokens from it (a super user may from those that its environment has applied and that can do no more than itself); use a token that may`,
        );
      expect(await errorOf(superUser.tokens.create({ user: 'alice', policies: [superUser.name] }))).toBe(
        'denied: auth/token/create: your token may not make tokens with policies of your choice (a super user makes them from token roles only); use a token that may',
      );
      expect(await errorOf(regular.tokens.accessors())).toMatch(/^denied: /);
      expect(await errorOf(regular.tokens.revoke(made.accessor))).toMatch(/^denied: /);
      for (const accessor of [made.accessor, regular.accessor, superUser.accessor])
        await superUser.tokens.revoke(accessor);
      for (const kind of kinds) {
        await plain(server(), 'DELETE', `sys/policies/acl/${nameOf(kind)}`);
        await plain(server(), 'DELETE', `auth/token/roles/${nameOf(kind)}`);
      }
    });

    test('are not made for a role or with a policy that does not exist', async () => {
      const { tokens } = clientOf(server());
      expect(await errorOf(tokens.create({ user: 'alice', role: `${OURS}-nope` }))).toBe(
        `missing: token role ${OURS}-nope: the server has no such role; apply the environment that creates it, or give policies: --policy`,
      );
      const before = await tokens.accessors();
      expect(await errorOf(tokens.create({ user: 'alice', policies: [`${OURS}-nope`] }))).toBe(
        `refused: auth/token/create: policy "${OURS}-nope" does not exist; name one that exists, see: vault policy list`,
      );
      expect(await tokens.accessors()).toEqual(before);
    });

    test('say what they may do', async () => {
      const may = await clientOf(server()).tokens.capabilities([`${mounts.kv1}/a`, 'sys/mounts']);
      expect([...may]).toEqual([
        [`${mounts.kv1}/a`, ['root']],
        ['sys/mounts', ['root']],
      ]);
    });
  });

  describe('AppRoles', () => {
    const roleId = async () =>
      String((await done(server(), 'GET', `auth/approle/role/${OURS}-ci/role-id`)).body.data?.role_id);

    test('log in with a secret id that was wrapped, which opens once', async () => {
      const { appRoles } = clientOf(server());
      const { wrappingToken, ttlSeconds } = await appRoles.issueSecretId(`${OURS}-ci`, 60);
      expect(ttlSeconds).toBe(60);
      const secretId = await appRoles.unwrapSecretId(wrappingToken);
      expect(await errorOf(appRoles.unwrapSecretId(wrappingToken))).toMatch(
        /^token: vault at [^ ]+: the wrapped secret id has been used, or has expired \(if none of your users unwrapped it, somebody else did\); issue another: kakehashi token secret-id <approle>$/,
      );
      const token = await appRoles.logIn(await roleId(), secretId);
      const client = clientOf(server(), token, { newTokenEachTime: true });
      await client.write(reference(`${mounts.kv1}/by-ci`), 'written-by-ci');
      expect(await client.read(reference(`${mounts.kv1}/by-ci`))).toBe('written-by-ci');
      for (const work of [
        client.read(reference('cubbyhole/aws/access_key')),
        client.write(reference('cubbyhole/aws/access_key'), 'some-value'),
      ])
        expect(await errorOf(work)).toBe(
          'cubbyhole: vault://cubbyhole/aws/access_key: a cubbyhole belongs to one token, and each AppRole log-in gets a new one; keep it in a kv engine, such as vault://secret/aws/access_key',
        );
    });

    test('refuse a wrong secret id, and show nothing of it', async () => {
      const { appRoles } = clientOf(server());
      const line = await errorOf(appRoles.logIn(await roleId(), 'wrong-secret-id'));
      expect(line).toMatch(
        /^token: vault at [^ ]+: the AppRole log-in was refused \(400: [^)]+\); check vault\.auth\.role_id, and issue a new secret id$/,
      );
      expect(line).not.toContain('wrong-secret-id');
    });

    test('that do not exist have no secret ids', async () => {
      expect(await errorOf(clientOf(server()).appRoles.issueSecretId(`${OURS}-nope`, 60))).toBe(
        `missing: AppRole ${OURS}-nope: the server has no such role; apply the environment that creates it, or correct the name`,
      );
    });
  });
});
