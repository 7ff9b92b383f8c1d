import '../../../stacks/fast-tokens';
import { Network } from '../../../constructs/aws/network';
import { SecurityGroup } from '../../../constructs/aws/security-group';
import { SiteToSiteVpn } from '../../../constructs/aws/site-to-site-vpn';
import { type Synthesized, synthesized } from '../../support/synthesized';

type Tags = Record<string, string>;

const everything = (tags: Tags, subnetTags?: Tags): Synthesized =>
  synthesized((stack) => {
    const network = new Network(stack, 'Network', {
      name: 'dev',
      cidr: '10.1.0.0/16',
      egress: 'nat-per-zone',
      subnets: {
        a: { cidr: '10.1.1.0/24', publicCidr: '10.1.2.0/24', zone: 'x-1a', tags: subnetTags },
        c: { cidr: '10.1.3.0/24', publicCidr: '10.1.4.0/24', zone: 'x-1c' },
      },
      flowLogs: { retentionDays: 30 },
      tags,
    });
    new SecurityGroup(stack, 'Nodes', { network, name: 'nodes', tags });
    new SiteToSiteVpn(stack, 'Vpn', {
      name: 'dev',
      network,
      customerGateway: { ipAddress: '198.51.100.10', asn: 65000 },
      logs: { format: 'json', retentionDays: 30 },
      tags,
    });
  });

/** Types of ours that have no tags of their own. */
const WITHOUT_TAGS = [
  'aws_iam_role_policy',
  'aws_main_route_table_association',
  'aws_route',
  'aws_route_table_association',
  'aws_vpn_gateway_route_propagation',
];

const tagsByAddress = (synth: Synthesized): ReadonlyMap<string, Tags> =>
  new Map(
    Object.entries(synth.resource)
      .filter(([type]) => !WITHOUT_TAGS.includes(type))
      .flatMap(([type, named]) =>
        Object.entries(named).map(
          ([name, { tags }]) => [`${type}.${name.replace(/_[0-9A-F]{8}$/, '')}`, tags as Tags] as const,
        ),
      ),
  );

it('reaches every resource that takes tags, those of the flow logs too', () => {
  const tags = tagsByAddress(everything({ owner: 'me' }));
  expect(tags.size).toBe(23);
  expect([...tags].filter(([, { owner }]) => owner !== 'me')).toEqual([]);
  for (const part of ['aws_flow_log', 'aws_iam_role', 'aws_cloudwatch_log_group'])
    expect(
      tags.get(`${part}.Network_FlowLogs_${{ aws_flow_log: 'Log', aws_iam_role: 'Role' }[part] ?? 'Group'}`),
    ).toEqual({
      Name: 'dev-flow',
      owner: 'me',
    });
});

it("puts the construct's tags over the default Name, and a subnet's over both", () => {
  const tags = tagsByAddress(everything({ Name: 'mine', owner: 'me' }, { Name: 'own', owner: 'you' }));
  expect(tags.get('aws_subnet.Network_Nodes-a')).toEqual({ Name: 'own', owner: 'you' });
  expect(tags.get('aws_subnet.Network_Nodes-c')).toEqual({ Name: 'mine', owner: 'me' });
  expect(new Set([...tags.values()].map(({ Name }) => Name))).toEqual(new Set(['mine', 'own']));
});

it.each<[Tags, string]>([
  [{ 'aws:x': 'y' }, 'stack/Network: tags: must have keys of 1 to 128 letters'],
  [{ 'AWS:x': 'y' }, 'that do not begin with aws:, got "AWS:x"'],
  [{ '': 'y' }, 'got ""'],
  [{ ['x'.repeat(129)]: 'y' }, 'must have keys of 1 to 128'],
  [{ a: 'x'.repeat(257) }, 'stack/Network: tags.a: must have at most 256 letters'],
  [
    { a: 'b;c' },
    'stack/Network: tags.a: must have at most 256 letters, digits, spaces and _ . : / = + - @, got "b;c"',
  ],
  [
    Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, ''])),
    'stack/Network: tags: must be at most 50 together with Name, got 50',
  ],
])('refuses tags that a service would refuse %#', (tags, message) => {
  expect(() => everything(tags)).toThrow(message);
});

it('takes as many tags as AWS does', () => {
  const most = Object.fromEntries(Array.from({ length: 49 }, (_, index) => [`k${index}`, 'x'.repeat(256)]));
  expect(() => everything(most)).not.toThrow();
  expect(() => everything({ a: 'b' }, { 'aws:x': 'y' })).toThrow(
    'stack/Network: subnets.a.tags: must have keys',
  );
});
