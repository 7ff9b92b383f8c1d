import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { VaultProject } from './cli';

jest.setTimeout(60_000);

const CANARY = 'CANARY-77aa-in-the-sandbox';

describe('kakehashi secret and token in the sandbox', () => {
  const project = new VaultProject({ address: '', rootToken: '', close: async () => undefined });
  const printed: string[] = [];
  const run = async (args: readonly string[], options: Parameters<VaultProject['run']>[1] = {}) => {
    const outcome = await project.run([...args, '--sandbox'], options);
    printed.push(outcome.stderr, ...(args[1] === 'get' ? [] : [outcome.stdout]));
    return outcome;
  };

  test('its Vault keeps what is put there from one command to the next', async () => {
    const secret = 'vault://secret/aws/access_key';
    expect(await run(['secret', 'put', secret], { input: CANARY })).toMatchObject({ code: 0, stderr: '' });
    expect(await run(['secret', 'get', secret])).toEqual({ code: 0, stdout: CANARY, stderr: '' });
    expect(await run(['secret', 'list', 'vault://secret'])).toMatchObject({ code: 0, stdout: 'aws/\n' });
  });

  test("another token has its own cubbyhole, which goes with it; the user's real token is left alone", async () => {
    const made = await run(['token', 'create', 'alice', '--policy', 'default', '--ttl', '600']);
    expect(made.code).toBe(0);
    printed.splice(printed.indexOf(made.stdout), 1);
    const env = { KAKEHASHI_SANDBOX_VAULT_TOKEN: made.stdout.trim(), VAULT_TOKEN: 'of-a-real-server' };
    const secret = 'vault://cubbyhole/aws/access_key';
    expect(await run(['secret', 'put', secret], { env, input: CANARY })).toMatchObject({
      code: 0,
      stderr: '',
    });
    expect(await run(['secret', 'get', secret], { env })).toMatchObject({ code: 0, stdout: CANARY });
    expect(await run(['secret', 'get', secret])).toMatchObject({ code: 1 });
    expect(await run(['secret', 'get', 'vault://secret/aws/access_key'], { env })).toMatchObject({
      code: 1,
      stderr: expect.stringContaining("the token's policies refuse reading it") as string,
    });
    expect(await run(['token', 'revoke', '--user', 'alice', '--yes'])).toMatchObject({ code: 0 });
    expect(await run(['secret', 'get', secret], { env })).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /the token is wrong, revoked or expired .*; give a valid one: KAKEHASHI_SANDBOX_VAULT_TOKEN\n$/,
      ) as string,
    });
  });

  test('a secret is in its log of objects only, which nobody else may read', () => {
    for (const text of [...printed, ...project.commandLines]) expect(text).not.toContain(CANARY);
    const files = readdirSync(project.folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => readFileSync(file, 'latin1').includes(CANARY))
      .map((file) => `${path.relative(project.folder, file)} ${(statSync(file).mode & 0o777).toString(8)}`);
    expect(files).toEqual(['sandbox.out/objects.jsonl 600']);
  });
});
