import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli } from '../support/compiled';
import { describeWith, hasProgram } from '../support/programs';
import { type Finished, Project } from '../support/project';
import { rewriteRecords } from '../support/records';
import { eventProblems } from '../support/scripted-terraform-events';

jest.setTimeout(240_000);

const SITE = "cci_version: '1.0'\nsite: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }\n";
const network = (name: string, region: string, block: number) => `  ${name}:
    aws_region: ${region}
    private_network_ipmask: 172.${block}.2.0/24
    create: { vpc_cidr: 172.${block}.0.0/16, egress: none }
`;
const DEV = `${SITE}aws:
  default:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, public_subnet: 172.30.1.0/24, ingress: vc-node }
${network('osaka', 'ap-northeast-3', 29)}node_groups:
  workers:
    network: aws/default
    nodes: 1
    flavor: small
    lease: 50m
    idle: 15m
    ssh_public_keys: [ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHUu0XcWLzTuYPZ5hVxM1DQ5k3pX0nTqJ8n3zq8v7bYw ann]
`;
const NETWORKS = ['dev-aws-default', 'dev-aws-osaka'];

/** The connection can't be made, when nearly all else of its network is there. */
const FAULTS = [
  {
    type: 'aws_vpn_connection',
    operation: 'create',
    call: 1,
    fault: 'error',
    code: 'VpnConnectionLimitExceeded',
  },
];

describeWith('terraform', 'apply --reviewed', () => {
  const project = new Project(
    { 'catalog/dev.yml': DEV, 'catalog/lab.yml': `${SITE}aws:\n${network('default', 'ap-northeast-1', 28)}` },
    temporaryFolder(),
  );
  const at = (name: string) => join(project.folder, name);
  const plan = (folder: string, ...more: string[]) =>
    project.kakehashi('plan', 'dev', '--sandbox', '--export', folder, ...more);
  const apply = (given: string, ...more: string[]) =>
    project.kakehashi('apply', 'dev', '--sandbox', '--yes', '--reviewed', given, ...more);
  const digestOf = ({ stdout }: Finished): string => /digest (k1:[0-9a-f]{64})/.exec(stdout)?.[1] ?? '';
  const states = () =>
    project.has('sandbox.out/dev/state')
      ? readdirSync(at('sandbox.out/dev/state')).filter((name) => name.endsWith('.tfstate'))
      : [];
  let digest = '';

  beforeAll(async () => {
    const lab = await project.kakehashi('plan', 'lab', '--sandbox');
    const dev = await plan('records');
    expect([lab.code, dev.code]).toEqual([2, 2]);
    digest = digestOf(dev);
  });

  // CI has no OpenTofu: whoever has it tries it.
  (hasProgram('tofu') ? test : test.skip)('has the same digest with OpenTofu', async () => {
    const planned = await plan('opentofu', '--terraform-bin', 'tofu');
    expect([planned.code, digestOf(planned)]).toEqual([2, digest]);
  });

  const copied = (name: string, change: (folder: string) => void): string => {
    cpSync(at('records'), at(name), { recursive: true });
    change(at(name));
    return `${name}/`;
  };
  const record = 'dev-aws-osaka.stack.json';

  test.each([
    [
      'without the record of a stack',
      (folder: string) => rmSync(join(folder, record)),
      'no record of dev-aws-osaka',
    ],
    [
      'with a record that is cut off',
      (folder: string) =>
        writeFileSync(join(folder, record), project.read(`records/${record}`).slice(0, 300)),
      `${record} is cut off`,
    ],
    [
      'of plans for the real clouds',
      (folder: string) =>
        rewriteRecords(folder, (text) => text.replace('"simulated": true', '"simulated": false')),
      'the review is of plans for the real clouds, and this apply is in the sandbox',
    ],
  ])('refuses a review %s', async (name, change, says) => {
    const { code, stderr } = await apply(copied(name.replace(/ /g, '-'), change));
    expect([code, stderr]).toEqual([1, expect.stringContaining(says)]);
    expect(states()).toEqual([]);
  });

  test('refuses a review that was made in the sandbox for a real apply, and the digest of another environment', async () => {
    const real = await project.kakehashi('apply', 'dev', '--yes', '--reviewed', 'records/');
    expect([real.code, real.stderr]).toEqual([1, expect.stringContaining('are never applied for real')]);
    const other = JSON.parse(
      (await project.kakehashi('review', 'lab', '--sandbox', '--format', 'json')).stdout,
    );
    const { code, stderr } = await apply(other.reviews[0].digest);
    expect([code, stderr]).toEqual([
      1,
      'kakehashi: --reviewed: this is the digest of lab, and dev is to be applied\n',
    ]);
    expect(states()).toEqual([]);
  });

  test('refuses an apply that is to name a review, with the command that makes one', async () => {
    const { code, stdout, stderr } = await project.kakehashi(
      'apply',
      'dev',
      '--sandbox',
      '--yes',
      '--json',
      '--require-review',
    );
    expect([code, stderr]).toEqual([
      5,
      expect.stringContaining('review the plans: kakehashi plan dev --sandbox, or'),
    ]);
    expect(eventProblems(stdout)).toEqual([]);
    expect(stdout).toContain('"type":"review_missing","at"');
    expect(states()).toEqual([]);
  });

  test('refuses a digest that is not that of the plans, and plans of a catalog that has changed', async () => {
    const zeros = `k1:${'0'.repeat(64)}`;
    const wrong = await apply(zeros);
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringContaining(`reviewed ${zeros}\n  now      ${digest}\n  help: `),
    ]);
    expect(wrong.stderr).toContain('plan and review anew: kakehashi plan dev --sandbox\n');
    project.edit('catalog/dev.yml', '172.29.2.0/24', '172.29.3.0/24');
    const changed = await apply('records/', '--stack', 'dev-aws-osaka');
    project.edit('catalog/dev.yml', '172.29.3.0/24', '172.29.2.0/24');
    expect([changed.code, changed.stderr]).toEqual([
      1,
      expect.stringContaining(
        'dev-aws-osaka: aws_subnet.Network_Nodes-osaka cidr_block\n    reviewed: 172.29.2.0/24\n    now:      172.29.3.0/24\n',
      ),
    ]);
    expect(states()).toEqual([]);
  });

  test('after half an apply of one stack, names what the plan has now that nobody reviewed, and what to do', async () => {
    writeFileSync(at('faults.json'), JSON.stringify(FAULTS));
    const half = await project.run(
      process.execPath,
      [
        ...[compiledCli(), 'apply', 'dev', '--sandbox', '--yes', '--reviewed', 'records/'],
        ...['--stack', 'dev-aws-default'],
      ],
      { KAKEHASHI_SANDBOX_FAULTS: 'faults.json' },
    );
    expect(half.code).toBe(1);
    expect(half.stdout).toContain(
      'what exists is in the state; plan and review again (kakehashi plan dev --sandbox) to go on.',
    );
    expect(half.stdout).not.toContain('run the same command again');

    const before = states().map((name) => project.read(`sandbox.out/dev/state/${name}`));
    const again = await apply('records/', '--json');
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(
      / {2}dev-aws-default: its apply of [-0-9]+ [0-9:]+ UTC failed or was stopped: what that made is in the plan no more\n/,
    );
    expect(again.stderr).toContain(
      'dev-aws-default: aws_vpn_connection.Vpn_Connection vpn_gateway_id\n    reviewed: (known after apply)\n    now:      vgw-',
    );
    expect(again.stderr).toMatch(
      /dev-aws-default: reviewed, and not planned any more: aws_[^\n]* \(create\) and \d+ more\n/,
    );
    expect(again.stderr).not.toContain('  dev-aws-osaka:');
    expect(again.stderr).toContain(
      'help: nothing was changed by this run; plan and review anew: kakehashi plan dev --sandbox\n',
    );
    expect(states().map((name) => project.read(`sandbox.out/dev/state/${name}`))).toEqual(before);
    expect(eventProblems(again.stdout)).toEqual([]);
    const told = again.stdout.split('\n').find((line) => line.includes('"review_compared"')) ?? '{}';
    const { verdict, differences } = JSON.parse(told);
    expect(verdict).toBe('other');
    expect(differences).toContainEqual({
      stack: 'dev-aws-default',
      address: 'aws_vpc.Network_Vpc',
      reviewed: 'create',
      now: 'nothing',
    });
  });

  test('applies what is left, by parts, when that is reviewed, and leaves what nobody has seen', async () => {
    const parts = [await plan('parts/1', '--shard', '1/2'), await plan('parts/2', '--shard', '2/2')];
    expect(parts.map(({ code }) => code).sort()).not.toContain(1);
    const lone = await apply('parts/1/');
    expect([lone.code, lone.stderr]).toEqual([1, expect.stringContaining('is no whole review of dev')]);
    const codes: (number | null)[] = [];
    const texts: string[] = [];
    for (const shard of ['1/2', '2/2']) {
      const { code, stdout } = await apply('parts/', '--shard', shard);
      codes.push(code);
      texts.push(stdout);
    }
    // The nodes wait for their network, so that nobody has seen a plan of them.
    expect(codes.sort()).toEqual([0, 2]);
    expect(texts.join('')).toContain(
      'dev-nodes-workers: not applied, because the review has no plan of it; plan and review again: kakehashi plan dev --sandbox',
    );
    expect(states().sort()).toEqual(NETWORKS.map((stack) => `${stack}.tfstate`));
  });

  test('applies the rest by its digest, and has nothing to do the second time', async () => {
    const rest = digestOf(await plan('rest'));
    const first = await apply(rest);
    expect([first.code, first.stdout]).toEqual([
      0,
      expect.stringContaining(`review    ${rest}: the plans of dev`),
    ]);
    for (const given of [rest, 'rest/']) {
      const { code, stdout } = await apply(given);
      expect([code, stdout]).toEqual([0, expect.stringMatching(/nothing left to do[\s\S]*\nno changes\n/)]);
    }
  });

  test('refuses what somebody changed behind the review, with the attribute', async () => {
    await plan('quiet');
    const [vpc = ''] =
      /vpc-[0-9a-f]+/.exec((await project.kakehashi('sandbox', 'list', 'aws_vpc')).stdout) ?? [];
    await project.kakehashi('sandbox', 'edit', 'aws_vpc', vpc, 'enable_dns_hostnames=false');
    const { code, stderr } = await apply('quiet/');
    expect(code).toBe(1);
    expect(stderr).toContain(
      'aws_vpc.Network_Vpc\n    reviewed: nothing\n    now:      update: enable_dns_hostnames false → true (somebody changed it outside of Terraform)\n',
    );
  });
});
