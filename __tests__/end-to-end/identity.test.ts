import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { compiledCli } from '../support/compiled';
import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(180_000);

const SITE = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, subnets: [10.0.2.0/24], asn: 65000 }
`;

const vpc = (name: string, block: number, more = ''): string => `  ${name}:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.${block}.2.0/24
${more}    create: { vpc_cidr: 172.${block}.0.0/16, public_subnet: 172.${block}.1.0/24, ingress: [] }
`;

const subnet = (name: string, host: string, block: number, more = ''): string => `  ${name}:
    private_network_ipmask: 172.${block}.3.0/24
${more}    create: { within: ${host} }
`;

const formerly = (name: string): string => `    formerly: ${name}\n`;
const catalog = (...entries: readonly string[]): string => `${SITE}aws:\n${entries.join('')}`;

/** A project of its own, with one environment. */
class Sandbox extends Project {
  constructor(readonly text: string) {
    super({ 'catalog/one.yml': text });
    for (const name of ['base', 'dev', 'staging', 'prod']) rmSync(join(this.folder, `catalog/${name}.yml`));
  }

  set(text: string): void {
    this.write('catalog/one.yml', text);
  }

  sandbox(...args: readonly string[]): ReturnType<Project['kakehashi']> {
    return this.kakehashi(...args, '--sandbox');
  }

  get lock(): string {
    return this.read('sandbox.out/one/lock.yml');
  }

  lineage(stack: string): string {
    return (JSON.parse(this.read(`sandbox.out/one/state/${stack}.tfstate`)) as { lineage: string }).lineage;
  }

  async ids(type: string): Promise<readonly string[]> {
    const { stdout } = await this.kakehashi('sandbox', 'list', type, '--json');
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { id: string }).id)
      .sort();
  }

  /** The gateway's files without their comments. */
  gatewayFiles(): Readonly<Record<string, string>> {
    const folder = join(this.folder, 'sandbox.out/gateway/198.51.100.10');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
      .sort();
    return Object.fromEntries(
      names.map((name) => [
        name,
        readFileSync(name, 'utf8')
          .split('\n')
          .filter((line) => !line.startsWith('#'))
          .join('\n'),
      ]),
    );
  }

  /** What `terraform show -json` has of the saved plan of a stack: the attributes that change, by address. */
  async changes(stack: string): Promise<Readonly<Record<string, readonly string[]>>> {
    const text = this.read('sandbox.out/one/plan.md');
    expect(text).toContain(stack);
    const folder = join(this.folder, 'sandbox.out/one/synth/stacks', stack);
    const { stdout } = await this.kakehashi(
      'sandbox',
      '--',
      'terraform',
      `-chdir=${folder}`,
      'show',
      '-json',
      'kakehashi.tfplan',
    );
    const plan = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
      resource_changes: readonly {
        address: string;
        change: {
          actions: readonly string[];
          before: Record<string, unknown>;
          after: Record<string, unknown>;
        };
      }[];
    };
    return Object.fromEntries(
      plan.resource_changes
        .filter(({ change }) => change.actions.join() !== 'no-op')
        .map(({ address, change: { actions, before, after } }) => [
          address,
          actions.join() === 'update'
            ? Object.keys(after).filter(
                (name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]),
              )
            : actions,
        ]),
    );
  }
}

describeWith('terraform', 'what was only planned', () => {
  test('may change its region, and leave the lock file', async () => {
    const project = new Sandbox(
      catalog(vpc('default', 30).replaceAll('ap-northeast-1', 'us-west-2'), vpc('old', 31)),
    );
    expect((await project.sandbox('plan', 'one')).code).toBe(2);
    expect(project.lock).toMatch(/one-aws-default: .* region: us-west-2/);
    project.set(catalog(vpc('default', 30)));
    const validated = await project.sandbox('validate', 'one');
    expect(validated.code).toBe(0);
    expect(validated.stdout).toContain(
      'catalog/one.yml:5:17: warning: aws.default.aws_region: must stay us-west-2, where the lock file has one-aws-default',
    );
    const planned = await project.sandbox('plan', 'one');
    expect(planned.code).toBe(2);
    expect(planned.stdout).toContain(
      'one-aws-default: was planned and never applied: the lock file takes what the catalog says now\n',
    );
    expect(planned.stdout).toContain('one-aws-old: was planned and never applied: it leaves the lock file\n');
    expect(project.lock).toMatch(/one-aws-default: .* region: ap-northeast-1/);
    expect(project.lock).not.toContain('old');
    expect((await project.sandbox('apply', 'one', '--yes')).code).toBe(0);
    // Now it is there, and stays.
    project.set(catalog(vpc('default', 30).replaceAll('ap-northeast-1', 'us-west-2')));
    const refused = await project.sandbox('plan', 'one');
    expect(refused.code).toBe(1);
    expect(refused.stdout).toContain(
      'catalog/one.yml:5:17: aws.default.aws_region: must stay ap-northeast-1, where the lock file has one-aws-default, got "us-west-2"',
    );
    expect(refused.stdout).not.toContain('ever applied');
    // After it is destroyed, it may be built elsewhere.
    project.set(catalog(vpc('default', 30)));
    expect((await project.sandbox('destroy', 'one', '--yes')).code).toBe(0);
    project.set(catalog(vpc('default', 30).replaceAll('ap-northeast-1', 'us-west-2')));
    expect((await project.sandbox('plan', 'one')).code).toBe(2);
  });

  test('blocks nobody when its file is deleted or broken', async () => {
    const project = new Sandbox(catalog(vpc('default', 30)));
    const other = catalog(vpc('other', 28));
    project.write('catalog/two.yml', other);
    expect((await project.sandbox('plan', 'two')).code).toBe(2);
    project.write('catalog/two.lock.yml', project.read('sandbox.out/two/lock.yml'));
    project.write('catalog/two.yml', other.replace('172.28.2.0/24', 'nonsense'));
    const applied = await project.sandbox('apply', 'one', '--yes');
    expect(applied.code).toBe(0);
    expect(applied.stderr).toContain('two: its catalog is broken; nothing of it was applied');
    expect(project.has('sandbox.out/gateway/198.51.100.10/INSTALL.md')).toBe(true);
    rmSync(join(project.folder, 'catalog/two.yml'));
    const planned = await project.sandbox('plan', 'one');
    expect(planned.code).toBe(0);
    expect(planned.stdout).toContain('catalog/two.lock.yml:1:1: warning: ');
    expect(planned.stdout).toContain('if it was only planned, remove the lock file');
  });

  test('leaves no folder where a name is invalid', async () => {
    const project = new Sandbox(catalog(vpc('default', 30)));
    const before = readdirSync(project.folder).sort();
    project.write('catalog/Upper.yml', catalog(vpc('default', 27)));
    expect((await project.sandbox('plan', 'Upper')).code).toBe(1);
    expect((await project.sandbox('plan', 'nowhere')).code).toBe(64);
    project.set(catalog(vpc('9lives', 30)));
    for (const command of ['plan', 'apply', 'destroy', 'entries', 'gateway', 'status', 'synth'])
      expect((await project.sandbox(command, 'one')).code).toBe(1);
    expect(readdirSync(project.folder).sort()).toEqual(before);
  });
});

describeWith('terraform', 'a network that is renamed with formerly', () => {
  const project = new Sandbox(catalog(vpc('default', 30), subnet('second', 'default', 30)));
  const renamed = catalog(
    vpc('tokyo', 30, formerly('default')),
    subnet('tokyo_b', 'tokyo', 30, formerly('second')),
  );

  test('keeps what exists: the plan changes tags only', async () => {
    expect((await project.sandbox('apply', 'one', '--yes')).code).toBe(0);
    const before = { lineage: project.lineage('one-aws-default'), vpcs: await project.ids('aws_vpc') };
    project.set(renamed);
    const frozen = await project.sandbox('plan', 'one', '--frozen');
    expect(frozen.code).toBe(1);
    expect(frozen.stderr).toContain('sandbox.out/one/lock.yml: would be changed, but it is frozen');
    const planned = await project.sandbox('plan', 'one');
    expect(planned.code).toBe(2);
    const changes = await project.changes('one-aws-default');
    expect(Object.keys(changes).length).toBeGreaterThan(10);
    for (const changed of Object.values(changes)) {
      expect(changed.filter((name) => name !== 'tags' && name !== 'tags_all')).toEqual([]);
    }
    expect(project.lock).toContain('entry: aws/tokyo, keys: { aws/tokyo: default, aws/tokyo_b: second }');
    // The gateway's files are those of what is applied, under whatever name.
    const files = project.gatewayFiles();
    expect((await project.sandbox('gateway', 'one')).code).toBe(0);
    expect(project.gatewayFiles()).toEqual(files);
    expect((await project.sandbox('apply', 'one', '--yes', '--frozen')).code).toBe(0);
    expect(project.gatewayFiles()).toEqual(files);
    expect({ lineage: project.lineage('one-aws-default'), vpcs: await project.ids('aws_vpc') }).toEqual(
      before,
    );
    expect(
      readdirSync(join(project.folder, 'sandbox.out/one/state')).filter((name) => /tfstate$/.test(name)),
    ).toEqual(['one-aws-default.tfstate']);
    expect(project.read('sandbox.out/one/vpn_catalog.yml')).toMatch(/^ {2}tokyo:\n[\s\S]*^ {2}tokyo_b:\n/m);
    expect((await project.sandbox('plan', 'one', '--frozen')).code).toBe(0);
  });

  test('is done with, when the key is gone; and rotates its keys under its new name', async () => {
    project.set(renamed.replace(/ {4}formerly.*\n/g, ''));
    expect((await project.sandbox('plan', 'one', '--frozen')).code).toBe(0);
    expect((await project.sandbox('plan', 'one')).code).toBe(0);
    const rotate = ['gateway', 'rotate', 'one', 'aws/tokyo', '--tunnel', '169.254.100.4/30', '--yes'];
    expect((await project.sandbox(...rotate)).code).toBe(0);
    expect((await project.sandbox('plan', 'one')).code).toBe(0);
    const { stdout } = await project.sandbox('status', 'one');
    expect(stdout).toContain('aws/tokyo');
  });

  test('leaves its old name to a new network, and swaps names with it', async () => {
    const lineage = project.lineage('one-aws-default');
    project.set(catalog(vpc('tokyo', 30), subnet('tokyo_b', 'tokyo', 30), vpc('default', 31)));
    expect((await project.sandbox('apply', 'one', '--yes')).code).toBe(0);
    expect(project.lock).toContain('one-aws-default-2: { kind: aws-network');
    const vpcs = await project.ids('aws_vpc');
    expect(vpcs).toHaveLength(2);
    project.set(
      catalog(
        vpc('default', 30, formerly('tokyo')),
        subnet('tokyo_b', 'default', 30),
        vpc('tokyo', 31, formerly('default')),
      ),
    );
    const planned = await project.sandbox('plan', 'one');
    expect(planned.code).toBe(2);
    for (const stack of ['one-aws-default', 'one-aws-default-2']) {
      const changed = new Set(Object.values(await project.changes(stack)).flat());
      expect([...changed].sort()).toEqual(['tags', 'tags_all']);
    }
    expect((await project.sandbox('apply', 'one', '--yes')).code).toBe(0);
    expect(await project.ids('aws_vpc')).toEqual(vpcs);
    expect(project.lineage('one-aws-default')).toBe(lineage);
    // Planned again with the keys still there, nothing is swapped back.
    expect((await project.sandbox('plan', 'one')).code).toBe(0);
    const entries = project.read('sandbox.out/one/vpn_catalog.yml');
    expect(entries).toMatch(/ {2}default:\n[\s\S]*?private_network_ipmask: 172\.30\.2\.0\/24/);
    expect((await project.sandbox('destroy', 'one', '--yes')).code).toBe(0);
    expect(await project.ids('aws_vpc')).toEqual([]);
  });
});

describeWith('terraform', 'a mount of Vault that is renamed with formerly', () => {
  const vault = (mounts: string): string =>
    `cci_version: '1.0'\nvault: { address: 'http://127.0.0.1:8200', mounts: { ${mounts} } }\n`;

  test('moves with its secrets', async () => {
    const project = new Sandbox(vault('secret: { create: {} }'));
    expect((await project.sandbox('apply', 'one', '--yes')).code).toBe(0);
    const lineage = project.lineage('one-vault');
    const command = `printf AKIAEXAMPLE | ${process.execPath} ${compiledCli()} secret put vault://secret/aws/access_key --env one --sandbox`;
    const put = await project.run('sh', ['-c', command]);
    expect(put.stderr).toBe('');
    project.set(vault('team/kv: { formerly: secret, create: {} }'));
    const planned = await project.sandbox('plan', 'one');
    expect(planned.code).toBe(2);
    expect(planned.stdout).not.toMatch(/DESTROYED|REPLACED/);
    expect(await project.changes('one-vault')).toEqual({ 'vault_mount.Mounts_secret': ['path'] });
    expect((await project.sandbox('apply', 'one', '--yes')).code).toBe(0);
    const got = await project.sandbox('secret', 'get', 'vault://team/kv/aws/access_key', '--env', 'one');
    expect(got.stdout).toContain('AKIAEXAMPLE');
    expect(project.lineage('one-vault')).toBe(lineage);
    project.set(vault('team/kv: { create: {} }'));
    expect((await project.sandbox('plan', 'one')).code).toBe(0);
    project.set(vault(''));
    const gone = await project.sandbox('plan', 'one');
    expect(gone.stdout).toContain('mount team/kv is DESTROYED, with ALL SECRETS in it');
  });
});
