import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/catalog-folder';
import { freePort, untilAnswering } from '../support/ports';
import { programWithKinds } from '../support/program-with-kind';
import { describeWith } from '../support/programs';
import { StateServer } from '../support/state-server';

jest.setTimeout(300_000);

const entry = (name: string, room: string, block: number, more = ''): string => `  ${name}:
    room: ${room}
${more}    create: { cidr: 10.${block}.0.0/16 }
`;

const catalog = (backend: string, ...entries: readonly string[]): string => `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 203.0.113.7 }
backend: ${backend}
lab:
${entries.join('')}`;

const program = (() => {
  let compiled: string | undefined;
  return () => {
    compiled ??= programWithKinds();
    return compiled;
  };
})();

/** A project whose states are in a backend; commands run beside this process, which may serve them. */
class BackendProject {
  readonly folder: string;
  /** What the command that was begun last has printed so far. */
  private said = '';

  constructor(
    private readonly env: NodeJS.ProcessEnv = {},
    folder?: string,
  ) {
    this.folder = folder ?? temporaryFolder({ 'catalog/dev.yml': '' });
  }

  set(text: string): void {
    writeFileSync(join(this.folder, 'catalog/dev.yml'), text);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  run(...args: readonly string[]): Promise<{ readonly code: number | null; readonly text: string }> {
    const env = { ...process.env, NO_COLOR: '1', ...this.env };
    const child = spawn(process.execPath, [program(), ...args], { cwd: this.folder, env });
    let text = '';
    this.said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        this.said = text;
      });
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, text })));
  }

  /** Waits until the command that runs has printed a text. */
  async until(text: string): Promise<void> {
    for (let tries = 0; !this.said.includes(text); tries += 1) {
      if (tries > 600) throw new Error(`does not say ${text}: ${this.said}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  gatewayFiles(): Readonly<Record<string, string>> {
    const folder = join(this.folder, 'out/gateway/203.0.113.7');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true });
    const names = files.filter((file) => file.isFile()).map((file) => join(file.parentPath, file.name));
    const text = (name: string) => readFileSync(name, 'utf8').replace(/^#.*\n/gm, '');
    return Object.fromEntries(names.sort().map((name) => [name, text(name)]));
  }
}

interface Backend {
  readonly text: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The keys of all states, with their texts. */
  readonly states: (project: BackendProject) => Promise<ReadonlyMap<string, string>>;
}

/** The same on every backend: a name is corrected before anything is applied, then changed twice after. */
async function renames({ text, env, states }: Backend): Promise<void> {
  const project = new BackendProject(env);
  const lineages = async () =>
    [...(await states(project))].map(
      ([key, state]) => [key, (JSON.parse(state) as { lineage: string }).lineage] as const,
    );
  project.set(catalog(text, entry('one', 'r9', 40), entry('mistake', 'r102', 41)));
  expect((await project.run('plan', 'dev')).code).toBe(2);
  project.set(catalog(text, entry('one', 'r101', 40), entry('two', 'r102', 41)));
  const planned = await project.run('plan', 'dev');
  expect(planned.text).toContain('dev-lab-one: was planned and never applied: the lock file takes');
  expect(planned.text).toContain('dev-lab-mistake: was planned and never applied: it leaves the lock file');
  expect(planned.code).toBe(2);
  expect((await project.run('apply', 'dev', '--yes')).code).toBe(0);
  const before = await lineages();
  const files = project.gatewayFiles();
  expect(before).toHaveLength(2);

  project.set(catalog(text, entry('one', 'r9', 40), entry('two', 'r102', 41)));
  const moved = await project.run('plan', 'dev');
  expect([moved.code, moved.text]).toEqual([1, expect.stringContaining('lab.one.room: must stay r101')]);

  project.set(
    catalog(
      text,
      entry('two', 'r101', 40, '    formerly: one\n'),
      entry('one', 'r102', 41, '    formerly: two\n'),
    ),
  );
  const renamed = await project.run('plan', 'dev');
  expect(renamed.text).toMatch(/dev-lab-one +outputs +no resource changes/);
  expect(renamed.text).toContain('\n          ~ lab/two:\n');
  // The host's files bear the names that the networks were born with: nothing is to be done there.
  expect(renamed.text).not.toContain('\ngateway   ');
  expect((await project.run('gateway', 'dev')).code).toBe(0);
  expect(project.gatewayFiles()).toEqual(files);
  expect((await project.run('apply', 'dev', '--yes', '--frozen')).code).toBe(0);
  expect(await lineages()).toEqual(before);
  expect(project.gatewayFiles()).toEqual(files);
  expect(project.read('out/dev/vpn_catalog.yml')).toMatch(
    / {2}two:\n.*\n {4}private_network_ipmask: 10\.40\./,
  );
  expect((await project.run('plan', 'dev')).code).toBe(0);
  expect((await project.run('destroy', 'dev', '--yes')).code).toBe(0);
}

describeWith('terraform', 'a rename keeps the state and its key', () => {
  test('on the local backend', () =>
    renames({
      text: '{ type: local }',
      states: async ({ folder }) => {
        const names = readdirSync(join(folder, 'state/dev')).filter((name) => name.endsWith('.tfstate'));
        return new Map(names.map((name) => [name, readFileSync(join(folder, 'state/dev', name), 'utf8')]));
      },
    }));

  test('on the http backend', async () => {
    const server = new StateServer();
    const address = await server.start();
    try {
      await renames({ text: `{ type: http, address: '${address}' }`, states: async () => server.states });
      expect([...server.states.keys()].sort()).toEqual(['/kakehashi-dev-lab-one', '/kakehashi-dev-lab-two']);
    } finally {
      server.stop();
    }
  });

  describeWith('moto_server', 'on the s3 backend', () => {
    let moto: ChildProcess;
    let url = '';
    beforeAll(async () => {
      const port = await freePort();
      url = `http://127.0.0.1:${port}`;
      moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
      await untilAnswering(`${url}/moto-api/`);
      await fetch(`${url}/states`, { method: 'PUT' });
    });
    afterAll(() => {
      moto?.kill();
    });

    /** Five machines, or two where only the usual tests run. */
    const MACHINES = process.env.LIVE === 'all' ? 5 : 2;
    const NETWORKS = process.env.LIVE === 'all' ? 10 : 3;

    const backendOf = (prefix: string) =>
      `{ type: s3, bucket: states, prefix: ${prefix}, region: us-east-1, use_lockfile: true, use_path_style: true, skip_credentials_validation: true, skip_requesting_account_id: true, skip_metadata_api_check: true, skip_s3_checksum: true, endpoints: { s3: '${url}' } }`;

    test('of moto, on which several machines do one environment', async () => {
      const entries = Array.from({ length: NETWORKS }, (_, index) =>
        entry(`net${index}`, `r${index}`, 40 + index),
      );
      const env = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' };
      const first = new BackendProject(env);
      first.set(catalog(backendOf('together'), ...entries));
      const alone = await first.run('plan', 'dev');
      const git = (folder: string, ...args: readonly string[]) =>
        execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.example', ...args], { cwd: folder });
      git(first.folder, 'init', '-q');
      git(first.folder, 'add', 'catalog');
      git(first.folder, 'commit', '-q', '-m', 'A catalog with its lock');
      const whole = await first.run('plan', 'dev', '--frozen', '--export', 'records');
      const digest = /k1:[0-9a-f]{64}/.exec(whole.text)?.[0];
      expect([alone.code, whole.code, digest]).toEqual([2, 2, expect.stringMatching(/^k1:/)]);

      const machines = Array.from({ length: MACHINES }, () => {
        const folder = join(temporaryFolder(), 'clone');
        git(first.folder, 'clone', '-q', first.folder, folder);
        return new BackendProject(env, folder);
      });
      const part = (index: number) => `${index + 1}/${MACHINES}`;
      const planned = await Promise.all(
        machines.map((machine, index) =>
          machine.run('plan', 'dev', '--shard', part(index), '--frozen', '--export', 'records'),
        ),
      );
      expect(planned.map(({ code }) => code === 0 || code === 2)).toEqual(machines.map(() => true));
      const records = temporaryFolder();
      for (const [index, machine] of machines.entries())
        cpSync(join(machine.folder, 'records'), join(records, `machine-${index}`), { recursive: true });
      const stacks = readdirSync(records, { recursive: true, encoding: 'utf8' }).filter((name) =>
        name.endsWith('.stack.json'),
      );
      // No stack was planned twice, and none was left out.
      expect(stacks.map((name) => name.split('/')[1]).sort()).toEqual(
        entries.map((_, index) => `dev-lab-net${index}.stack.json`).sort(),
      );

      const applied = await Promise.all(
        machines.map((machine, index) =>
          machine.run(
            'apply',
            'dev',
            '--shard',
            part(index),
            '--frozen',
            '--reviewed',
            `${records}/`,
            '--yes',
          ),
        ),
      );
      const texts = applied.map(({ text }) => text).join('');
      expect([applied.map(({ code }) => code), texts]).toEqual([
        machines.map(() => 0),
        expect.stringContaining(`review    ${digest}`),
      ]);
      const done = [...texts.matchAll(/✓ (dev-lab-net\d+)/g)].map(([, stack]) => stack);
      expect(done.sort()).toEqual(entries.map((_, index) => `dev-lab-net${index}`).sort());

      const printed = await Promise.all(
        [first, machines[0] as BackendProject].map((one) => one.run('entries', 'dev')),
      );
      const wanted = entries.map(
        (_, index) => `  net${index}:\n    lab_id: ID\n    private_network_ipmask: 10.${40 + index}.0.0/16\n`,
      );
      for (const { text } of printed)
        expect(text.replace(/lab_id: \S+/g, 'lab_id: ID')).toBe(
          `cci_version: '1.0'\nlab:\n${wanted.join('')}`,
        );
      const authorization =
        'AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=x';
      const bucket = await (
        await fetch(`${url}/states?prefix=together`, { headers: { authorization } })
      ).text();
      expect(bucket).not.toContain('.tflock');
      expect([...bucket.matchAll(/<Key>/g)]).toHaveLength(NETWORKS);
    });

    test('of moto, on which two machines apply one review: one of them does, and the other says that', async () => {
      const env = { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' };
      const first = new BackendProject(env);
      first.set(catalog(backendOf('race'), entry('one', 'r1', 40)));
      expect((await first.run('plan', 'dev', '--export', 'records')).code).toBe(2);
      const second = new BackendProject(env, join(temporaryFolder(), 'copy'));
      cpSync(first.folder, second.folder, { recursive: true });
      // It begins to apply when the other one has ended.
      const wait = join(second.folder, 'terraform-that-waits');
      const script = `#!/bin/sh\ncase " $* " in *" apply "*) while [ ! -e "${second.folder}/go" ]; do sleep 0.1; done ;; esac\nexec terraform "$@"\n`;
      writeFileSync(wait, script, { mode: 0o755 });
      const apply = ['apply', 'dev', '--yes', '--frozen', '--reviewed', 'records/'];
      const late = second.run(...apply, '--terraform-bin', wait);
      await second.until('apply     · dev-lab-one');
      const won = await first.run(...apply);
      writeFileSync(join(second.folder, 'go'), '');
      const lost = await late;
      expect([won.code, won.text]).toEqual([0, expect.stringContaining('✓ dev-lab-one')]);
      expect([lost.code, lost.text]).toEqual([
        1,
        expect.stringContaining(
          'another run has changed the state since this plan was made; nothing of this plan was applied',
        ),
      ]);
      const again = await second.run(...apply);
      expect([again.code, again.text]).toEqual([
        0,
        expect.stringContaining('nothing left to do: dev-lab-one'),
      ]);
    });

    test('of moto', () =>
      renames({
        text: `{ type: s3, bucket: states, region: us-east-1, use_path_style: true, skip_credentials_validation: true, skip_requesting_account_id: true, skip_metadata_api_check: true, skip_s3_checksum: true, endpoints: { s3: '${url}' } }`,
        env: { AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' },
        states: async () => {
          const keys = ['kakehashi/dev/dev-lab-one', 'kakehashi/dev/dev-lab-two'];
          // moto checks that there is a signature, and not which.
          const authorization =
            'AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=x';
          const get = async (key: string) =>
            (await fetch(`${url}/states/${key}`, { headers: { authorization } })).text();
          const texts = await Promise.all(keys.map(get));
          return new Map(keys.map((key, index) => [key, texts[index] ?? '']));
        },
      }));
  });
});
