import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EnvironmentRecord } from '../../review/record/record';
import { removeRecords, writeRecords } from '../../review/record/write-records';
import { planned, record } from '../review/page/html/sample-review';
import { ROOT } from '../support/compiled';
import { pageBlocks } from '../support/page-blocks';
import { EXAMPLE_CATALOGS, Project } from '../support/project';
import { sampleRecords } from '../support/records';

jest.setTimeout(60_000);

/** The picture of the README. */
const PICTURE = join(ROOT, 'docs/review.svg');
const CONNECTION = 'aws_vpn_connection.Vpn_Connection';

/** The record of the environment. */
function whole(stacks: readonly string[]): EnvironmentRecord {
  return { ...sampleRecords().environment, stacks };
}

/** What a change of tunnels, of a subnet and of a node group plans for the example environment. */
function savePlans(project: Project): void {
  const outcomes = {
    'dev-aws-default': planned(
      'dev-aws-default',
      [
        { address: CONNECTION, action: 'replace' },
        { address: 'aws_subnet.Network_Nodes-tokyo_subnet1', action: 'create' },
        { address: 'aws_subnet.Network_Nodes-old', action: 'delete' },
        { address: 'aws_vpc_security_group_ingress_rule.Nodes_In-tcp-443', action: 'create' },
      ],
      [{ weight: 'outage', text: 'both tunnels go down', addresses: [CONNECTION] }],
    ),
    'dev-nodes-batch': planned(
      'dev-nodes-batch',
      [{ address: 'azurerm_linux_virtual_machine.Nodes["n1"]', action: 'create' }],
      [],
    ),
    'dev-nodes-workers': planned(
      'dev-nodes-workers',
      [{ address: 'aws_instance.Nodes["n1"]', action: 'replace' }],
      [{ weight: 'outage', text: 'a node ends', addresses: ['aws_instance.Nodes["n1"]'] }],
    ),
  };
  const stacks = Object.keys(outcomes);
  writeRecords(join(project.folder, 'out/dev/review'), [
    ...Object.entries(outcomes).map(([stack, outcome]) => record(stack, outcome, stacks)),
    whole(stacks),
  ]);
}

describe('kakehashi draw', () => {
  const project = new Project({}, EXAMPLE_CATALOGS);

  it('draws all environments of the folder, and only the picture is on stdout', async () => {
    const { code, stdout, stderr } = await project.kakehashi('draw');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<svg [\s\S]*<\/svg>\n$/);
    expect(stdout).toContain('Networks of dev, prod, staging');
    expect(stderr).toContain('own-openstack: a custom provider');
  });

  it.each([
    ['picture.svg', '<svg'],
    ['picture.mmd', 'flowchart LR'],
    ['picture.dot', 'digraph kakehashi {'],
    ['picture', '<svg'],
  ])('writes %s in the format of its name', async (file, start) => {
    const { code, stdout } = await project.kakehashi('draw', 'dev', '--out', file);
    expect([code, stdout.split('\n').filter((line) => line.startsWith('picture'))]).toEqual([
      0,
      [`picture   ${file}`],
    ]);
    expect(project.read(file).startsWith(start)).toBe(true);
  });

  it('says when nothing changed, in text and as an event', async () => {
    const { stdout } = await project.kakehashi('draw', 'dev', '--out', 'picture.svg', '--json');
    const events = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.find(({ type }) => type === 'picture_written')).toMatchObject({
      file: 'picture.svg',
      format: 'svg',
      changed: false,
    });
  });

  it.each([
    [
      ['draw', 'dev', '--format', 'png'],
      64,
      "argument 'png' is invalid. Allowed choices are svg, mermaid, dot",
    ],
    [
      ['draw', 'dev', '--out', 'picture.png'],
      64,
      '--out: must be a file that ends with one of .svg, .mmd, .mermaid, .dot, .gv, got picture.png; or give --format',
    ],
    [['draw', 'nowhere'], 64, 'nowhere'],
    [['draw', 'dev', '--plan'], 1, 'dev: no plan is saved; run: kakehashi plan dev'],
    [['draw', 'dev', '--plan', '--sandbox'], 1, 'run: kakehashi plan dev --sandbox'],
    [['draw', 'dev', '--out', 'catalog'], 1, "catalog: can't be written (EISDIR)"],
  ])('%j ends with %d', async (args, code, text) => {
    const ended = await project.kakehashi(...args);
    expect(ended.code).toBe(code);
    expect(`${ended.stdout}${ended.stderr}`.replace(/\s+/g, ' ')).toContain(text);
  });

  it('makes the picture of the README: the example environment with what saved plans do', async () => {
    savePlans(project);
    const { code, stdout } = await project.kakehashi('draw', 'dev', '--plan');
    expect(code).toBe(0);
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(PICTURE, stdout);
    expect(stdout).toBe(readFileSync(PICTURE, 'utf8'));
  });

  it('draws a part of which no stack is planned, and refuses damaged plans', async () => {
    const folder = join(project.folder, 'out/dev/review');
    removeRecords(folder);
    const { stacks } = sampleRecords({ stacks: 2 }).environment;
    writeRecords(folder, [{ ...whole(stacks), shard: '2/5' }]);
    const empty = await project.kakehashi('draw', 'dev', '--plan');
    expect([empty.code, empty.stdout.slice(0, 5)]).toEqual([0, '<svg ']);
    writeFileSync(join(folder, 'dev-aws-0000.stack.json'), '{');
    const damaged = await project.kakehashi('draw', 'dev', '--plan');
    expect([damaged.code, damaged.stdout]).toEqual([1, '']);
    expect(damaged.stderr).toContain(
      'out/dev/review/dev-aws-0000.stack.json: is cut off: the end is missing',
    );
    removeRecords(folder);
  });

  it('does what docs/draw.md says, as it is written', async () => {
    savePlans(project);
    const [block] = pageBlocks(readFileSync(join(ROOT, 'docs/draw.md'), 'utf8'));
    const commands = (block?.text ?? '').trim().split('\n');
    expect(commands).toHaveLength(5);
    for (const command of commands) {
      const [, args = ''] = /^npx kakehashi (.*?)\s*#/.exec(command) ?? [];
      const { code } = await project.kakehashi(...args.split(' '));
      expect([args, code]).toEqual([args, 0]);
    }
    expect(['dev.svg', 'networks.svg', 'dev.dot', 'plan.svg'].filter((file) => !project.has(file))).toEqual(
      [],
    );
  });
});
