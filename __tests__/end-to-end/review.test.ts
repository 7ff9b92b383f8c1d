import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { wrap } from '../../base/screen';
import { trailerOf } from '../../review/page/trailer';
import { temporaryFolder } from '../support/catalog-folder';
import { describeWith } from '../support/programs';
import { EXAMPLE_CATALOGS, Project } from '../support/project';

jest.setTimeout(90_000);

/** A part of the example environment, with policies in the sandbox's Vault. */
const BEFORE = `cci_version: "1.0"
extends: base.yml
aws:
  default:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.30.2.0/24
    create:
      vpc_cidr: 172.30.0.0/16
      public_subnet: 172.30.1.0/24
      ingress: [{ profile: vc-node }]
  tokyo_subnet1:
    aws_availability_zone: ap-northeast-1c
    private_network_ipmask: 172.30.3.0/24
    create: { within: default }
  osaka:
    aws_region: ap-northeast-3
    private_network_ipmask: 172.29.2.0/24
    create: { vpc_cidr: 172.29.0.0/16, egress: none, vpn: { routing: bgp } }
vault:
  address: http://127.0.0.1:8200
  server: openbao
  mounts: { secret: {} }
  policies:
    deploy:
      rules: [{ path: secret/aws/*, capabilities: [read] }]
      create: {}
`;

/** What the branch changes: old and new texts. */
const EDITS = [
  // A port is opened.
  [
    '[{ profile: vc-node }]',
    "[{ profile: vc-node }, { protocol: tcp, ports: '8443', from: [0.0.0.0/0], allow_public: 'a demonstration', description: demo }]\n      vpn: { crypto: compatible }",
  ],
  // A subnet is removed.
  [
    `  tokyo_subnet1:
    aws_availability_zone: ap-northeast-1c
    private_network_ipmask: 172.30.3.0/24
    create: { within: default }
`,
    '',
  ],
  // A policy of Vault is widened.
  ['capabilities: [read]', 'capabilities: [read, update, list]'],
  // An entry is renamed.
  ['  osaka:\n', '  kansai:\n    formerly: osaka\n'],
] as const;

/** What a terminal of 100 columns and 24 lines shows of a page. */
function firstScreen(page: string): string {
  return page
    .split('\n')
    .flatMap((line) => wrap(line, 100))
    .slice(0, 24)
    .join('\n')
    .replace(/\s+/g, ' ');
}

describeWith('terraform', 'a branch that changes five things', () => {
  const base = readFileSync(join(EXAMPLE_CATALOGS, 'base.yml'), 'utf8');
  const project = new Project({ 'catalog/base.yml': base, 'catalog/lab.yml': BEFORE }, temporaryFolder());
  const kakehashi = (...args: string[]) => project.kakehashi(...args);
  let page = '';

  beforeAll(async () => {
    const applied = await kakehashi('apply', 'lab', '--sandbox', '--yes');
    expect(applied).toMatchObject({ code: 0 });
    for (const [from, to] of EDITS) project.edit('catalog/lab.yml', from, to);
    const planned = await kakehashi('plan', 'lab', '--sandbox', '--export', 'records');
    expect(planned.code).toBe(2);
    const reviewed = await kakehashi('review', './records');
    expect(reviewed.code).toBe(2);
    page = reviewed.stdout;
  });

  it('is told on the first screen of its review', () => {
    const screen = firstScreen(page);
    expect(screen).toMatch(/^# SIMULATED · lab: 1 outage, 1 destroyed, 2 widened, /);
    for (const told of [
      'OUTAGE** `lab-aws-default`: crypto modern → compatible (AES256-GCM/DH20 → AES256/DH14), both tunnels: they are down from the apply until the gateway host has loaded its new files',
      'DESTROYED** `lab-aws-default`: subnet 172.30.3.0/24 is DESTROYED',
      'ACCESS WIDENED, open to the Internet** `lab-aws-default`: ingress newly allowed: tcp 8443 from 0.0.0.0/0 (catalog/lab.yml:11)',
      'ACCESS WIDENED** `lab-vault`: policy deploy gains update and list on secret/aws/\\*',
      'renamed: `aws/osaka` → `aws/kansai`; gone: `aws/tokyo_subnet1`',
      'GATEWAY** `198.51.100.10`: 4 files change; then 6 steps to do by hand on 10.0.2.15',
      'CRITICAL FINDING** `KKH-NET-01`: port 8443 is open to 0.0.0.0/0 (catalog/lab.yml:11)',
    ])
      expect(screen).toContain(told);
  });

  it('has the digest that an apply takes, and what to do at the gateway', () => {
    expect(trailerOf(page)).toMatchObject({
      environment: 'lab',
      outcome: 'changes',
      simulated: true,
      digest: expect.stringMatching(/^k1:[0-9a-f]{64}$/),
      effects: { outage: 1, destroyed: 1, widened: 2 },
      stackCount: 3,
    });
    expect(page).toContain('-\tesp=aes_gcm256;dh20\n+\tike=aes256-sha2_256;dh14');
    expect(page).toContain('ipsec auto --replace lab-aws-default-1');
  });

  it('is the same from the last plan of the environment, and in files of all formats', async () => {
    const files = ['r.md', 'r.html', 'r.json'];
    const out = files.flatMap((file) => ['--out', file]);
    const own = await kakehashi('review', 'lab', '--sandbox', ...out);
    expect(own.code).toBe(2);
    expect(own.stdout).toBe('');
    // Without the time of the records, all is the same.
    const timeless = (text: string) => text.replace(/made [0-9-]+ [0-9:]+ UTC/, 'made');
    expect(timeless(project.read('r.md'))).toBe(timeless(page));
    expect(project.read('r.html')).toContain('<!doctype html>');
    expect(JSON.parse(project.read('r.json'))).toMatchObject({
      version: 1,
      reviews: [{ environment: 'lab', outcome: 'changes', problems: [] }],
    });
    const short = await kakehashi(
      'review',
      './records',
      '--budget',
      '2000',
      '--link',
      'https://ci.example/1',
    );
    expect(short.stdout.length).toBeLessThanOrEqual(2000);
    expect(short.stdout).toContain('the whole is at <https://ci.example/1>');
  });

  it('fails rather than show a part as the whole, and still writes the page', async () => {
    rmSync(join(project.folder, 'records/lab-vault.stack.json'));
    const { code, stdout, stderr } = await kakehashi('review', './records');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^# INCOMPLETE · SIMULATED · lab: this is not the whole: lab has 3 stacks/);
    expect(stderr).toContain('lab has 3 stacks, and there is no record of lab-vault');
  });

  it.each([
    [['./nowhere'], 1, /nowhere: must be a folder of review records: there is no such folder/],
    [['./catalog'], 1, /catalog: must have review records, and has none[\s\S]*--export/],
    [['lab'], 1, /lab: there are no records of a plan to review[\s\S]*kakehashi plan lab/],
    [['./records', '--budget', '10'], 64, /--budget: must be a number of at least 1500, got "10"/],
    [['./records', '--link', 'x'], 64, /--link: must be an address that begins with https:\/\/, got "x"/],
    [['./records', '--out', 'r.txt'], 64, /--out: must end in \.md, \.html, .*got "r\.txt"/],
    [['./records', '--json'], 64, /review has no events: .*--format json/],
  ])('says of %j what is wrong', async (args, exit, message) => {
    const { code, stderr } = await kakehashi('review', ...args);
    expect([code, stderr]).toEqual([exit, expect.stringMatching(message)]);
  });
});
