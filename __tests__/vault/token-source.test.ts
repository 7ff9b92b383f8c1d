import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { findSecretId, findToken } from '../../vault/token-source';
import { temporaryFolder } from '../support/catalog-folder';

const CANARY = 'hvs.CANARY-token';

async function found(variables: NodeJS.ProcessEnv, file?: string, mode = 0o600) {
  const home = temporaryFolder();
  if (file !== undefined) {
    writeFileSync(path.join(home, '.vault-token'), file);
    chmodSync(path.join(home, '.vault-token'), mode);
  }
  const notes: string[] = [];
  const token = await findToken({ variables, prompting: false, home, note: (text) => notes.push(text) });
  return { token, notes };
}

describe("the user's token", () => {
  test('is that of VAULT_TOKEN', async () => {
    expect(await found({ VAULT_TOKEN: CANARY }, 'hvs.other')).toEqual({ token: CANARY, notes: [] });
  });

  test.each([{}, { VAULT_TOKEN: '' }])('else that of ~/.vault-token (%j)', async (variables) => {
    expect(await found(variables, `${CANARY}\n`)).toEqual({ token: CANARY, notes: [] });
  });

  test('in a file that others may read is used, and noted', async () => {
    expect(await found({}, CANARY, 0o640)).toEqual({
      token: CANARY,
      notes: ['~/.vault-token: others on this machine may read it; chmod 600 ~/.vault-token'],
    });
  });

  test.each([[undefined], [' \n']])(
    'is missing where the file is %j and nobody can be asked',
    async (file) => {
      await expect(found({}, file)).rejects.toThrow(
        'no Vault token: VAULT_TOKEN is not set, there is no ~/.vault-token, and there is no terminal to ask on; set VAULT_TOKEN, or log in with vault login',
      );
    },
  );

  test.each([
    ['a line break', `${CANARY}\nx`],
    ['a space', `${CANARY} x`],
    ['letters beyond ASCII', `${CANARY}é`],
    ['more than 4096 characters', CANARY.padEnd(4097, 'x')],
  ])('with %s is none, and is not shown', async (_, text) => {
    const line = ': must be a token, one word of printable characters, got something else, not shown';
    await expect(found({ VAULT_TOKEN: text })).rejects.toThrow(new Error(`VAULT_TOKEN${line}`));
    await expect(found({}, text)).rejects.toThrow(new Error(`~/.vault-token${line}`));
  });
});

describe("an AppRole's secret id", () => {
  test('is given plainly or wrapped', () => {
    expect(findSecretId({ VAULT_SECRET_ID: 'id' })).toEqual({ kind: 'plain', secretId: 'id' });
    expect(findSecretId({ VAULT_WRAPPED_SECRET_ID: 'w' })).toEqual({ kind: 'wrapped', wrappingToken: 'w' });
  });

  test('is not given twice, and not left out', () => {
    expect(() => findSecretId({ VAULT_SECRET_ID: 'a', VAULT_WRAPPED_SECRET_ID: 'b' })).toThrow(
      'two secret ids: VAULT_SECRET_ID and VAULT_WRAPPED_SECRET_ID; unset one',
    );
    expect(() => findSecretId({})).toThrow(
      'no secret id for the AppRole; set VAULT_SECRET_ID, or set VAULT_WRAPPED_SECRET_ID to what kakehashi token secret-id printed',
    );
  });
});
