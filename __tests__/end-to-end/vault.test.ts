import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { compiledCli } from '../support/compiled';
import { freePort, untilAnswering } from '../support/ports';
import { describeWith } from '../support/programs';
import { Project } from '../support/project';
import { applies, failure, INIT, planCreates, ScriptedProject } from '../support/scripted-terraform';

jest.setTimeout(180_000);

/** `dev` with a Vault of its own, in which everything is made. */
const LAB = `cci_version: '1.0'
extends: dev.yml
environment: lab
site: { public_ip: 198.51.100.20 }
providers:
  aws: { access_key: 'vault://secret/aws/access_key', secret_key: 'vault://secret/aws/secret_key' }
vault:
  address: https://10.0.2.15:8443
  mounts: { secret: { version: 1, create: {} } }
  policies: { deploy: { rules: [{ path: secret/aws/*, capabilities: [read] }], may: [read secret/aws/access_key], create: {} } }
  users: { alice: { role: regular, create: {} }, rose: { role: regular, api: readonly, create: {} }, sue: { role: super, create: {} } }
  approles: { ci: { policies: [deploy], create: {} } }
  preshared_keys: vault://secret/vpn
`;
const CANARY = 'CanaryOfTheEndToEndTest_7f3a';

function filesWith(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file, 'latin1').includes(text))
    .map((file) => path.relative(folder, file))
    .sort();
}

describeWith('terraform', 'an environment with a Vault, in the sandbox', () => {
  const project = new Project({ 'catalog/lab.yml': LAB });
  const printed: string[] = [];
  const kakehashi = async (
    args: readonly string[],
    input = '',
    env: Readonly<Record<string, string>> = {},
  ) => {
    const ended = await run(project.folder, [...args, '--sandbox', '--env', 'lab'], input, env);
    printed.push(ended.stdout, ended.stderr);
    return ended;
  };
  let entries = '';

  it('is applied with its mounts, policies and roles, and its keys are kept there', async () => {
    const { code, stdout, stderr } = await kakehashi(['apply', '--yes', '--log-level', 'debug']);
    expect({
      code,
      ends: /keys {6}4 stored in the sandbox's Vault below vault:\/\/secret\/vpn/.test(stdout),
    }).toEqual({
      code: 0,
      ends: true,
    });
    expect(stderr).not.toMatch(/error/i);
    entries = project.read('sandbox.out/lab/vpn_catalog.yml');
    expect((await kakehashi(['plan'])).code).toBe(0);
    expect((await kakehashi(['secret', 'list', 'vault://secret/vpn/lab/aws/osaka'])).stdout).toBe(
      '169.254.100.12\n169.254.100.8\n',
    );
    const gateway = project.read(
      'sandbox.out/gateway/198.51.100.20/etc/ipsec.d/kakehashi-lab-aws-osaka.secrets',
    );
    const { stdout: key } = await kakehashi([
      'secret',
      'get',
      'vault://secret/vpn/lab/aws/osaka/169.254.100.8',
    ]);
    printed.pop();
    printed.pop();
    expect(gateway).toContain(`PSK "${key}"`);
  });

  it('keeps a secret, which each role reads, writes or is refused as its policy says', async () => {
    const reference = 'vault://secret/aws/access_key';
    expect((await kakehashi(['secret', 'put', reference], CANARY)).code).toBe(0);
    const tokens: Record<string, string> = {};
    for (const [user, role, api] of [
      ['alice', 'regular', 'fullaccess'],
      ['rose', 'regular', 'readonly'],
    ]) {
      const made = await run(project.folder, [
        'token',
        'create',
        String(user),
        '--role',
        String(role),
        '--api',
        String(api),
        '--sandbox',
        '--env',
        'lab',
      ]);
      expect(made.code).toBe(0);
      tokens[String(user)] = made.stdout.trim();
    }
    const as = (user: string) => ({ KAKEHASHI_SANDBOX_VAULT_TOKEN: tokens[user] ?? '' });
    const read = await run(
      project.folder,
      ['secret', 'get', reference, '--sandbox', '--env', 'lab'],
      '',
      as('rose'),
    );
    expect(read.stdout).toBe(CANARY);
    const refused = await kakehashi(['secret', 'put', reference], 'Another_value', as('rose'));
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^kakehashi: vault:\/\/secret\/aws\/access_key: .*polic/);
    expect((await kakehashi(['secret', 'put', reference], `${CANARY}\n`, as('alice'))).code).toBe(0);
    expect((await kakehashi(['secret', 'put', 'vault://cubbyhole/mine'], CANARY, as('alice'))).code).toBe(0);
    const others = await kakehashi(['secret', 'get', 'vault://cubbyhole/mine'], '', as('rose'));
    expect(others.code).toBe(1);
    expect((await kakehashi(['token', 'revoke', '--user', 'alice', '--yes'])).code).toBe(0);
    const gone = await kakehashi(['secret', 'get', 'vault://cubbyhole/mine'], '', as('alice'));
    expect(gone.code).toBe(1);
    expect(gone.stderr).toMatch(/token/);
    const root = await kakehashi(['secret', 'get', 'vault://cubbyhole/mine']);
    expect(root.code).toBe(1);
  });

  it('has the same entries after all that, and plans no change', async () => {
    const planned = await kakehashi(['plan', '--json', '--log-level', 'debug']);
    expect(planned.code).toBe(0);
    expect((await kakehashi(['apply', '--yes'])).code).toBe(0);
    expect(project.read('sandbox.out/lab/vpn_catalog.yml')).toBe(entries);
  });

  it('shows the secret nowhere but in the log of objects', () => {
    for (const text of printed) expect(text).not.toContain(CANARY);
    expect(filesWith(project.folder, CANARY)).toEqual(['sandbox.out/objects.jsonl']);
  });

  it('misses a key that was stored and is gone, and makes no new one', async () => {
    const key = 'vault://secret/vpn/lab/aws/default/169.254.100.0';
    expect((await kakehashi(['secret', 'rm', key, '--yes'])).code).toBe(0);
    const applied = await kakehashi(['apply', '--yes']);
    expect(applied.code).toBe(1);
    expect(applied.stderr).toMatch(
      /lab: the pre-shared keys of aws\/default must be in Vault, because its connection exists; a new key would end its tunnels/,
    );
    expect(applied.stderr).toContain(key);
    expect((await kakehashi(['secret', 'list', 'vault://secret/vpn/lab/aws/default'])).stdout).toBe(
      '169.254.100.4\n',
    );
    project.edit(
      'sandbox.out/lab/lock.yml',
      ", preshared_keys: 'vault://secret/vpn' }\n  aws/osaka",
      ' }\n  aws/osaka',
    );
    const mended = await kakehashi(['apply', '--yes']);
    expect({ code: mended.code, stderr: mended.stderr }).toEqual({ code: 0, stderr: '' });
    expect((await kakehashi(['secret', 'get', key])).stdout).toMatch(/^[A-Za-z0-9._]{32}$/);
  });

  it('keeps the new key of a rotation', async () => {
    const key = 'vault://secret/vpn/lab/aws/default/169.254.100.0';
    const before = await kakehashi(['secret', 'get', key]);
    const rotated = await run(project.folder, [
      ...['gateway', 'rotate', 'lab', 'aws/default', '--tunnel', '169.254.100.0/30'],
      ...['--sandbox', '--yes'],
    ]);
    expect(rotated.code).toBe(0);
    const after = await kakehashi(['secret', 'get', key]);
    expect(after.stdout).not.toBe(before.stdout);
    expect(
      project.read('sandbox.out/gateway/198.51.100.20/etc/ipsec.d/kakehashi-lab-aws-default.secrets'),
    ).toContain(after.stdout);
  });

  it('is destroyed with all that it made', async () => {
    expect((await kakehashi(['destroy', '--yes'])).code).toBe(0);
    const { stdout } = await run(project.folder, ['sandbox', 'list', 'vault_mount']);
    expect(stdout).not.toMatch(/secret/);
  });
});

describe('a real run whose credentials are in a Vault', () => {
  let vault: ChildProcess;
  let address = '';
  const project = new ScriptedProject();
  const real = (...args: string[]) =>
    project.start(args, {
      VAULT_TOKEN: 'root-of-this-test',
      AWS_PROFILE: 'not-this-one',
      SCRIPTED_TERRAFORM_ENVIRONMENT: 'AWS_ACCESS_KEY_ID,AWS_SECRET_ACCESS_KEY,AWS_PROFILE',
      HOME: project.folder,
    });

  beforeAll(async () => {
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    vault = spawn(
      process.execPath,
      [
        ...[
          compiledCli(),
          'sandbox',
          'vault',
          '--listen',
          `127.0.0.1:${port}`,
          '--root-token',
          'root-of-this-test',
        ],
      ],
      { stdio: 'ignore', cwd: project.folder },
    );
    await untilAnswering(`${address}/v1/sys/health`);
    const put = async (mount: string, body: object) => {
      const answer = await fetch(`${address}/v1/${mount}`, {
        method: 'POST',
        headers: { 'X-Vault-Token': 'root-of-this-test' },
        body: JSON.stringify(body),
      });
      expect(answer.status).toBeLessThan(300);
    };
    const mounts = await fetch(`${address}/v1/sys/mounts`, {
      headers: { 'X-Vault-Token': 'root-of-this-test' },
    });
    if (!JSON.stringify(await mounts.json()).includes('"secret/"'))
      await put('sys/mounts/secret', { type: 'kv', options: { version: '1' } });
    await put('secret/aws/access_key', { value: 'AKIAEXAMPLE' });
    await put('secret/aws/secret_key', { value: CANARY });
    const catalog = project.read('catalog/dev.yml');
    project.write(
      'catalog/dev.yml',
      `${catalog}providers: { aws: { access_key: 'vault://secret/aws/access_key', secret_key: 'vault://secret/aws/secret_key' } }
vault: { address: '${address}', mounts: { secret: { version: 1 } } }\n`,
    );
  });

  afterAll(() => {
    vault?.kill();
    project.remove();
  });

  const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

  it('hands them to Terraform in its environment only, and masks whatever says them', async () => {
    project.play(
      INIT,
      planCreates('dev-aws-one', ['aws_vpc.Vpc'], { seconds: 2, say: [failure(`told ${CANARY}`)], exit: 1 }),
      planCreates('dev-aws-two', ['aws_vpc.Vpc']),
    );
    const { child, ended } = real('plan', 'dev', '--log-level', 'debug', '--json');
    const seen: string[] = [];
    const watch = setInterval(() => seen.push(...commandLinesBelow(child.pid)), 20);
    const { code, stdout, stderr } = await ended;
    clearInterval(watch);
    expect(code).toBe(1);
    expect(seen.some((line) => line.includes('plan'))).toBe(true);
    for (const line of seen) expect(line).not.toContain(CANARY);
    for (const { args, environment } of project.calls.filter((call) => call.args?.[0] === 'plan')) {
      expect({ args, environment }).toEqual({
        args,
        environment: { AWS_ACCESS_KEY_ID: digest('AKIAEXAMPLE'), AWS_SECRET_ACCESS_KEY: digest(CANARY) },
      });
    }
    expect(stdout).toContain('told (sensitive)');
    expect(stdout + stderr).not.toContain(CANARY);
    expect(filesWith(project.folder, CANARY).filter((name) => !name.startsWith('.script/'))).toEqual([]);
  });

  it('applies with them', async () => {
    project.play(
      INIT,
      planCreates('dev-aws-one', ['aws_vpc.Vpc']),
      planCreates('dev-aws-two', ['aws_vpc.Vpc']),
      applies('dev-aws-one', ['aws_vpc.Vpc'], {}),
      applies('dev-aws-two', ['aws_vpc.Vpc'], {}),
    );
    const { code } = await real('apply', 'dev', '--yes').ended;
    expect(code).toBe(0);
    const applied = project.calls.filter((call) => call.args?.[0] === 'apply');
    expect(applied.map(({ environment }) => environment?.AWS_SECRET_ACCESS_KEY)).toEqual([
      digest(CANARY),
      digest(CANARY),
    ]);
  });

  it('needs none of them to validate, to synthesize or in the sandbox', async () => {
    const without = { VAULT_TOKEN: '', HOME: project.folder };
    expect((await project.start(['validate', 'dev'], without).ended).code).toBe(0);
    expect((await project.start(['synth', 'dev'], without).ended).code).toBe(0);
  });

  it('says in one line which reference is not there, before Terraform is started', async () => {
    const header = { 'X-Vault-Token': 'root-of-this-test' };
    await fetch(`${address}/v1/secret/aws/secret_key`, { method: 'DELETE', headers: header });
    project.play();
    const { code, stderr } = await real('plan', 'dev').ended;
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toMatch(/^kakehashi: vault:\/\/secret\/aws\/secret_key: /);
    expect(project.commands).toEqual([]);
  });
});

function run(
  folder: string,
  args: readonly string[],
  input = '',
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number | null; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, [compiledCli(), ...args], {
    cwd: folder,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stdout, stderr })));
}

/** The command lines of a process and of all that it started. */
function commandLinesBelow(pid: number | undefined): readonly string[] {
  if (pid === undefined) return [];
  try {
    const own = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    return [
      own,
      ...children.filter((child) => child !== '').flatMap((child) => commandLinesBelow(Number(child))),
    ];
  } catch {
    return [];
  }
}
