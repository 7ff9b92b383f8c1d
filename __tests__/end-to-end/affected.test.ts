import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli } from '../support/compiled';
import type { Finished } from '../support/project';
import { Project } from '../support/project';

jest.setTimeout(120_000);

const BASE = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
`;

const network = (name: string, block: number, more = '') => `  ${name}:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.${block}.2.0/24
    create: { vpc_cidr: 172.${block}.0.0/16, public_subnet: 172.${block}.1.0/24${more} }
`;

const DEV = `cci_version: '1.0'
extends: base.yml
aws:
${network('default', 30)}${network('other', 29)}node_groups:
  workers: { network: aws/default, nodes: 1, ssh_public_keys: [ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ4xOe8mCB2hiOQMn7AkD2YcXwN2SJwQ1mrOHqp1dQhZ] }
sakura:
  default: { sakura_zone: tk1a, sakura_local_switch_id: '112900000000', sakura_private_subnet_gateway_ip: 172.23.1.1, private_network_ipmask: 172.23.1.0/24 }
`;

/** At the same gateway. */
const STAGING = `cci_version: '1.0'\nextends: base.yml\naws:\n${network('default', 27)}`;

/** At a gateway of its own. */
const PROD = `cci_version: '1.0'
site: { controller: 10.9.2.15/24, public_ip: 198.51.100.99, asn: 65000 }
aws:
${network('default', 26)}`;

const CATALOGS = {
  'catalog/base.yml': BASE,
  'catalog/dev.yml': DEV,
  'catalog/staging.yml': STAGING,
  'catalog/prod.yml': PROD,
};

/** A project with these catalogs alone, in a repository whose branch `main` has them. */
class Repository extends Project {
  constructor(files: Readonly<Record<string, string>> = CATALOGS) {
    super(files, temporaryFolder());
    this.git('init', '-q', '-b', 'main');
    this.commit('base');
  }

  git(...args: string[]): string {
    const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'protocol.file.allow=always'];
    return execFileSync('git', [...who, ...args], {
      cwd: this.folder,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  }

  commit(message: string): string {
    this.git('add', '-A');
    this.git('commit', '-q', '--allow-empty', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }

  /** Runs `affected` without what a CI system that runs this test has set. */
  affected(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<Finished> {
    const clean = Object.fromEntries(
      Object.keys(process.env)
        .filter((name) => /^(GITHUB_|CI_|GIT_)/.test(name))
        .map((name) => [name, '']),
    );
    return this.run(process.execPath, [compiledCli(), 'affected', ...args], { ...clean, ...env });
  }
}

interface Item {
  readonly environment: string;
  readonly shard: string;
  readonly stacks: readonly string[];
}

async function matrix(project: Repository, ...args: readonly string[]): Promise<readonly Item[]> {
  const { code, stdout, stderr } = await project.affected(['--json', ...args]);
  expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.trim().split('\n')).toHaveLength(1);
  return (JSON.parse(stdout) as { include: Item[] }).include;
}

const stacksIn = (items: readonly Item[]) =>
  Object.fromEntries(items.map(({ environment, stacks }) => [environment, stacks]));

describe('kakehashi affected', () => {
  it('names nothing where nothing but comments, order and spelled-out defaults differ, and touches no file', async () => {
    const project = new Repository();
    const index = project.git('status', '--porcelain', '--ignored');
    project.write(
      'catalog/dev.yml',
      `# new words\n${DEV.replace(network('default', 30) + network('other', 29), network('other', 29) + network('default', 30, ', flow_logs: false'))}`,
    );
    project.write('cdktf.json', JSON.stringify(JSON.parse(project.read('cdktf.json')), null, 4));
    expect(await matrix(project)).toEqual([]);
    const text = await project.affected();
    expect(text.stdout).toMatch(/^base {6}[0-9a-f]{12}, the merge base with main\nnothing is affected\n$/);
    project.git('checkout', '-q', '.');
    expect(project.git('status', '--porcelain', '--ignored')).toBe(index);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('kakehashi-affected-'))).toEqual([]);
  });

  it('names a changed stack, what requires it, and who shares its gateway; not another gateway', async () => {
    const project = new Repository();
    project.write(
      'catalog/dev.yml',
      DEV.replace(network('default', 30), network('default', 30, ', vpn: { crypto: compatible }')),
    );
    const { stdout } = await project.affected();
    expect(stdout).toContain('dev: 2 of 3 stacks\n');
    expect(stdout).toMatch(
      /dev-aws-default +its Terraform differs: aws_vpn_connection\.Vpn_Connection, output\./,
    );
    expect(stdout).toMatch(/dev-nodes-workers +requires dev-aws-default\n/);
    expect(stdout).toMatch(/staging-aws-default +ends at the gateway 198\.51\.100\.10, where dev changes\n/);
    expect(stdout).not.toContain('prod');
    expect(stdout).not.toContain('dev-aws-other');
    expect(stacksIn(await matrix(project))).toEqual({
      dev: ['dev-aws-default', 'dev-nodes-workers'],
      staging: ['staging-aws-default'],
    });
    const shards = await matrix(project, '--shard-size', '1');
    expect(shards.map(({ environment, shard }) => `${environment} ${shard}`)).toEqual([
      'dev 1/3',
      'dev 2/3',
      'dev 3/3',
      'staging 1/1',
    ]);
    expect(shards.flatMap(({ stacks }) => stacks).sort()).toEqual([
      'dev-aws-default',
      'dev-nodes-workers',
      'staging-aws-default',
    ]);
  });

  it('names what is new, what leaves the catalog, what is in the base alone, and whole environments', async () => {
    const project = new Repository();
    // Another group, one network less that no lock file knows, and one less that it knows.
    project.write(
      'catalog/dev.lock.yml',
      'version: 1\nstacks:\n  dev-aws-other: { kind: aws-network, provider: aws, region: ap-northeast-1, backend: local }\ntunnels: {}\n',
    );
    project.commit('with a lock');
    project.git('checkout', '-q', '-b', 'change');
    project.write('catalog/dev.yml', DEV.replace(network('other', 29), '').replace('workers:', 'others:'));
    project.write(
      'catalog/new.yml',
      PROD.replace('198.51.100.99', '198.51.100.98').replaceAll('172.26', '172.25'),
    );
    rmSync(join(project.folder, 'catalog/prod.yml'));
    const { stdout, code } = await project.affected();
    expect(code).toBe(0);
    expect(stdout).toMatch(/dev-aws-other +leaves the catalog\n/);
    expect(stdout).toMatch(/dev-nodes-others +is new\n/);
    expect(stdout).toMatch(
      /dev-nodes-workers +is only in the base: neither catalog nor lock file have it any more\n/,
    );
    expect(stdout).toContain('new: 1 of 1 stack\n  is new\n  new-aws-default\n');
    expect(stdout).toContain("prod: has no catalog any more, and can't be planned\n  prod-aws-default ");
    // What has no catalog can't be planned by a job.
    expect(Object.keys(stacksIn(await matrix(project)))).toEqual(['dev', 'new', 'staging']);
  });

  it('counts what is not committed and what Git does not know, and finds the default branch', async () => {
    const project = new Repository();
    project.git('checkout', '-q', '-b', 'change');
    project.write('catalog/dev.yml', DEV.replace('tk1a', 'is1b'));
    project.commit('committed');
    project.write(
      'catalog/untracked.yml',
      PROD.replace('198.51.100.99', '198.51.100.98').replaceAll('172.26', '172.25'),
    );
    project.edit('catalog/staging.yml', 'create: {', 'create: { flow_logs: true,');
    const items = stacksIn(await matrix(project));
    expect(items).toMatchObject({ untracked: ['untracked-aws-default'], staging: ['staging-aws-default'] });
    const { stdout } = await project.affected();
    expect(stdout).toContain('  entries of its catalog differ: sakura/default\n');
    project.git('branch', '-q', '-m', 'main', 'trunk');
    const lost = await project.affected();
    expect(lost.code).toBe(1);
    expect(lost.stderr).toBe(
      'kakehashi: there is no default branch to compare with: looked for origin/HEAD, origin/main, origin/master, main, master; name a commit with --base, for instance --base HEAD~1\n',
    );
    expect((await project.affected(['--base', 'trunk'])).code).toBe(0);
  });

  it('counts rules of the user, packages, the dependency lock and cdktf.json', async () => {
    const lock = (version: string) =>
      `# comment\nprovider "registry.terraform.io/hashicorp/aws" {\n  version = "${version}"\n  hashes = [\n    "h1:a",\n  ]\n}\n`;
    const project = new Repository({ ...CATALOGS, '.terraform.lock.hcl': lock('5.100.0') });
    project.write('.terraform.lock.hcl', lock('5.100.0').replace('# comment', '# other'));
    expect(await matrix(project)).toEqual([]);
    project.write('.terraform.lock.hcl', lock('6.25.0'));
    const { stdout } = await project.affected();
    expect(stdout).toContain(
      'prod: 1 of 1 stack\n  prod-aws-default   hashicorp/aws goes from 5.100.0 to 6.25.0 in .terraform.lock.hcl\n',
    );
    project.git('checkout', '-q', '.');
    project.write('policy/ports.mjs', 'export default [];\n');
    project.write('package.json', '{"dependencies":{"kakehashi":"1.0.0","left-pad":"1.0.0"}}');
    expect((await project.affected()).stdout).toContain(
      'prod: 1 of 1 stack\n  the package kakehashi goes from none to 1.0.0\n  policy/ports.mjs differs\n  prod-aws-default\n',
    );
    rmSync(join(project.folder, 'policy'), { recursive: true });
    rmSync(join(project.folder, 'package.json'));
    project.edit('catalog/prod.yml', 'aws:', 'policy: { max_nodes: 3 }\naws:');
    expect((await project.affected()).stdout).toContain('prod: 1 of 1 stack\n  its policy differs\n');
  });

  it('says what is wrong with the working tree, and compares with a base that is not valid', async () => {
    const project = new Repository();
    project.edit('catalog/prod.yml', 'create: {', 'create: { egress: sideways,');
    project.commit('broken');
    const broken = await project.affected(['--json', '--base', 'HEAD~1']);
    expect(broken.code).toBe(1);
    expect(broken.stdout).toBe('{"include":[]}\n');
    expect(broken.stderr).toContain('catalog/prod.yml:8:23: aws.default.create.egress');
    project.edit('catalog/prod.yml', 'egress: sideways,', '');
    const { stdout, code } = await project.affected(['--base', 'HEAD']);
    expect(code).toBe(0);
    expect(stdout).toContain(
      "can't be compared, because its catalog is not valid in the base: must be one of",
    );
    expect(stdout).not.toContain(tmpdir());
  });

  it('works in a folder of the repository, with a link, a submodule and a shallow clone, or says what to do', async () => {
    const project = new Repository({ 'README.md': 'x' });
    rmSync(join(project.folder, 'catalog'), { recursive: true });
    const lab = new Repository(CATALOGS);
    project.git('submodule', '--quiet', 'add', lab.folder, 'lab');
    project.commit('with a project in a submodule');
    const inside = join(project.folder, 'lab');
    writeFileSync(join(inside, 'catalog/prod.yml'), PROD.replace('create: {', 'create: { flow_logs: true,'));
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', 'commit', '-qam', 'change'], {
      cwd: inside,
    });
    // From the outer repository the folder of catalogs is in the submodule, at the commit that the base names.
    const outer = await project.affected(['--catalog', 'lab/catalog', '--base', 'HEAD']);
    expect(outer.stdout).toContain('prod: 1 of 1 stack\n');
    expect(outer.stdout).toContain('aws_flow_log');
    rmSync(join(project.folder, 'lab'), { recursive: true });
    const shallow = new Repository();
    shallow.edit('catalog/prod.yml', 'create: {', 'create: { flow_logs: true,');
    shallow.commit('change');
    const clone = temporaryFolder();
    execFileSync('git', ['clone', '-q', '--depth', '1', `file://${shallow.folder}`, join(clone, 'c')]);
    const cut = Object.assign(Object.create(shallow), { folder: join(clone, 'c') }) as Repository;
    const { code, stderr } = await cut.affected(['--base', 'HEAD~1']);
    expect(code).toBe(64);
    expect(stderr).toBe(
      'kakehashi: --base: there is no commit "HEAD~1" in this repository; the clone is shallow: fetch its history (git fetch --unshallow; fetch-depth: 0 of actions/checkout; GIT_DEPTH: 0 at GitLab)\n',
    );
  });

  it.each([
    ['GITHUB_BASE_REF', { GITHUB_BASE_REF: 'main' }, 'the merge base with main'],
    ['GitLab', { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' }, 'the merge base with main'],
    [
      'a merge queue',
      { GITHUB_EVENT_NAME: 'merge_group', GITHUB_EVENT_PATH: 'event.json' },
      'merge_group.base_sha of GITHUB_EVENT_PATH',
    ],
    [
      'a push to the default branch',
      { GITHUB_EVENT_NAME: 'push', GITHUB_EVENT_PATH: 'event.json' },
      'before of GITHUB_EVENT_PATH',
    ],
  ])('takes the base from %s', async (_, env: Readonly<Record<string, string>>, words) => {
    const project = new Repository({ 'catalog/prod.yml': PROD });
    const first = project.git('rev-parse', 'HEAD');
    project.write(
      'event.json',
      JSON.stringify({
        ref: 'refs/heads/main',
        before: first,
        repository: { default_branch: 'main' },
        merge_group: { base_sha: first },
      }),
    );
    const { stdout, code } = await project.affected([], env);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: `base      ${first.slice(0, 12)}, ${words}\nnothing is affected\n`,
    });
  });

  it('refuses what it can not compare, with what to do', async () => {
    const project = new Repository({ 'catalog/prod.yml': PROD });
    const missing = await project.affected([], { GITHUB_BASE_REF: 'release' });
    expect(missing.stderr).toBe(
      'kakehashi: GITHUB_BASE_REF: names the branch release, which is not in this repository; git fetch origin release, or name a commit with --base\n',
    );
    expect((await project.affected(['--base', '--help-me'])).code).toBe(64);
    expect((await project.affected(['--shard-size', '0'])).stderr).toBe(
      'kakehashi: --shard-size: must be a whole number from 1 to 99999, got "0"\n',
    );
    rmSync(join(project.folder, '.git'), { recursive: true });
    const none = await project.affected();
    expect(none.code).toBe(1);
    expect(none.stderr).toContain(
      'is in no Git repository, so there is no earlier revision to compare with; git init, and commit the project, or plan all environments: kakehashi plan --all\n',
    );
    const tools = temporaryFolder();
    const without = await project.affected([], { PATH: tools });
    expect(without.stderr).toBe(
      "kakehashi: git: can't be started (ENOENT), and the project is compared with an earlier commit; install Git\n",
    );
  });

  it('takes a whole project for new where the base has none, also in a hook with a Git directory of its own', async () => {
    const project = new Repository({ 'README.md': 'x' });
    mkdirSync(join(project.folder, 'catalog'), { recursive: true });
    project.write('catalog/prod.yml', PROD);
    const { stdout } = await project.affected([], {
      GIT_DIR: '/nonexistent',
      GIT_INDEX_FILE: '/nonexistent',
    });
    expect(stdout).toContain('prod: 1 of 1 stack\n  is new\n  prod-aws-default\n');
    expect(existsSync(join(project.folder, 'cdktf.out'))).toBe(false);
  });
});
