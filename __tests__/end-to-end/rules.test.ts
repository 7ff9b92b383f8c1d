import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../rules/registry';
import { RULE_CASES } from '../fixtures/rules/all';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli, ROOT } from '../support/compiled';
import { outputPattern, pageBlocks } from '../support/page-blocks';
import { describeWith } from '../support/programs';
import { type Finished, Project } from '../support/project';

jest.setTimeout(180_000);

type Event = Readonly<Record<string, unknown>>;

function eventsOf({ stdout }: Finished, type: string): readonly Event[] {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Event)
    .filter((event) => event.type === type);
}

const BASE = `site: { controller: 10.0.2.15/24, public_ip: 203.0.113.20, subnets: [10.0.2.0/24], asn: 65000 }
aws:
  default:
    create:
      ingress:
        - { profile: vc-node }
        - { protocol: tcp, ports: "22", from: 0.0.0.0/0, description: SSH, allow_public: a workshop }
      vpn: { crypto: seed }
policy: { floor: critical }
`;
const LAB = `cci_version: '1.0'
extends: base.yml
aws:
  default:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.24.2.0/24
    create: { vpc_cidr: 172.24.0.0/16, egress: none }
`;
const catalogs = { 'catalog/base.yml': BASE, 'catalog/lab.yml': LAB };
const page = readFileSync(`${ROOT}/docs/policy.md`, 'utf8');
const blockAfter = (mark: string) => pageBlocks(page).find((block) => block.mark === mark)?.text ?? '';

/** A project with these catalogs alone. */
function projectOf(files: Readonly<Record<string, string>>): Project {
  return new Project(files, temporaryFolder());
}

/** Lets modules of the project import the package by its name, as where it is installed. */
function linkPackage({ folder }: Project): void {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(ROOT, join(folder, 'node_modules', 'kakehashi'), 'dir');
}

describe('rules on the command line', () => {
  it('fires each rule on its bad cases', async () => {
    const bad = RULE_CASES.filter(({ verdict, planned }) => verdict === 'bad' && planned === undefined);
    const files = Object.fromEntries(
      bad.map(({ json }, index) => [`case-${index}.tf.json`, JSON.stringify(json, undefined, 1)]),
    );
    const project = projectOf(files);
    const run = await project.kakehashi('validate', '--json', ...Object.keys(files));
    expect(run.code).toBe(5);
    const found = eventsOf(run, 'finding').filter(({ verdict }) => verdict === 'violated');
    const fired = new Set(found.map(({ rule }) => rule));
    expect([...fired].sort()).toEqual(expect.arrayContaining(RULES.map(({ id }) => id)));
    for (const [index, { rule }] of bad.entries())
      expect(found).toContainEqual(
        expect.objectContaining({ rule, file: `case-${index}.tf.json`, line: expect.any(Number) }),
      );
  });

  it('names the line of the extended file, refuses at the floor, and passes what is accepted', async () => {
    const project = projectOf(catalogs);
    const refused = await project.kakehashi('validate', 'lab');
    expect(refused.stdout).toContain(
      'catalog/base.yml:7:47: rule KKH-NET-01 (critical): lab-aws-default aws_vpc_security_group_ingress_rule.Nodes_In-tcp-22-from-0_0_0_0-0: port 22 is open to 0.0.0.0/0',
    );
    expect(refused.stdout).toContain('catalog/base.yml:8:22: warning: rule KKH-VPN-02 (high)');
    expect(refused.stdout).toContain('lab: refused by policy (floor: critical): 1 finding of KKH-NET-01');
    expect(refused.code).toBe(5);
    expect((await project.kakehashi('validate', 'lab', '--no-policy')).code).toBe(0);

    const accept = `policy:\n  floor: critical\n  accept:\n    - { rule: KKH-NET-01, where: aws.default.create.ingress, reason: a workshop, until: 2099-01-01 }\n    - { rule: KKH-NET-05, where: aws, reason: none }\n    - { rule: KKH-VPN-02, where: aws, reason: over, until: 2020-01-01 }\n`;
    project.write('catalog/lab.yml', LAB + accept);
    const passed = await project.kakehashi('validate', 'lab');
    expect(passed.code).toBe(0);
    expect(passed.stdout).toContain('lab: accepted  KKH-NET-01');
    expect(passed.stdout).toContain(
      'catalog/lab.yml:13:15: warning: rule KKH-POL-02 (low): the acceptance of KKH-NET-05 at aws fits no finding: remove it',
    );
    expect(passed.stdout).toContain(
      'rule KKH-POL-01 (medium): the acceptance of KKH-VPN-02 at aws ended on 2020-01-01',
    );
  });

  it('names the line through two files, anchors, merge keys and quoted keys, in UTF-16 code units', async () => {
    const ground = `# größe 𝒳
site: { controller: 10.0.2.15/24, public_ip: 203.0.113.20, subnets: [10.0.2.0/24], asn: 65000 }
"aws":
  default:
    "create":
      ingress:
        - &𝒳𝒳 { protocol: tcp, "ports": "22", "from": 0.0.0.0/0, allow_public: a workshop }
        - protocol: tcp
          ports: "3389"
          allow_public: >-
            a long
            workshop
          from:
            - 0.0.0.0/1
            - 128.0.0.0/1
      vpn: &old { crypto: seed }
  second:
    private_network_ipmask: 172.25.2.0/24
    create: { vpc_cidr: 172.25.0.0/16, egress: none, ingress: [*𝒳𝒳], vpn: { <<: *old } }
`;
    const project = projectOf({
      'catalog/gro#und 50%.yml': ground,
      'catalog/base.yml': `extends: gro#und 50%.yml\naws: { default: { private_network_ipmask: 172.24.2.0/24 } }\n`,
      'catalog/lab.yml': `cci_version: '1.0'
extends: base.yml
aws:
  default: &place { aws_region: ap-northeast-1, aws_availability_zone: ap-northeast-1a, create: { vpc_cidr: 172.24.0.0/16, egress: none } }
  second: { aws_region: ap-northeast-1, aws_availability_zone: ap-northeast-1a }
`,
    });
    const found = eventsOf(await project.kakehashi('validate', 'lab', '--json'), 'finding');
    const lines = found.map(({ rule, stack, file, line, column }) =>
      [rule, stack, file, line, column].join(' '),
    );
    const first = ground.split('\n')[6]?.indexOf('0.0.0.0/0') ?? 0;
    expect(lines).toEqual(
      expect.arrayContaining([
        `KKH-NET-01 lab-aws-default catalog/gro#und 50%.yml 7 ${first + 1}`,
        'KKH-NET-01 lab-aws-default catalog/gro#und 50%.yml 14 15',
        'KKH-NET-01 lab-aws-default catalog/gro#und 50%.yml 15 15',
        `KKH-NET-01 lab-aws-second catalog/gro#und 50%.yml 7 ${first + 1}`,
        'KKH-VPN-02 lab-aws-default catalog/gro#und 50%.yml 16 27',
        'KKH-VPN-02 lab-aws-second catalog/gro#und 50%.yml 16 27',
        // What nobody wrote is at the section that lacks it.
        'KKH-NET-04 lab-aws-second catalog/gro#und 50%.yml 19 5',
      ]),
    );
  });

  it('runs the rules of a project, as the page shows, and ends with one message where one is broken', async () => {
    const project = projectOf({ ...catalogs, 'policy/owner.mjs': blockAfter('policy/owner.mjs') });
    linkPackage(project);
    const run = await project.kakehashi('validate', 'lab', '--json');
    expect(eventsOf(run, 'finding')).toContainEqual(
      expect.objectContaining({ rule: 'ACME-01', text: 'the VPC has no owner', file: 'catalog/lab.yml' }),
    );
    expect((await project.kakehashi('explain')).stdout).toContain('ACME-01');

    project.write(
      'policy/owner.mjs',
      "export default { id: 'ACME-01', severity: 'high', title: 'x', judge: () => { throw new Error('no such thing'); } };\n",
    );
    const failed = await project.kakehashi('validate', 'lab');
    expect([failed.code, failed.stderr]).toEqual([
      1,
      expect.stringMatching(/^kakehashi: rule ACME-01: failed on \S+: no such thing\n$/),
    ]);

    project.write(
      'policy/owner.mjs',
      "export default { id: 'ACME-01', severity: 'high', title: 'x', judge: () => { throw new Error(process.env.LAB_TOKEN); } };\n",
    );
    const leaking = await project.run(process.execPath, [compiledCli(), 'validate', 'lab'], {
      LAB_TOKEN: 'canary-value',
    });
    expect([leaking.code, leaking.stderr]).toEqual([
      1,
      expect.stringMatching(/^kakehashi: rule ACME-01: failed on \S+: \(sensitive\)\n$/),
    ]);

    const telling = (text: string) =>
      `export default { id: 'ACME-01', severity: 'high', title: 'x', types: ['aws_vpc'], judge: () => [{ text: ${text} }] };\n`;
    project.write(
      'policy/owner.mjs',
      telling("'it is ' + process.env.LAB_TOKEN + ' in base64 ' + btoa(process.env.LAB_TOKEN)"),
    );
    for (const options of [[], ['--json']]) {
      const told = await project.run(process.execPath, [compiledCli(), 'validate', 'lab', ...options], {
        LAB_TOKEN: 'canary-value',
      });
      expect(told.stdout).toContain('it is (sensitive) in base64 (sensitive)');
      expect(told.stdout + told.stderr).not.toMatch(/canary-value|Y2FuYXJ5LXZhbHVl/);
    }

    project.write('policy/owner.mjs', 'export default {');
    const broken = await project.kakehashi('validate', 'lab');
    expect([broken.code, broken.stderr]).toEqual([
      1,
      expect.stringMatching(/^kakehashi: policy\/owner\.mjs: cannot be loaded: SyntaxError: [^\n]*\n$/),
    ]);
  });

  it('judges another app, as the page shows', async () => {
    const json = JSON.stringify({ resource: { aws_vpc: { Main: { cidr_block: '10.1.0.0/16' } } } });
    const project = projectOf({
      'cdktf.out/stacks/app/cdk.tf.json': json,
      'judge.mjs': blockAfter('judge.mjs'),
    });
    linkPackage(project);
    const run = await project.run(process.execPath, ['judge.mjs']);
    expect(run.stdout).toContain(
      'high KKH-NET-05 aws_vpc.Main: the default security group of the VPC is left as it is',
    );
    expect(run.code).toBe(0);
  });

  it('explains a rule, and offers a name that is near', async () => {
    const project = projectOf(catalogs);
    expect((await project.kakehashi('explain', 'KKH-NET-01')).stdout).toContain('No management port is open');
    const unknown = await project.kakehashi('explain', 'KKH-NET-1');
    expect([unknown.code, unknown.stderr]).toEqual([
      64,
      'kakehashi: there is no rule "KKH-NET-1"; did you mean "KKH-NET-01"?; kakehashi explain lists all rules\n',
    ]);
    const shown = pageBlocks(page).find(({ text }) => text.includes('explain KKH-VPN-02'));
    expect((await project.kakehashi('explain', 'KKH-VPN-02')).stdout).toMatch(
      outputPattern(`${shown?.output} …`),
    );
  });

  it('says of a configuration that is none what is wrong with it', async () => {
    const project = projectOf({ 'a.tf.json': '{', 'b.tf.json': '[]' });
    const broken = await project.kakehashi('validate', 'a.tf.json');
    expect([broken.code, broken.stderr]).toEqual([
      1,
      expect.stringMatching(/^kakehashi: a\.tf\.json: cannot be read: [^\n]*\n$/),
    ]);
    const list = await project.kakehashi('validate', 'b.tf.json');
    expect([list.code, list.stderr]).toEqual([
      1,
      expect.stringMatching(/^kakehashi: b\.tf\.json: [^\n]*must be an object\n$/),
    ]);
    const missing = await project.kakehashi('validate', 'c.tf.json');
    expect([missing.code, missing.stderr]).toEqual([1, 'kakehashi: c.tf.json: there is no such file\n']);
  });

  it('shows a page whose first commands do what it says', async () => {
    const blocks = pageBlocks(page);
    const catalog = blocks.find(({ language }) => language === 'yaml')?.text ?? '';
    const policy = blocks.filter(({ language }) => language === 'yaml')[1]?.text ?? '';
    const project = projectOf({ 'catalog/lab.yml': catalog });
    const run = await project.kakehashi('validate', 'lab');
    const shown = blocks.find(({ text }) => text === 'npx kakehashi validate lab\n');
    expect(run.stdout).toMatch(outputPattern(shown?.output ?? 'none'));
    project.write('catalog/lab.yml', catalog + policy);
    const judged = await project.kakehashi('validate', 'lab');
    expect([judged.code, judged.stdout]).toEqual([5, expect.stringContaining('lab: accepted  KKH-VPN-02')]);
  });
});

describeWith('terraform', 'rules on a plan', () => {
  it('refuses plan and apply at the floor, and reviews have the lines', async () => {
    const project = projectOf(catalogs);
    const plan = await project.kakehashi('plan', 'lab', '--sandbox');
    expect([plan.code, plan.stdout]).toEqual([
      5,
      expect.stringContaining('lab: refused by policy (floor: critical): 1 finding of KKH-NET-01'),
    ]);
    const apply = await project.kakehashi('apply', 'lab', '--sandbox', '--yes');
    expect([apply.code, apply.stderr]).toEqual([
      5,
      expect.stringContaining('lab: refused by policy (floor: critical)'),
    ]);
    const review = await project.kakehashi(
      'review',
      'lab',
      '--sandbox',
      '--out',
      'review.sarif',
      '--out',
      'review.md',
      '--out',
      'review.json',
    );
    expect(review.code).toBe(5);
    // What is wrong already in the configuration is wrong in its plan, at the same line.
    const violated = ({ verdict }: { readonly verdict?: unknown }) => verdict === 'violated';
    const written = eventsOf(await project.kakehashi('validate', 'lab', '--json'), 'finding').filter(
      violated,
    );
    const reviewed: readonly Event[] = JSON.parse(project.read('review.json')).reviews[0].findings;
    for (const { rule, address, file, line } of written)
      expect(reviewed).toContainEqual(
        expect.objectContaining({ rule, address, position: expect.objectContaining({ file, line }) }),
      );
    expect(new Set(written.map(({ rule }) => rule)).size).toBeGreaterThan(3);
    const [run] = JSON.parse(project.read('review.sarif')).runs;
    expect(run.results[0]).toMatchObject({
      ruleId: 'KKH-NET-01',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'catalog/base.yml' },
            region: { startLine: 7, startColumn: 47 },
          },
        },
      ],
    });
    expect(project.read('review.md')).toContain('KKH-NET-01');

    project.edit(
      'catalog/base.yml',
      'floor: critical',
      'floor: critical, accept: [{ rule: KKH-NET-01, where: aws, reason: a workshop }]',
    );
    const accepted = await project.kakehashi('apply', 'lab', '--sandbox', '--yes');
    expect(accepted.code).toBe(0);
  });
});
