import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import type { DriftItem, DriftReport } from '../../scripts/run/drift/report';
import { temporaryFolder } from '../support/catalog-folder';
import { type GitHubServer, startGitHub } from '../support/code-host/github-server';
import { compiledCli, ROOT } from '../support/compiled';
import { describeWith } from '../support/programs';
import { type Finished, Project } from '../support/project';

jest.setTimeout(180_000);

const CATALOG = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
aws:
  default:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, egress: none, ingress: vc-node }
`;

/** A rule that somebody makes by hand. */
const BY_HAND = (group: string) => ({
  terraform: { required_providers: { aws: { source: 'hashicorp/aws' } } },
  provider: { aws: { region: 'ap-northeast-1' } },
  resource: {
    aws_vpc_security_group_ingress_rule: {
      hand: {
        security_group_id: group,
        ip_protocol: 'tcp',
        from_port: 8080,
        to_port: 8080,
        cidr_ipv4: '0.0.0.0/0',
      },
    },
  },
});

describeWith('terraform', 'kakehashi drift', () => {
  let project: Project;
  let github: GitHubServer;
  beforeAll(async () => {
    github = await startGitHub();
    project = new Project({ 'catalog/dev.yml': CATALOG }, temporaryFolder());
    // A folder on another disk: Terraform goes up from where the link leads.
    symlinkSync(temporaryFolder(), join(project.folder, 'sandbox.out'));
  });
  afterAll(() => github.close());

  const job = () => ({
    GITHUB_ACTIONS: 'true',
    GITHUB_API_URL: github.url,
    GITHUB_REPOSITORY: 'octo/net',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_RUN_ID: '9',
    GITHUB_TOKEN: 'token',
  });
  const drift = (...args: string[]): Promise<Finished> =>
    project.run(process.execPath, [compiledCli(), 'drift', '--sandbox', ...args], job());
  const report = () =>
    (JSON.parse(project.read('sandbox.out/dev/drift.json')) as DriftReport).environments[0];
  const schemaErrors = (file: string) => {
    const schema = JSON.parse(readFileSync(join(ROOT, 'docs/reference/drift.schema.json'), 'utf8'));
    const { $schema: _, ...rest } = schema;
    const check = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(rest);
    check(JSON.parse(project.read(file)));
    return check.errors ?? [];
  };
  const items = (): readonly DriftItem[] => report()?.stacks.flatMap((stack) => stack.items) ?? [];
  const state = () => project.read('sandbox.out/dev/state/dev-aws-default.tfstate');
  interface Instance {
    readonly attributes: Readonly<Record<string, string>>;
  }
  const idOf = (type: string, name: string): string => {
    const { resources } = JSON.parse(state()) as {
      resources: { type: string; name: string; instances: Instance[] }[];
    };
    const found = resources.find((one) => one.type === type && one.name === name);
    return found?.instances[0]?.attributes.id ?? '';
  };
  const edit = (type: string, id: string, change: string) =>
    project.kakehashi('sandbox', 'edit', type, id, change);

  it('tells what is not applied from what drifted, and what is new, still there and gone', async () => {
    const before = await drift('dev');
    expect(before.code).toBe(0);
    expect(before.stdout).toContain('dev: no drift; 1 not applied\n  dev-aws-default   not applied\n');

    const git = async (...args: string[]) => (await project.run('git', args)).stdout.trim();
    await git('init', '-q');
    await git(
      '-c',
      'user.name=a',
      '-c',
      'user.email=a@example.org',
      'commit',
      '-q',
      '--allow-empty',
      '-m',
      'a',
    );
    expect((await project.kakehashi('apply', 'dev', '--sandbox', '--yes')).code).toBe(0);
    const clean = await drift('dev');
    expect({ code: clean.code, out: clean.stdout.includes('dev: no drift\n') }).toEqual({
      code: 0,
      out: true,
    });

    // A plan of the user's is saved, and is used after all that follows.
    project.edit('catalog/dev.yml', 'egress: none', 'egress: none, tags: { a: b }');
    expect((await project.kakehashi('plan', 'dev', '--sandbox')).code).toBe(2);
    const folder = join(project.folder, 'sandbox.out/dev/synth/stacks/dev-aws-default');
    const saved = readFileSync(join(folder, 'kakehashi.tfplan'));
    const lock = project.read('sandbox.out/dev/lock.yml');

    const vpc = idOf('aws_vpc', 'Network_Vpc');
    const group = idOf('aws_security_group', 'Nodes_Group');
    await edit('aws_vpc', vpc, 'enable_dns_support=false');
    await edit(
      'aws_vpn_connection',
      idOf('aws_vpn_connection', 'Vpn_Connection'),
      'tunnel1_preshared_key="PlantedSecret99"',
    );
    writeFileSync(join(folder, 'kakehashi.tfplan'), saved);
    const copy = state();
    const hand = temporaryFolder();
    writeFileSync(join(hand, 'hand.tf.json'), JSON.stringify(BY_HAND(group)));
    const made = await project.kakehashi(
      'sandbox',
      '--',
      'sh',
      '-c',
      `cd ${hand} && terraform init -input=false && terraform apply -auto-approve -input=false`,
    );
    expect({ code: made.code, text: made.code === 0 ? '' : made.stdout + made.stderr }).toEqual({
      code: 0,
      text: '',
    });

    const first = await drift(
      'dev',
      '--out',
      'drift.md',
      '--out',
      'drift.html',
      '--export',
      'reports',
      '--post',
      'github',
    );
    expect(first.code).toBe(4);
    expect(first.stdout).toContain('aws_vpc.Network_Vpc: enable_dns_support true → false   (new)');
    expect(first.stdout).toContain(
      'aws_vpn_connection.Vpn_Connection: tunnel1_preshared_key changed   (new)',
    );
    expect(first.stdout).toContain(
      'aws_security_group.Nodes_Group: rule ingress tcp 8080 from 0.0.0.0/0, not managed by Terraform   (new)',
    );
    expect(
      items()
        .map(({ what, state: now }) => `${what} ${now}`)
        .sort(),
    ).toEqual(['changed new', 'changed new', 'unmanaged new']);
    expect(items().find(({ address }) => address === 'aws_vpc.Network_Vpc')).toMatchObject({
      before: true,
      after: false,
      id: vpc,
      who: expect.stringMatching(
        /^aws cloudtrail lookup-events --region ap-northeast-1 .*AttributeValue=vpc-/,
      ),
    });
    // What was applied last, and what looked.
    const head = await git('rev-parse', 'HEAD');
    expect(report()).toMatchObject({ commit: head, stacks: [{ appliedCommit: head }] });
    expect(project.read('drift.md')).toMatch(
      new RegExp(`applied 20.* UTC, commit ${head.slice(0, 12)}$`, 'm'),
    );
    // Nothing was written where a plan or an apply would look.
    expect(state()).toBe(copy);
    expect(project.read('sandbox.out/dev/lock.yml')).toBe(lock);
    expect(readFileSync(join(folder, 'kakehashi.tfplan')).equals(saved)).toBe(true);
    const left = join(project.folder, 'sandbox.out/dev/synth/drift/stacks');
    expect(existsSync(left) ? readdirSync(left) : []).toEqual([]);

    const [issue] = github.issues;
    expect(issue).toMatchObject({ state: 'open', title: 'Drift of dev: 3 differences, 3 new' });
    for (const text of [
      first.stdout,
      first.stderr,
      issue?.body ?? '',
      project.read('drift.md'),
      project.read('drift.html'),
      project.read('reports/dev.drift.json'),
    ])
      expect(text).not.toContain('PlantedSecret99');
    expect(schemaErrors('reports/dev.drift.json')).toEqual([]);
    expect(project.read('drift.html')).not.toMatch(/https?:\/\/|<script/);
    expect(readdirSync(join(project.folder, 'reports')).sort()).toEqual([
      'dev.drift.html',
      'dev.drift.json',
      'dev.drift.md',
    ]);

    await edit('aws_vpc', vpc, 'enable_dns_support=true');
    project.edit(
      'catalog/dev.yml',
      'aws:',
      `drift:
  ignore:
    - { address: 'aws_vpn_connection.*', attribute: tunnel1_preshared_key, reason: rotated by hand }
    - { address: 'aws_vpc.*', reason: long ago, until: '2020-01-31' }
    - { address: aws_nothing.X, reason: mistyped }
aws:`,
    );
    const second = await drift('dev', '--previous', 'reports');
    expect(second.code).toBe(4);
    expect(schemaErrors('sandbox.out/dev/drift.json')).toEqual([]);
    expect(items().map(({ noun, state: now }) => `${noun} ${now}`)).toEqual(['rule still']);
    expect(items()[0]?.firstSeen).toBe(
      (JSON.parse(project.read('reports/dev.drift.json')) as DriftReport).environments[0]?.made,
    );
    expect(report()?.gone.map(({ address, attribute }) => `${address} ${attribute}`)).toContain(
      'aws_vpc.Network_Vpc enable_dns_support',
    );
    expect(second.stderr).toContain(
      'catalog/dev.yml:6:18: drift.ignore[1]: aws_vpc.* was expected to drift until 2020-01-31, which is over\n',
    );
    expect(second.stdout).toContain(
      '· catalog/dev.yml:7:18: drift.ignore[2]: nothing of aws_nothing.X drifts; remove it\n',
    );
  });

  it('shows what others drift where a stack can not be read, keeps what was known of it, and ends with 1', async () => {
    cpSync(join(project.folder, 'catalog/dev.yml'), join(project.folder, 'catalog/other.yml'));
    project.edit('catalog/other.yml', '172.30.2.0', '172.29.2.0');
    project.edit('catalog/other.yml', '172.30.0.0', '172.29.0.0');
    project.edit('catalog/other.yml', '198.51.100.10', '198.51.100.11');
    const file = 'sandbox.out/dev/state/dev-aws-default.tfstate';
    const text = project.read(file);
    project.write(file, text.replace('"version": 4', '"version": 99'));
    const { code, stdout, stderr } = await drift();
    project.write(file, text);
    expect(code).toBe(1);
    expect(stdout).toContain('dev-aws-default   could not be read\n');
    expect(stdout).toContain('not managed by Terraform   (since ');
    expect(stdout).toContain(', not read this time)');
    expect(stdout).toContain('other: no drift; 1 not applied\n');
    expect(report()).toMatchObject({ outcome: 'unknown', gone: [] });
    expect(schemaErrors('sandbox.out/dev/drift.json')).toEqual([]);
    expect(stdout + stderr).not.toMatch(/\n\s+at \S+ \(/);
  });

  it('refuses wrong options before it looks', async () => {
    const told = async (...args: string[]) => (await drift('dev', ...args)).stderr;
    expect(await told('--out', 'drift.pdf')).toBe(
      'kakehashi: --out: must end in .json, .md, .html, got "drift.pdf"\n',
    );
    expect(await told('--previous', 'nowhere.json')).toBe(
      'kakehashi: --previous: there is no "nowhere.json"\n',
    );
    project.write('other.json', '{"version":2,"environments":[]}');
    expect(await told('--previous', 'other.json')).toBe(
      'kakehashi: other.json: must be a report of version 1, got 2; remove it: what drifts is then new\n',
    );
  });
});
