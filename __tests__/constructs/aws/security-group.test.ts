import '../../../stacks/fast-tokens';
import type { Construct } from 'constructs';
import { type INetwork, Network } from '../../../constructs/aws/network';
import { SecurityGroup } from '../../../constructs/aws/security-group';
import { Cidr } from '../../../model/net/cidr';
import { Peer } from '../../../model/net/peer';
import { Port } from '../../../model/net/port';
import { profileRules } from '../../../model/net/port-profiles';
import type { Rule } from '../../../model/net/rule';
import { addresses, only, plainAddresses, resolved, synthesized } from '../../support/synthesized';

const networkIn = (scope: Construct): INetwork =>
  Network.fromNetworkAttributes(scope, 'Network', { vpcId: 'vpc-1' });
const build = (ingress: readonly Rule[], egress?: readonly Rule[]) =>
  synthesized((stack) => {
    new SecurityGroup(stack, 'Nodes', { network: networkIn(stack), name: 'dev', ingress, egress });
  });

const rule = (port: Port, peer: Peer, extra: Partial<Rule> = {}): Rule => ({
  port,
  peer,
  description: 'x',
  ...extra,
});

it('makes one resource per rule and names it by what it allows', () => {
  const synth = build([
    rule(Port.tcp(22), Peer.ipv4('1.11.0.0/16')),
    rule(Port.tcp(22), Peer.ipv4('11.1.0.0/16')),
    rule(Port.udp(8000, 8010), Peer.self()),
  ]);
  expect(plainAddresses(synth)).toEqual([
    'aws_security_group.Nodes_Group',
    'aws_vpc_security_group_egress_rule.Nodes_Out-all-to-0_0_0_0-0',
    'aws_vpc_security_group_ingress_rule.Nodes_In-tcp-22-from-11_1_0_0-16',
    'aws_vpc_security_group_ingress_rule.Nodes_In-tcp-22-from-1_11_0_0-16',
    'aws_vpc_security_group_ingress_rule.Nodes_In-udp-8000-8010-from-self',
  ]);
});

it('keeps the addresses of the other rules when one is added, removed or moved', () => {
  const a = rule(Port.tcp(22), Peer.self());
  const b = rule(Port.tcp(80), Peer.self());
  const c = rule(Port.tcp(443), Peer.self());
  const before = addresses(build([a, b]));
  expect(addresses(build([b, c, a]))).toEqual(expect.arrayContaining([...before]));
  expect(addresses(build([b, a]))).toEqual(before);
});

it('says everything in the terms of the provider', () => {
  const all = only(build([rule(Port.all(), Peer.self())]), 'aws_vpc_security_group_ingress_rule');
  expect(all).toMatchObject({ ip_protocol: '-1', description: 'x' });
  expect(all).not.toHaveProperty('from_port');
  expect(all).not.toHaveProperty('cidr_ipv4');
  expect(all.referenced_security_group_id).toMatch(/^\$\{aws_security_group\./);
  const icmp = only(
    build([rule(Port.icmpFragmentationNeeded(), Peer.ipv4('10.0.2.0/24'))]),
    'aws_vpc_security_group_ingress_rule',
  );
  expect(icmp).toMatchObject({ ip_protocol: 'icmp', from_port: 3, to_port: 4, cidr_ipv4: '10.0.2.0/24' });
});

it('refuses everybody without a reason, and writes the reason into the rule', () => {
  expect(() => build([rule(Port.tcp(22), Peer.anyIpv4())])).toThrow(
    'stack/Nodes: ingress: must be a restricted source, or carry the reason why everybody may come in, got "tcp-22 from 0.0.0.0/0"; name the networks that need it, or give allowPublic: \'reason\'',
  );
  expect(() => build([rule(Port.tcp(22), Peer.ipv4('128.0.0.0/1'))])).toThrow('restricted source');
  const open = only(
    build([rule(Port.tcp(443), Peer.anyIpv4(), { allowPublic: 'status page' })]),
    'aws_vpc_security_group_ingress_rule',
  );
  expect(open.description).toBe('x (public: status page)');
});

describe.each(['ingress', 'egress'] as const)('the description of an %s rule', (direction) => {
  const described = (extra: Partial<Rule>) => {
    const rules = [rule(Port.tcp(22), Peer.ipv4('192.0.2.0/24'), extra)];
    const synth = direction === 'ingress' ? build(rules) : build([], rules);
    return only(synth, `aws_vpc_security_group_${direction}_rule`).description;
  };

  it.each([
    ['of all letters that AWS takes', { description: 'aZ09. _-:/()#,@[]+=&;{}!$*' }],
    ['of 255', { description: 'x'.repeat(255) }],
    ['of none', { description: '' }],
  ])('may be %s', (_, extra) => {
    expect(described(extra)).toBe(extra.description);
  });

  it.each([
    ['of other letters', { description: 'naïve' }],
    ['of two lines', { description: 'a\nb' }],
    ['of 256', { description: 'x'.repeat(256) }],
    ['of 256 with its reason', { description: 'x'.repeat(240), allowPublic: 'abcde' }],
    ['of other letters in its reason', { description: 'x', allowPublic: 'naïve' }],
  ])('must not be %s', (_, extra) => {
    expect(() => described(extra)).toThrow(
      `stack/Nodes: ${direction}: must be a description of at most 255 characters of a-z A-Z 0-9 . _ - : / ( ) # , @ [ ] + = & ; { } ! $ * and spaces, got `,
    );
  });
});

it('makes one rule of two that allow the same', () => {
  const twice = [rule(Port.tcp(22), Peer.self()), rule(Port.tcp(22), Peer.self(), { description: 'again' })];
  expect(only(build(twice), 'aws_vpc_security_group_ingress_rule').description).toBe('x');
});

it('allows with open-site what aws_vpn.tf allows', () => {
  const synth = build(profileRules('open-site', { site: [Cidr.parse('10.0.2.0/24')] }));
  const ingress = Object.values(synth.resource.aws_vpc_security_group_ingress_rule ?? {});
  expect(
    ingress.map(({ ip_protocol, cidr_ipv4, referenced_security_group_id }) => [
      ip_protocol,
      cidr_ipv4 ?? (referenced_security_group_id ? 'self' : undefined),
    ]),
  ).toEqual([
    ['-1', '10.0.2.0/24'],
    ['-1', 'self'],
  ]);
  expect(only(synth, 'aws_vpc_security_group_egress_rule')).toMatchObject({
    ip_protocol: '-1',
    cidr_ipv4: '0.0.0.0/0',
  });
});

it('adds rules after it is made, and takes one that is there for the same', () => {
  const synth = synthesized((stack) => {
    const group = new SecurityGroup(stack, 'Nodes', {
      network: networkIn(stack),
      name: 'dev',
      ingress: [rule(Port.tcp(22), Peer.self())],
      egress: [],
    });
    const added = group.addIngressRule(rule(Port.tcp(443), Peer.securityGroup('sg-9', 'proxy')));
    expect(group.addIngressRule(rule(Port.tcp(443), Peer.securityGroup('sg-9', 'proxy')))).toBe(added);
    group.addIngressRule(rule(Port.tcp(22), Peer.self(), { description: 'again' }));
    group.addEgressRule(rule(Port.tcp(443), Peer.prefixList('pl-1')));
    expect(resolved(stack, [group.securityGroupId, group.securityGroupArn])).toEqual(
      resolved(stack, [group.securityGroup.id, group.securityGroup.arn]),
    );
  });
  expect(plainAddresses(synth)).toEqual([
    'aws_security_group.Nodes_Group',
    'aws_vpc_security_group_egress_rule.Nodes_Out-tcp-443-to-pl-1',
    'aws_vpc_security_group_ingress_rule.Nodes_In-tcp-22-from-self',
    'aws_vpc_security_group_ingress_rule.Nodes_In-tcp-443-from-proxy',
  ]);
});

it('refuses an added rule as it refuses a prop', () => {
  const add = (added: Rule, direction: 'addIngressRule' | 'addEgressRule') => () =>
    synthesized((stack) => {
      new SecurityGroup(stack, 'Nodes', { network: networkIn(stack), name: 'dev' })[direction](added);
    });
  expect(add(rule(Port.tcp(22), Peer.anyIpv4()), 'addIngressRule')).toThrow(
    'stack/Nodes: addIngressRule: must be a restricted source',
  );
  expect(add(rule(Port.tcp(22), Peer.anyIpv4()), 'addEgressRule')).not.toThrow();
  expect(add(rule(Port.tcp(22), Peer.self(), { description: 'naïve' }), 'addEgressRule')).toThrow(
    'stack/Nodes: addEgressRule: must be a description of at most 255',
  );
});

it('checks the description of an egress rule as AWS gets it, with its reason', () => {
  const egress = (allowPublic: string) => () =>
    build([], [rule(Port.all(), Peer.anyIpv4(), { description: 'x'.repeat(200), allowPublic })]);
  expect(egress('y'.repeat(44))).not.toThrow();
  expect(egress('y'.repeat(45))).toThrow('stack/Nodes: egress: must be a description of at most 255');
});

it.each([
  ['sg-nodes', 'name: must be 1 to 255 characters'],
  ['SG-nodes', 'name: must be 1 to 255 characters'],
  ['default', 'are not default, got "default"'],
  ['', 'got ""'],
  ['x'.repeat(256), 'must be 1 to 255 characters'],
  ['naïve', 'got "naïve"'],
])('refuses the name %j', (name, message) => {
  expect(() =>
    synthesized((stack) => {
      new SecurityGroup(stack, 'Nodes', { network: networkIn(stack), name });
    }),
  ).toThrow(message);
});

it('refuses a description that AWS would refuse, and a second group of one name in a network', () => {
  const described = (description: string) => () =>
    synthesized((stack) => {
      new SecurityGroup(stack, 'Nodes', { network: networkIn(stack), name: 'dev', description });
    });
  expect(described('')).toThrow('stack/Nodes: description: must have 1 to 255 characters, got none');
  expect(described('naïve')).toThrow('stack/Nodes: description: must be a description of at most 255');
  expect(() =>
    synthesized((stack) => {
      const network = networkIn(stack);
      new SecurityGroup(stack, 'One', { network, name: 'dev' });
      new SecurityGroup(stack, 'Two', { network, name: 'dev' });
    }),
  ).toThrow('stack/Two: name: must be unique among the security groups of stack/Network of the stack');
});
