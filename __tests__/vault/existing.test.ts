import { differencesOf, policyDifference } from '../../scripts/kinds/vault/differences';
import type { Existing } from '../../vault/existing';
import { clientOf, describeVaults, done, OURS, policyText, tokenWith } from './servers';
import { DEV, environmentContent, LAB, make, STRANGER, unmake } from './shared-server';

jest.setTimeout(30_000);

const CONTENTS = [environmentContent(LAB), environmentContent(DEV), STRANGER];

describeVaults('what a server has under the names that an environment writes', (server) => {
  let existing: Existing;
  beforeAll(async () => {
    for (const content of CONTENTS) await make(server(), content);
    existing = clientOf(server()).existing;
  });
  afterAll(async () => {
    for (const content of CONTENTS) await unmake(server(), content);
  });

  test.each([
    ['one environment', CONTENTS[0]],
    ['another', CONTENTS[1]],
    ['a stranger', CONTENTS[2]],
  ])('is what was written of %s', async (_, content) => {
    for (const [name, text] of Object.entries(content?.policies ?? {}))
      expect([name, policyDifference(await existing.policy(name), text)]).toEqual([name, []]);
    for (const [name, body] of Object.entries(content?.tokenRoles ?? {}))
      expect([name, differencesOf((await existing.tokenRole(name)) ?? {}, { ...body })]).toEqual([name, []]);
    for (const [name, body] of Object.entries(content?.appRoles ?? {}))
      expect([name, differencesOf((await existing.appRole('approle', name)) ?? {}, { ...body })]).toEqual([
        name,
        [],
      ]);
    for (const path of Object.keys(content?.mounts ?? {}))
      expect([path, await existing.hasMount(path)]).toEqual([path, true]);
  });

  test('is told from what somebody else wrote', async () => {
    const [policy = ''] = Object.keys(CONTENTS[0]?.policies ?? {});
    expect(policyDifference(await existing.policy(policy), policyText({ a: ['read'] }))).toEqual(['rules']);
    const [role = ''] = Object.keys(CONTENTS[0]?.tokenRoles ?? {});
    const [stranger = {}] = Object.values(STRANGER.tokenRoles);
    expect(differencesOf((await existing.tokenRole(role)) ?? {}, { ...stranger })).toContain(
      'allowed_policies',
    );
  });

  test('is nothing where nothing was written', async () => {
    const name = `${OURS}-none`;
    expect(await existing.policy(name)).toBeUndefined();
    expect(await existing.tokenRole(name)).toBeUndefined();
    expect(await existing.appRole('approle', name)).toBeUndefined();
    expect(await existing.appRole(name, name)).toBeUndefined();
    expect(await existing.hasMount(name)).toBe(false);
    expect(await existing.hasMount(`auth/${name}`)).toBe(false);
    expect(await existing.hasMount('auth/approle')).toBe(true);
  });

  test('is not told to a token that may not look, whose missing rule is named', async () => {
    await done(server(), 'PUT', `sys/policies/acl/${OURS}-poor`, {
      body: { policy: policyText({ 'auth/token/lookup-self': ['read'] }) },
    });
    const { token } = await tokenWith(server(), [`${OURS}-poor`], { ttl: '60s' });
    const poor = clientOf(server(), token).existing;
    for (const [path, look] of [
      ['sys/policies/acl/a', poor.policy('a')],
      ['auth/token/roles/a', poor.tokenRole('a')],
      ['auth/approle/role/a', poor.appRole('approle', 'a')],
      ['sys/mounts/a', poor.hasMount('a')],
    ] as const)
      await expect(look).rejects.toThrow(
        `${path}: the token's policies refuse looking whether it exists; use a token that may do it, or add to a policy of the token: path "${path}" { capabilities = ["read"] }`,
      );
    await done(server(), 'DELETE', `sys/policies/acl/${OURS}-poor`);
  });
});
