import '../../../stacks/fast-tokens';
import { SecurityGroup } from '../../../constructs/azure/security-group';
import { Peer } from '../../../model/net/peer';
import { Port } from '../../../model/net/port';
import { type Rule, ruleKey } from '../../../model/net/rule';
import { addresses, plainAddresses, type Synthesized } from '../../support/synthesized';
import { synthesizedAzure } from '../../support/synthesized-azure';
import { networkIn } from './lab';

const rule = (port: Port, peer: Peer, extra: Partial<Rule> = {}): Rule => ({
  port,
  peer,
  description: 'x',
  ...extra,
});
const SSH = rule(Port.tcp(22), Peer.ipv4('10.0.2.0/24'));

type Numbered = readonly [priority: number, rule: Rule];

const build = (...rules: readonly Numbered[]): Synthesized =>
  synthesizedAzure((stack) => {
    const subnets = {
      default: { name: 'nodes', cidr: '172.21.1.0/24' },
      b: { name: 'b', cidr: '172.21.2.0/24' },
    };
    new SecurityGroup(stack, 'Nodes', {
      network: networkIn(stack, { subnets }),
      name: 'lab-nodes',
      ingress: rules.map(([priority, one]) => ({ key: ruleKey(one), priority, rule: one })),
    });
  });

const rulesOf = (synth: Synthesized) => Object.values(synth.resource.azurerm_network_security_rule ?? {});

/** The only rule beside the deny. */
function ruleOf(one: Rule) {
  const [allowed, ...others] = rulesOf(build([200, one])).filter(({ access }) => access === 'Allow');
  if (allowed === undefined || others.length > 0) throw new Error('not one rule');
  return allowed;
}

it('makes a resource of each rule, named by what it allows, and joins every subnet for nodes', () => {
  const synth = build([200, SSH], [201, rule(Port.udp(8000, 8010), Peer.self())]);
  expect(plainAddresses(synth).filter((address) => /security/.test(address))).toEqual([
    'azurerm_network_security_group.Nodes_Group',
    'azurerm_network_security_rule.Nodes_Deny',
    'azurerm_network_security_rule.Nodes_In-tcp-22-from-10_0_2_0-24',
    'azurerm_network_security_rule.Nodes_In-udp-8000-8010-from-self',
    'azurerm_subnet_network_security_group_association.Nodes_Subnet-b',
    'azurerm_subnet_network_security_group_association.Nodes_Subnet-default',
  ]);
});

it('keeps the addresses of the other rules when one is added, removed or renumbered', () => {
  const [a, b, c] = [22, 80, 443].map((port) => rule(Port.tcp(port), Peer.self())) as [Rule, Rule, Rule];
  const before = addresses(build([200, a], [201, b]));
  expect(addresses(build([300, b], [200, c], [301, a]))).toEqual(expect.arrayContaining([...before]));
  expect(addresses(build([201, b], [200, a]))).toEqual(before);
});

it('denies all that comes in last, whatever is allowed', () => {
  for (const synth of [build(), build([4095, SSH])]) {
    const denied = rulesOf(synth).filter(({ access }) => access === 'Deny');
    expect(denied).toEqual([
      expect.objectContaining({
        name: 'deny-all-inbound',
        priority: 4096,
        direction: 'Inbound',
        protocol: '*',
        source_address_prefix: '*',
        source_port_range: '*',
        destination_address_prefix: '*',
        destination_port_range: '*',
      }),
    ]);
  }
});

it.each<[string, Port, Readonly<Record<string, unknown>>]>([
  ['one port', Port.tcp(22), { protocol: 'Tcp', destination_port_range: '22' }],
  ['port 0', Port.udp(0), { protocol: 'Udp', destination_port_range: '0' }],
  ['a range', Port.udp(8000, 8010), { protocol: 'Udp', destination_port_range: '8000-8010' }],
  ['all ports', Port.tcp(0, 65535), { protocol: 'Tcp', destination_port_range: '*' }],
  ['all of ICMP', Port.icmp(), { protocol: 'Icmp', destination_port_range: '*' }],
  ['ESP', Port.ofProtocol(50), { protocol: 'Esp', destination_port_range: '*' }],
  ['AH', Port.ofProtocol(51), { protocol: 'Ah', destination_port_range: '*' }],
  ['everything', Port.all(), { protocol: '*', destination_port_range: '*' }],
])('says %s in the words of the provider', (_, port, words) => {
  expect(ruleOf(rule(port, Peer.ipv4('10.0.2.0/24')))).toMatchObject({
    ...words,
    access: 'Allow',
    direction: 'Inbound',
    source_port_range: '*',
    source_address_prefix: '10.0.2.0/24',
    destination_address_prefix: '*',
  });
});

it('means the subnets for nodes by self: all of them, or the only one', () => {
  expect(ruleOf(rule(Port.tcp(22), Peer.self()))).toMatchObject({
    source_address_prefixes: ['172.21.1.0/24', '172.21.2.0/24'],
  });
  expect(ruleOf(rule(Port.tcp(22), Peer.self()))).not.toHaveProperty('source_address_prefix');
  const alone = synthesizedAzure((stack) => {
    const ingress = [{ key: 'ssh', priority: 200, rule: rule(Port.tcp(22), Peer.self()) }];
    new SecurityGroup(stack, 'Nodes', { network: networkIn(stack), name: 'nodes', ingress });
  });
  expect(rulesOf(alone).find(({ access }) => access === 'Allow')).toMatchObject({
    source_address_prefix: '172.21.1.0/24',
  });
});

it('takes everybody for all addresses, and a half of them for a half, each with its reason', () => {
  expect(ruleOf(rule(Port.tcp(443), Peer.anyIpv4(), { allowPublic: 'status page' }))).toMatchObject({
    source_address_prefix: '0.0.0.0/0',
    description: 'x (public: status page)',
  });
  expect(ruleOf(rule(Port.tcp(443), Peer.ipv4('128.0.0.0/1'), { allowPublic: 'half' }))).toMatchObject({
    source_address_prefix: '128.0.0.0/1',
  });
});

it('takes 900 rules, the first and the last priority, and a description of 140 characters', () => {
  const many = Array.from(
    { length: 900 },
    (_, index): Numbered => [100 + index, rule(Port.tcp(index + 1), Peer.self())],
  );
  expect(rulesOf(build(...many))).toHaveLength(901);
  expect(rulesOf(build([100, SSH]))).toHaveLength(2);
  expect(ruleOf(rule(Port.tcp(22), Peer.self(), { description: 'x'.repeat(140) }))).toMatchObject({
    description: 'x'.repeat(140),
  });
});

it.each<[string, readonly Numbered[], string]>([
  [
    'a priority below 100',
    [[99, SSH]],
    'ingress.tcp-22-from-10_0_2_0-24.priority: must be from 100 to 4095, got 99',
  ],
  ['the priority of the deny', [[4096, SSH]], 'priority: must be from 100 to 4095, got 4096'],
  ['half a priority', [[200.5, SSH]], 'priority: must be from 100 to 4095, got 200.5'],
  [
    'a priority twice',
    [
      [200, SSH],
      [200, rule(Port.tcp(80), Peer.self())],
    ],
    'stack/Nodes: ingress.tcp-80-from-self.priority: 200 is that of tcp-22-from-10_0_2_0-24 already',
  ],
  ['GRE', [[200, rule(Port.ofProtocol(47), Peer.self())]], 'must be tcp, udp, icmp, esp, ah or all, got 47'],
  [
    'a prefix list of AWS',
    [[200, rule(Port.tcp(22), Peer.prefixList('pl-1'))]],
    'must have a network or self as its source, got a prefix-list',
  ],
  [
    'a security group of AWS',
    [[200, rule(Port.tcp(22), Peer.securityGroup('sg-1'))]],
    'must have a network or self as its source, got a security-group',
  ],
  ['everybody without a reason', [[200, rule(Port.tcp(22), Peer.anyIpv4())]], 'must be a restricted source'],
  [
    'a half without a reason',
    [[200, rule(Port.tcp(22), Peer.ipv4('0.0.0.0/1'))]],
    'must be a restricted source',
  ],
  [
    'a description of 141 characters',
    [[200, rule(Port.tcp(22), Peer.self(), { description: 'x'.repeat(141) })]],
    'ingress.tcp-22-from-self.description: must be a description of at most 140 characters',
  ],
  [
    'a reason that makes the description too long',
    [[200, rule(Port.tcp(22), Peer.anyIpv4(), { allowPublic: 'r'.repeat(129) })]],
    'description: must be a description of at most 140 characters',
  ],
  [
    'more than 900 rules',
    Array.from({ length: 901 }, (_, index): Numbered => [100 + index, rule(Port.tcp(index), Peer.self())]),
    'ingress: must be at most 900 rules, got 901',
  ],
])('refuses %s', (_, rules, message) => {
  expect(() => build(...rules)).toThrow(message);
});
