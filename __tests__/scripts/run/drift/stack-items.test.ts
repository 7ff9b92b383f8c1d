import { unmanagedRules } from '../../../../scripts/kinds/aws/drift/rules';
import { AZURE_DRIFT } from '../../../../scripts/kinds/azure/drift/azure-drift';
import { driftMarkdown } from '../../../../scripts/run/drift/drift-markdown';
import { withoutExpected } from '../../../../scripts/run/drift/expected';
import { compareWithLast } from '../../../../scripts/run/drift/history';
import { Relevance } from '../../../../scripts/run/drift/relevance';
import type { DriftItem, EnvironmentDrift } from '../../../../scripts/run/drift/report';
import {
  type FoundItem,
  type StackFacts,
  stackItems,
  toldOnce,
} from '../../../../scripts/run/drift/stack-items';
import type { Attributes } from '../../../../terraform/state/state-file';

const RESOURCES: Record<string, Record<string, Attributes>> = {
  aws_autoscaling_group: { G: { max_size: 3, lifecycle: { ignore_changes: ['max_size', 'tag[0].value'] } } },
  aws_iam_role: { R: { assume_role_policy: '{}' } },
  aws_eip: { E: { domain: 'vpc' } },
  aws_vpc: { V: { cidr_block: '10.0.0.0/16' } },
  aws_subnet: { S: { vpc_id: `\${aws_vpc.V.id}`, ipv6: `\${aws_vpc.V.ipv6_cidr_block}` } },
  aws_vpn_connection: { C: { type: 'ipsec.1', static_routes_only: true } },
  aws_instance: { Nodes: { ami: 'a' } },
};

const configuration = { terraform: {}, provider: {}, resources: RESOURCES, raw: { resource: RESOURCES } };

function found(
  address: string,
  before: Attributes,
  after: Attributes | undefined,
  more: Partial<StackFacts> = {},
): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after ?? {})]);
  const change = {
    address,
    type: address.split('.')[0] ?? '',
    actions: [after === undefined ? 'delete' : 'update'],
    replacedBy: [],
    before,
    after: after ?? {},
    changed: [...names].filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after?.[name])),
  };
  const items = stackItems({
    stack: 'dev-aws-default',
    drift: [change],
    resources: [],
    relevance: new Relevance(configuration),
    telemetry: { aws_vpn_connection: ['vgw_telemetry', 'routes'] },
    hasEnded: () => false,
    ...more,
  });
  return items.map(({ what, attribute }) => `${what}${attribute === undefined ? '' : ` ${attribute}`}`);
}

describe('what drifted', () => {
  it.each([
    ['an argument', 'aws_vpc.V', { cidr_block: 'a' }, { cidr_block: 'b' }, ['changed cidr_block']],
    [
      'what another resource reads',
      'aws_vpc.V',
      { ipv6_cidr_block: 'a' },
      { ipv6_cidr_block: 'b' },
      ['changed ipv6_cidr_block'],
    ],
    [
      'tags, once',
      'aws_vpc.V',
      { tags: { a: '1' }, tags_all: { a: '1' } },
      { tags: { a: '2' }, tags_all: { a: '2' } },
      ['changed tags'],
    ],
    [
      'an argument that is taken away',
      'aws_vpc.V',
      { cidr_block: 'a' },
      { cidr_block: null },
      ['changed cidr_block'],
    ],
    [
      'an object that is gone, also where the configuration has it no more',
      'aws_vpc.Old',
      { id: 'v' },
      undefined,
      ['deleted'],
    ],
    ['an object that is gone', 'aws_vpc.V', { id: 'vpc-1' }, undefined, ['deleted']],
  ])('is %s', (_, address, before, after, expected) => {
    expect(found(address, before, after)).toEqual(expected);
  });

  it.each([
    ['what nothing of ours depends on', 'aws_vpc.V', { owner_id: '1' }, { owner_id: '2' }],
    [
      'what an object has that the configuration has no more',
      'aws_vpc.Old',
      { main_table_id: 'a' },
      { main_table_id: 'b' },
    ],
    ['what the cloud fills in afterwards', 'aws_vpc.V', { ipv6_cidr_block: '' }, { ipv6_cidr_block: 'b' }],
    [
      'telemetry and learned routes',
      'aws_vpn_connection.C',
      { vgw_telemetry: [], routes: [1] },
      { vgw_telemetry: [1], routes: [] },
    ],
    [
      'sizes that a schedule or a lease changes',
      'aws_autoscaling_group.G',
      { max_size: 3, tag: 1 },
      { max_size: 0, tag: 2 },
    ],
    ['order alone', 'aws_vpc.V', { cidr_block: ['a', 'b'] }, { cidr_block: ['b', 'a'] }],
    [
      'a JSON document that is written otherwise',
      'aws_iam_role.R',
      { assume_role_policy: '{"a":[1,2],"b":3}' },
      { assume_role_policy: '{ "b": 3, "a": [2, 1] }' },
    ],
    [
      'default tags that changed',
      'aws_vpc.V',
      { tags: { a: '1' }, tags_all: { a: '1' } },
      { tags: {}, tags_all: { a: '1' } },
    ],
  ])('is not %s', (_, address, before, after) => {
    expect(found(address, before, after)).toEqual([]);
  });

  it('is no node that ended as it was meant to', () => {
    expect(found('aws_instance.Nodes["n1"]', { id: 'i-1' }, undefined, { hasEnded: () => true })).toEqual([]);
  });

  it('tells a secret without its values', () => {
    const [item] = stackItems({
      stack: 's',
      drift: [
        {
          address: 'aws_vpn_connection.C',
          type: 'aws_vpn_connection',
          actions: ['update'],
          replacedBy: [],
          before: { type: '(sensitive)' },
          after: { type: '(sensitive)' },
          changed: ['type'],
        },
      ],
      resources: [],
      relevance: new Relevance(configuration),
      telemetry: {},
      hasEnded: () => false,
    });
    expect(item).toMatchObject({ attribute: 'type', before: '(sensitive)', after: '(sensitive)' });
  });
});

describe('what nobody manages', () => {
  const rule = (more: object) => ({ protocol: 'tcp', from_port: 22, to_port: 22, cidr_blocks: [], ...more });
  const group = (ingress: readonly object[]) => ({
    address: 'aws_security_group.G',
    type: 'aws_security_group',
    values: { id: 'sg-1', ingress, egress: [] },
  });
  const own = (values: object) => ({
    address: 'r',
    type: 'aws_vpc_security_group_ingress_rule',
    values: { security_group_id: 'sg-1', ip_protocol: 'tcp', from_port: 22, to_port: 22, ...values },
  });

  it('is a rule that is none of ours, one for each peer', () => {
    const resources = [
      group([
        rule({
          cidr_blocks: ['10.0.0.0/8', '0.0.0.0/0'],
          self: true,
          security_groups: ['123456789012/sg-2', 'sg-3'],
        }),
        rule({ protocol: '-1', from_port: 0, to_port: 0, ipv6_cidr_blocks: ['::/0'] }),
      ]),
      own({ cidr_ipv4: '10.0.0.0/8' }),
      own({ referenced_security_group_id: 'sg-1' }),
      own({ referenced_security_group_id: 'sg-2' }),
    ];
    expect(unmanagedRules(resources).map(({ id }) => id)).toEqual([
      'ingress tcp 22 from 0.0.0.0/0',
      'ingress tcp 22 from sg-3',
      'ingress all from ::/0',
    ]);
  });

  it('is a rule, connection or local network gateway on Azure, whatever case its id has', () => {
    const id = '/subscriptions/S/resourceGroups/G/providers/Microsoft.Network/connections/ours';
    const resources = [
      {
        address: 'azurerm_virtual_network_gateway.V',
        type: 'azurerm_virtual_network_gateway',
        values: { resource_group_name: 'G', id: 'v' },
      },
      {
        address: 'azurerm_virtual_network_gateway_connection.C',
        type: 'azurerm_virtual_network_gateway_connection',
        values: { id },
      },
      {
        address: 'azurerm_network_security_group.N',
        type: 'azurerm_network_security_group',
        values: { resource_group_name: 'G', name: 'n', security_rule: [{ name: 'ours' }, { name: 'hand' }] },
      },
      {
        address: 'r',
        type: 'azurerm_network_security_rule',
        values: { resource_group_name: 'g', network_security_group_name: 'N', name: 'Ours' },
      },
    ];
    expect(AZURE_DRIFT.unmanaged?.(resources)).toEqual([
      { what: 'rule', id: 'hand', in: 'azurerm_network_security_group.N', listedIn: 'security_rule' },
    ]);
    const [connections] = AZURE_DRIFT.questions?.(resources) ?? [];
    expect(
      connections?.read([
        { id: id.toUpperCase(), tags: {} },
        { id: '/other', tags: null },
        { id: '/mine', tags: { 'kakehashi:entry': 'x' } },
      ]),
    ).toEqual([{ what: 'connection', id: '/other' }]);
  });
});

const item = (more: Partial<DriftItem> = {}): DriftItem => ({
  stack: 'a',
  what: 'changed',
  address: 'aws_vpc.V',
  attribute: 'x',
  before: 1,
  after: 2,
  state: 'new',
  firstSeen: '2026-01-01T00:00:00.000Z',
  ...more,
});
const environment = (
  items: readonly DriftItem[],
  more: Partial<EnvironmentDrift> = {},
): EnvironmentDrift => ({
  environment: 'dev',
  made: '2026-01-01T00:00:00.000Z',
  simulated: false,
  outcome: 'drift',
  gone: [],
  notes: [],
  stacks: [{ stack: 'a', kind: 'aws-network', state: 'read', items }],
  ...more,
});

describe('what lies in no network in particular', () => {
  const gateway = (stack: string, id: string): FoundItem => ({
    stack,
    what: 'unmanaged',
    address: 'customer gateway',
    noun: 'customer gateway',
    id,
  });
  const ruleIn = (stack: string): FoundItem => ({
    ...gateway(stack, 'ingress'),
    address: 'aws_sg.G',
    noun: 'rule',
  });

  it('is told by one of the stacks of its region, and not where a stack has it', () => {
    const all = [
      gateway('a', 'cgw-1'),
      gateway('b', 'cgw-1'),
      gateway('a', 'cgw-2'),
      ruleIn('a'),
      ruleIn('b'),
    ];
    expect(toldOnce(all, new Set(['cgw-2', 'ingress']))).toEqual([
      gateway('a', 'cgw-1'),
      ruleIn('a'),
      ruleIn('b'),
    ]);
  });
});

describe('what is expected', () => {
  const where = { path: ['drift', 'ignore', 0, 'address'] };
  const ignore = (address: string, more: object = {}) => ({ address, reason: 'r', where, ...more });
  const left = (address: string, more: object = {}) =>
    withoutExpected([item()], [ignore(address, more)], { day: '2026-11-30', isWhole: true });

  it.each([
    ['aws_vpc.V', {}],
    ['aws_vpc.*', { attribute: 'x' }],
    ['*', { until: '2026-11-30' }],
  ])('leaves out %s %j', (address, more) => {
    expect(left(address, more)).toEqual({ items: [], expected: [item()], warnings: [], notes: [] });
  });

  it.each([
    ['aws_vpc.W', {}],
    ['aws_vpc', {}],
    ['aws_vpc.*', { attribute: 'y' }],
    ['aws_vpc?V', {}],
  ])('does not leave out %s %j, and says so', (address, more) => {
    const { items, notes } = left(address, more);
    expect(items).toHaveLength(1);
    expect(notes).toEqual([`drift.ignore[0]: nothing of ${address} drifts; remove it`]);
  });

  it('ends after its last day', () => {
    expect(left('*', { until: '2026-11-29' })).toMatchObject({
      items: [{}],
      warnings: ['drift.ignore[0]: * was expected to drift until 2026-11-29, which is over'],
      notes: [],
    });
  });
});

describe('the last report', () => {
  it('has what is expected since, and that is not gone', () => {
    const { state: _, firstSeen: __, ...again } = item();
    const found = [{ stack: 'a', kind: 'aws-network', state: 'read', items: [] }] as const;
    expect(compareWithLast(found, environment([item()]), 'now', [again]).gone).toEqual([]);
    expect(compareWithLast(found, environment([item()]), 'now').gone).toHaveLength(1);
  });

  it('tells what is new, still there and gone, and is kept of what could not be read', () => {
    const { state: _, firstSeen: __, ...again } = item();
    const fresh: FoundItem = { ...again, attribute: 'z' };
    const last = environment([item(), item({ attribute: 'y' }), item({ stack: 'b' })]);
    const { stacks, gone } = compareWithLast(
      [
        { stack: 'a', kind: 'k', state: 'read', items: [{ ...again, after: 3 }, fresh] },
        { stack: 'b', kind: 'k', state: 'failed', items: [] },
      ],
      last,
      '2026-02-02T00:00:00.000Z',
    );
    const [a, b] = stacks;
    expect(
      a?.items.map(({ attribute, state, firstSeen }) => [attribute, state, firstSeen.slice(0, 10)]),
    ).toEqual([
      ['x', 'still', '2026-01-01'],
      ['z', 'new', '2026-02-02'],
    ]);
    expect(b?.items).toEqual([item({ stack: 'b', state: 'still', unread: true })]);
    expect(gone.map(({ attribute, state }) => [attribute, state])).toEqual([['y', 'gone']]);
  });
});

describe('the Markdown', () => {
  const many = Array.from({ length: 2000 }, (_, index) =>
    item({ address: `aws_vpc.${'橋'.repeat(9)}${index}` }),
  );

  it.each([300, 5_000, 65_536])('fits into %d characters', (budget) => {
    const text = driftMarkdown(environment(many), budget);
    expect(text.length).toBeLessThanOrEqual(budget);
    expect(text).toContain('2000 differences, 2000 new');
  });

  it('holds names in which nothing is a tag, a mention, a reference or a fence', () => {
    const hostile = '```\n<img src=x> @everyone #1 [a](b) |x| \u202e';
    const text = driftMarkdown(
      environment([item({ before: hostile, after: 'y', who: `aws ${'`'.repeat(3)}x` })]),
      9_999,
    );
    // A character that is written as its number is no reference.
    expect(text.replaceAll('&#124;', '')).not.toMatch(/<img|@everyone|#1|\u202e|^```/m);
  });
});
