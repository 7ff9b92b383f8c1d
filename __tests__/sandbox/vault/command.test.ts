import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { compiledCli } from '../../support/compiled';
import { ScriptedProject } from '../../support/scripted-terraform';
import { call } from './vault-caller';

jest.setTimeout(30_000);

/** Started, with what it has printed when it listens. */
async function started(
  project: ScriptedProject,
  ...args: readonly string[]
): Promise<{ child: ChildProcess; stdout: string; stderr: string }> {
  const child = spawn(process.execPath, [compiledCli(), 'sandbox', 'vault', ...args], {
    cwd: project.folder,
  });
  const text = { stdout: '', stderr: '' };
  child.stdout.on('data', (data) => {
    text.stdout += data;
  });
  await new Promise<void>((resolve, reject) => {
    child.stderr.on('data', (data) => {
      text.stderr += data;
      if (text.stderr.includes('with the key')) resolve();
    });
    child.on('close', () => reject(new Error(text.stderr)));
  });
  return { child, ...text };
}

/** Where nothing listens just now. */
async function freeAddress(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}

async function stopped(child: ChildProcess): Promise<number | null> {
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  child.kill('SIGINT');
  return ended;
}

describe('kakehashi sandbox vault', () => {
  const project = new ScriptedProject();
  let listen: string;
  beforeEach(async () => {
    listen = await freeAddress();
  });
  afterAll(() => project.remove());

  test('serves until it is stopped, prints lines that a shell can read, and keeps nothing', async () => {
    const { child, stdout, stderr } = await started(project, '--listen', listen, '--root-token', 'root');
    expect(stdout).toBe(`export VAULT_ADDR='http://${listen}'\nexport VAULT_TOKEN='root'\n`);
    expect(stderr).toMatch(/^serving a simulated OpenBao, which keeps nothing; Ctrl-C to stop\n/);
    const written = await call(`http://${listen}`, 'PUT', 'cubbyhole/a', { value: 'x' }, { token: 'root' });
    expect(written.status).toBe(204);
    const second = await project.run('sandbox', 'vault', '--listen', listen);
    expect(second).toEqual({
      code: 1,
      stdout: '',
      stderr: `kakehashi: sandbox vault: ${listen}: is in use; choose another port\n`,
    });
    expect(await stopped(child)).toBe(0);
    expect(existsSync(join(project.folder, 'sandbox.out', 'objects.jsonl'))).toBe(false);
  });

  test("with --keep it is the Vault of the project's sandbox, of which no value is listed", async () => {
    const args = ['--listen', listen, '--root-token', 'root', '--keep', '--server', 'vault'];
    const first = await started(project, ...args);
    expect(first.stderr).toMatch(/^serving a simulated Vault, which keeps what it holds in .*objects\.jsonl/);
    const ask = (method: string, path: string, body?: object) =>
      call(`http://${listen}`, method, path, body, { token: 'root' });
    await ask('POST', 'sys/mounts/secret', { type: 'kv' });
    await ask('PUT', 'secret/a', { value: 'CANARY' });
    const busy = await project.run('sandbox', 'reset');
    expect([busy.code, busy.stderr]).toEqual([1, expect.stringContaining('is in use by process')]);
    expect(await stopped(first.child)).toBe(0);
    const listed = await project.run('sandbox', 'list', '--json');
    expect(listed.stdout).toContain('"id":"secret/a"');
    expect(listed.stdout).not.toContain('CANARY');
    expect((await project.run('sandbox', 'list')).stdout).not.toContain('CANARY');
    const second = await started(project, ...args);
    expect((await ask('GET', 'secret/a')).body.data).toEqual({ value: 'CANARY' });
    expect(await stopped(second.child)).toBe(0);
  });

  test.each([
    [['--listen', '0.0.0.0:8200'], 'must be an address of this machine alone, got "0.0.0.0"'],
    [['--listen', '[::]:8200'], 'must be an address of this machine alone, got "::"'],
    [['--listen', '127.0.0.1'], 'must be an address and a port from 1 to 65535, got "127.0.0.1"'],
    [['--listen', '127.0.0.1:65536'], 'must be an address and a port from 1 to 65535, got "127.0.0.1:65536"'],
    [['--listen', '127.0.0.1:0'], 'must be an address and a port from 1 to 65535, got "127.0.0.1:0"'],
    [['--listen', 'example.org:8200'], 'must be an address and a port from 1 to 65535'],
    [['--server', 'consul'], '--server: must be vault or openbao, got "consul"'],
    [['--root-token', 'a b'], '--root-token: must be 1 to 255 letters, digits or signs without spaces'],
  ])('refuses %j in one line', async (args, words) => {
    const { code, stdout, stderr } = await project.run('sandbox', 'vault', ...args);
    expect([code, stdout]).toEqual([64, '']);
    expect(stderr).toContain(words);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
