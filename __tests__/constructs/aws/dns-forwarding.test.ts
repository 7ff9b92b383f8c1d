import '../../../stacks/fast-tokens';
import { TerraformVariable } from 'cdktf';
import { DnsForwarding, type DnsForwardingProps } from '../../../constructs/aws/dns-forwarding';
import { Network } from '../../../constructs/aws/network';
import { only, plainAddresses, synthesized } from '../../support/synthesized';

const RESOLVERS = { 'corp.example.org': ['10.0.2.53', '10.0.2.54'], '.': ['10.0.2.53'] };

function forwarding(props: Partial<DnsForwardingProps> = {}) {
  return synthesized((stack) => {
    new DnsForwarding(stack, 'Forwarding', {
      network: Network.fromNetworkAttributes(stack, 'Network', {
        vpcId: 'vpc-1',
        subnetIds: { a: 'subnet-1', b: 'subnet-2' },
      }),
      name: 'dev',
      resolvers: RESOLVERS,
      interfaces: [{ subnet: 'a' }, { subnet: 'b' }],
      ...props,
    });
  });
}

/** The resources of a type by what they are called, without cdktf's hash. */
const named = (synth: ReturnType<typeof forwarding>, type: string, name: string) =>
  Object.entries(synth.resource[type] ?? {}).find(([key]) => key.replace(/_[0-9A-F]{8}$/, '') === name)?.[1];

it('makes an endpoint, and for each domain a rule that the VPC uses', () => {
  expect(plainAddresses(forwarding())).toEqual([
    'aws_route53_resolver_endpoint.Forwarding_Endpoint',
    'aws_route53_resolver_rule.Forwarding_Rule-_',
    'aws_route53_resolver_rule.Forwarding_Rule-corp_example_org',
    'aws_route53_resolver_rule_association.Forwarding_Association-_',
    'aws_route53_resolver_rule_association.Forwarding_Association-corp_example_org',
    'aws_security_group.Forwarding_Resolver_Group',
    'aws_vpc_security_group_egress_rule.Forwarding_Resolver_Out-tcp-53-to-10_0_2_53-32',
    'aws_vpc_security_group_egress_rule.Forwarding_Resolver_Out-tcp-53-to-10_0_2_54-32',
    'aws_vpc_security_group_egress_rule.Forwarding_Resolver_Out-udp-53-to-10_0_2_53-32',
    'aws_vpc_security_group_egress_rule.Forwarding_Resolver_Out-udp-53-to-10_0_2_54-32',
    'terraform_data.Forwarding_Subnets',
  ]);
});

it('asks from a subnet each, with a group of its own that lets nobody in', () => {
  const synth = forwarding({ tags: { owner: 'me' } });
  const [subnets] = Object.keys(synth.resource.terraform_data ?? {});
  expect(only(synth, 'aws_route53_resolver_endpoint')).toEqual({
    name: 'dev-dns',
    direction: 'OUTBOUND',
    security_group_ids: [expect.stringContaining('aws_security_group.Forwarding_Resolver_Group')],
    ip_address: [{ subnet_id: 'subnet-1' }, { subnet_id: 'subnet-2' }],
    tags: { Name: 'dev-dns', owner: 'me' },
    lifecycle: { replace_triggered_by: [`terraform_data.${subnets}.output`] },
  });
  expect(only(synth, 'terraform_data')).toEqual({ input: { a: 'subnet-1', b: 'subnet-2' } });
  expect(only(synth, 'aws_security_group')).toMatchObject({ vpc_id: 'vpc-1', name: 'dev-dns' });
  expect(synth.resource.aws_vpc_security_group_ingress_rule).toBeUndefined();
});

it('forwards a domain to its resolvers, and replaces its rule with the endpoint', () => {
  const synth = forwarding();
  const rule = (name: string) => named(synth, 'aws_route53_resolver_rule', `Forwarding_Rule-${name}`);
  const [endpoint] = Object.keys(synth.resource.aws_route53_resolver_endpoint ?? {});
  expect(rule('corp_example_org')).toEqual({
    name: 'to-corp-example-org',
    domain_name: 'corp.example.org',
    rule_type: 'FORWARD',
    resolver_endpoint_id: `\${aws_route53_resolver_endpoint.${endpoint}.id}`,
    target_ip: [
      { ip: '10.0.2.53', port: 53 },
      { ip: '10.0.2.54', port: 53 },
    ],
    tags: { Name: 'dev-dns' },
    lifecycle: { replace_triggered_by: [`aws_route53_resolver_endpoint.${endpoint}.id`] },
  });
  expect(rule('_')).toMatchObject({
    name: 'all',
    domain_name: '.',
    target_ip: [{ ip: '10.0.2.53', port: 53 }],
  });
  expect(
    named(synth, 'aws_route53_resolver_rule_association', 'Forwarding_Association-corp_example_org'),
  ).toEqual({
    vpc_id: 'vpc-1',
    resolver_rule_id: expect.stringContaining('aws_route53_resolver_rule.Forwarding_Rule-corp_example_org'),
  });
});

it('cuts the name of a rule where AWS takes no more', () => {
  const domain = `${'a'.repeat(60)}.example.org`;
  const rule = only(forwarding({ resolvers: { [domain]: ['10.0.2.53'] } }), 'aws_route53_resolver_rule');
  // 64 characters, 3 of them before the domain.
  expect(rule).toMatchObject({ name: `to-${'a'.repeat(60)}-`, domain_name: domain });
});

it('asks from two addresses of one subnet', () => {
  const interfaces = ['10.1.2.253', '10.1.2.254'].map((address) => ({ subnet: 'a', address }));
  expect(only(forwarding({ interfaces }), 'aws_route53_resolver_endpoint')).toMatchObject({
    ip_address: [
      { subnet_id: 'subnet-1', ip: '10.1.2.253' },
      { subnet_id: 'subnet-1', ip: '10.1.2.254' },
    ],
  });
});

const six = ['1', '2', '3', '4', '5', '6'].map((last) => `10.0.2.${last}`);

it('takes six resolvers and six interfaces', () => {
  const interfaces = six.map((address) => ({ subnet: 'a', address }));
  expect(() => forwarding({ resolvers: { 'a.org': six }, interfaces })).not.toThrow();
});

it.each<[string, Partial<DnsForwardingProps>, string]>([
  ['a bad name', { name: 'a b' }, 'name: must be 1 to 50 characters'],
  ['no domain', { resolvers: {} }, 'resolvers: must hold at least one domain, got none'],
  [
    'a domain in capitals',
    { resolvers: { 'Corp.org': ['10.0.2.53'] } },
    'resolvers: must have domains in small letters like corp.example.org, or ., as keys, got "Corp.org"',
  ],
  [
    'a dot at the end of a domain',
    { resolvers: { 'corp.org.': ['10.0.2.53'] } },
    'resolvers: must have domains in small letters like corp.example.org, or ., as keys, got "corp.org."',
  ],
  ['no resolver', { resolvers: { 'a.org': [] } }, 'resolvers.a.org: must be 1 to 6 addresses, got 0'],
  [
    'seven resolvers',
    { resolvers: { 'a.org': [...six, '10.0.2.7'] } },
    'resolvers.a.org: must be 1 to 6 addresses, got 7',
  ],
  [
    'no address',
    { resolvers: { 'a.org': ['ns.org'] } },
    'resolvers.a.org: must be an IPv4 address, got "ns.org"',
  ],
  [
    'a resolver twice',
    { resolvers: { 'a.org': ['10.0.2.1', '10.0.2.1'] } },
    'resolvers.a.org: must name each resolver once, got 10.0.2.1, 10.0.2.1',
  ],
  ['one interface', { interfaces: [{ subnet: 'a' }] }, 'interfaces: must be 2 to 6, got 1'],
  [
    'seven interfaces',
    { interfaces: [...six, '10.0.2.7'].map((address) => ({ subnet: 'a', address })) },
    'interfaces: must be 2 to 6, got 7',
  ],
  [
    'an unknown subnet',
    { interfaces: [{ subnet: 'a' }, { subnet: 'c' }] },
    'interfaces[1].subnet: must be a key of a subnet of stack/Network, got "c"',
  ],
  [
    'a bad address of an interface',
    { interfaces: [{ subnet: 'a' }, { subnet: 'b', address: '10.0.2' }] },
    'interfaces[1].address: must be an IPv4 address, got "10.0.2"',
  ],
  [
    'two interfaces of a subnet without addresses',
    { interfaces: [{ subnet: 'a' }, { subnet: 'a', address: '10.1.2.10' }] },
    'interfaces: must have addresses of their own where a subnet has several, got none, 10.1.2.10 in "a"',
  ],
  [
    'two interfaces with one address',
    { interfaces: ['10.1.2.10', '10.1.2.10'].map((address) => ({ subnet: 'a', address })) },
    'interfaces: must have addresses of their own where a subnet has several, got 10.1.2.10, 10.1.2.10 in "a"',
  ],
])('refuses %s', (_name, props, message) => {
  expect(() => forwarding(props)).toThrow(message);
});

it('takes no token as a resolver: the addresses of rules are made of it', () => {
  const build = () =>
    synthesized((stack) => {
      const resolver = new TerraformVariable(stack, 'resolver', { type: 'string' }).stringValue;
      new DnsForwarding(stack, 'Forwarding', {
        network: Network.fromNetworkAttributes(stack, 'Network', {
          vpcId: 'vpc-1',
          subnetIds: { a: 'subnet-1', b: 'subnet-2' },
        }),
        name: 'dev',
        resolvers: { 'a.org': [resolver] },
        interfaces: [{ subnet: 'a' }, { subnet: 'b' }],
      });
    });
  expect(build).toThrow('resolvers.a.org: must be known at synthesis, got a token');
});
