import { describeWith } from '../support/programs';
import { type Finished, Project } from '../support/project';

jest.setTimeout(180_000);

const CATALOG = `cci_version: '1.0'
providers: { aws: { default_tags: { project: one } } }
site: { controller: 10.0.2.15/24, public_ip: 203.0.113.77, subnets: [10.0.2.0/24], asn: 65000 }
aws:
  default:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.24.2.0/24
    create:
      vpc_cidr: 172.24.0.0/16
      egress: none
      vpn: { tunnel_options: { dpd_timeout_seconds: 30 } }
  second:
    private_network_ipmask: 172.24.3.0/24
    create: { within: default }
`;

const COUNTS = ['create', 'update', 'replace', 'delete', 'import', 'forget'] as const;
type Counts = Readonly<Record<(typeof COUNTS)[number], number>>;
type Events = readonly Readonly<Record<string, unknown>>[];

function eventsOf({ stdout }: Finished): Events {
  return stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

function event(events: Events, type: string): Readonly<Record<string, unknown>> {
  return events.find((one) => one.type === type) ?? {};
}

function countsIn(one: Readonly<Record<string, unknown>>): Counts {
  return Object.fromEntries(COUNTS.map((name) => [name, one[name]])) as unknown as Counts;
}

describeWith('terraform', 'the counts of a plan and of its apply', () => {
  const project = new Project({ 'catalog/lab.yml': CATALOG });
  const FILE = 'catalog/lab.yml';
  const NONE: Counts = { create: 0, update: 0, replace: 0, delete: 0, import: 0, forget: 0 };

  it.each<[string, () => void, Partial<Counts>, string]>([
    ['of a creation', () => undefined, { create: 28 }, '28 changes'],
    ['of an update', () => project.edit(FILE, 'seconds: 30', 'seconds: 60'), { update: 1 }, '1 change'],
    [
      'of a replacement, which is one change',
      () => project.edit(FILE, 'vpn: {', 'vpn: { tunnels: [{ inside_cidr: 169.254.200.0/30 }, {}],'),
      { replace: 2 },
      '2 changes',
    ],
    [
      'of everything at once',
      () => {
        project.edit(FILE, '169.254.200.0/30', '169.254.201.0/30');
        project.edit(
          FILE,
          'second:\n    private_network_ipmask: 172.24.3',
          'third:\n    private_network_ipmask: 172.24.4',
        );
        project.edit(FILE, 'project: one', 'project: two');
      },
      { create: 1, replace: 2, delete: 1 },
      'changes',
    ],
    [
      'of outputs alone',
      () => project.edit(FILE, 'egress: none', 'egress: none\n      spot: true'),
      {},
      'outputs',
    ],
  ])('agree: %s', async (_, change, expected, words) => {
    change();
    const planned = eventsOf(await project.kakehashi('plan', 'lab', '--sandbox', '--json'));
    const summary = project.read('sandbox.out/lab/plan.md');
    const finished = await project.kakehashi('apply', 'lab', '--sandbox', '--yes', '--json');
    expect(finished.code).toBe(0);
    const applied = eventsOf(finished);
    const counts = countsIn(event(planned, 'stack_planned'));
    expect(counts).toEqual({ ...NONE, ...expected, update: expected.update ?? counts.update });
    expect(countsIn(event(applied, 'stack_applied'))).toEqual(counts);
    const total = COUNTS.reduce((sum, name) => sum + counts[name], 0);
    expect(event(applied, 'stack_started').changes).toBe(total);
    const done = applied.filter(({ type }) => type === 'resource_done').map(({ address }) => address);
    expect(new Set(done).size).toBe(total);
    expect(done).toHaveLength(total + counts.replace);
    expect(finished.stderr).toMatch(new RegExp(`· lab-aws-default  .*${words}\n`));
    expect(finished.stderr).toMatch(new RegExp(`✓ lab-aws-default  .*${words} in`));
    if (total > 0)
      expect(summary).toContain(
        `<summary><code>lab-aws-default</code>: ${total === 1 ? '1 change' : `${total} changes`}`,
      );
  });

  it('a changed default tag is no drift; one object that somebody tagged is, and is told once', async () => {
    const list = await project.kakehashi('sandbox', 'list', 'aws_subnet', '--json');
    const [subnet] = eventsOf(list);
    project.edit(FILE, 'project: two', 'project: three');
    const plain = event(
      eventsOf(await project.kakehashi('plan', 'lab', '--sandbox', '--json')),
      'stack_planned',
    );
    expect(plain).toMatchObject({ drift: 0, drifted: [] });
    expect(plain.sentences).toEqual(['tags of 25 resources change; no traffic is affected']);
    const { tags_all: tags } = (subnet?.attributes ?? {}) as { readonly tags_all?: object };
    await project.kakehashi(
      'sandbox',
      'edit',
      'aws_subnet',
      String(subnet?.id),
      `tags_all=${JSON.stringify({ ...tags, owner: 'somebody' })}`,
    );
    const drifted = event(
      eventsOf(await project.kakehashi('plan', 'lab', '--sandbox', '--json')),
      'stack_planned',
    );
    expect(drifted.drifted).toEqual([
      {
        address: expect.stringContaining('aws_subnet.Network_Nodes-'),
        type: 'aws_subnet',
        attributes: ['tags'],
      },
    ]);
    expect((drifted.sentences as readonly string[]).at(-1)).toMatch(
      /^drift: 1 aws_subnet was changed outside of Terraform: tags \(Network_Nodes-/,
    );
  });
});
