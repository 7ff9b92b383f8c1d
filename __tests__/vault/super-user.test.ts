import { VaultProject } from './cli';
import { describeVaults, done } from './servers';
import { DEV, environmentContent, LAB, make, SECTIONS, unmake } from './shared-server';

jest.setTimeout(30_000);

describeVaults('kakehashi token, with the token of a user', (server) => {
  const contents = [environmentContent(LAB), environmentContent(DEV)];
  const tokens = new Map<string, string>();
  let project: VaultProject;
  const create = (kind: string, user: string, environment = LAB) =>
    project.run(['token', 'create', user, '--ttl', '60', '--env', environment], {
      env: { VAULT_TOKEN: tokens.get(kind) ?? '' },
    });

  beforeAll(async () => {
    project = new VaultProject(server());
    for (const environment of [LAB, DEV]) project.catalog(environment, SECTIONS[environment] ?? {});
    for (const content of contents) await make(server(), content);
    for (const kind of ['super-fullaccess', 'super-readonly', 'regular-fullaccess']) {
      const path = `auth/token/create/${LAB}-${kind}`;
      const { body } = await done(server(), 'POST', path, { body: { ttl: '120s' } });
      tokens.set(kind, String(body.auth?.client_token));
    }
  });
  afterAll(async () => {
    for (const content of contents) await unmake(server(), content);
  });

  test.each([
    ['super-fullaccess', 'alice', 'regular-fullaccess'],
    ['super-fullaccess', 'sue', 'super-fullaccess'],
    ['super-readonly', 'rose', 'regular-readonly'],
    ['super-readonly', 'bob', 'super-readonly'],
  ])('%s makes one for %s, who is %s', async (kind, user, made) => {
    const { code, stdout, stderr } = await create(kind, user);
    expect({ code, stdout: stdout.trim() }).toEqual({ code: 0, stdout: expect.stringMatching(/^\S+$/) });
    expect(stderr).toContain(`, policies ${LAB}-${made}, valid for 1 min\n`);
  });

  test.each([
    ['super-readonly', 'alice', LAB, 'regular-fullaccess'],
    ['super-readonly', 'sue', LAB, 'super-fullaccess'],
    ['super-fullaccess', 'dan', DEV, 'regular-fullaccess'],
    ['regular-fullaccess', 'rose', LAB, 'regular-readonly'],
  ])('%s makes none for %s of %s, who is %s: one line says so', async (kind, user, environment, wanted) => {
    expect(await create(kind, user, environment)).toEqual({
      code: 1,
      stdout: '',
      stderr: `kakehashi: token role ${environment}-${wanted}: your token may not make tokens from it (a super user may from those that its environment has applied and that can do no more than itself); use a token that may\n`,
    });
  });
});
