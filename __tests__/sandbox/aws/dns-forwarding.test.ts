import type { ObjectValue, Value } from '../../../sandbox/protocol/values';
import { type Caller, SimulatedCloud } from '../simulated-cloud';

let cloud: SimulatedCloud;
let aws: Caller;
let made: Readonly<Record<string, ObjectValue>>;

const id = (name: string): string => String(made[name]?.id);
const ENDPOINT = 'aws_route53_resolver_endpoint';
const RULE = 'aws_route53_resolver_rule';
const ASSOCIATION = 'aws_route53_resolver_rule_association';

beforeAll(async () => {
  cloud = await SimulatedCloud.start();
  aws = await cloud.caller();
  const vpc = await aws.create('aws_vpc', { cidr_block: '10.0.0.0/16' });
  const other = await aws.create('aws_vpc', { cidr_block: '10.1.0.0/16' });
  const [vpc_id, other_id] = [vpc.id ?? null, other.id ?? null];
  const subnet = await aws.create('aws_subnet', { vpc_id, cidr_block: '10.0.0.0/28' });
  const second = await aws.create('aws_subnet', { vpc_id, cidr_block: '10.0.1.0/24' });
  const foreign = await aws.create('aws_subnet', { vpc_id: other_id, cidr_block: '10.1.0.0/24' });
  const group = await aws.create('aws_security_group', { vpc_id, name: 'forwarding' });
  const common = { security_group_ids: [group.id ?? null] };
  const endpoint = await aws.create(ENDPOINT, {
    ...common,
    direction: 'OUTBOUND',
    ip_address: [{ subnet_id: subnet.id ?? null }, { subnet_id: second.id ?? null, ip: '10.0.1.4' }],
  });
  const inbound = await aws.create(ENDPOINT, {
    ...common,
    direction: 'INBOUND',
    ip_address: [{ subnet_id: subnet.id ?? null }, { subnet_id: second.id ?? null }],
  });
  const rule = await aws.create(RULE, {
    domain_name: 'corp.example.org',
    rule_type: 'FORWARD',
    resolver_endpoint_id: endpoint.id ?? null,
    target_ip: [{ ip: '10.0.2.53' }],
  });
  const free = await aws.create(RULE, {
    domain_name: 'Corp.example.org',
    rule_type: 'FORWARD',
    resolver_endpoint_id: endpoint.id ?? null,
    target_ip: [{ ip: '10.0.2.54' }],
  });
  const association = await aws.create(ASSOCIATION, { resolver_rule_id: rule.id ?? null, vpc_id });
  made = { vpc, other, subnet, second, foreign, group, endpoint, inbound, rule, free, association };
});
afterAll(() => cloud.stop());

async function refusal(action: Promise<unknown>): Promise<string> {
  const message = await action.then(
    () => 'accepted',
    (failure: Error) => failure.message,
  );
  return message.replace(/^.*, api error /, '').replace(/\b([a-z]+(-[a-z]+)*)-[0-9a-f]{8,17}\b/g, '$1-…');
}

function addressesOf(endpoint: ObjectValue | undefined): readonly string[] {
  const all: Value = endpoint?.ip_address ?? null;
  return Array.isArray(all) ? all.map((one: { ip?: unknown }) => String(one.ip)).sort() : [];
}

it('gives endpoints what AWS fills in, and addresses that none of its own has', () => {
  expect(made.endpoint).toMatchObject({
    host_vpc_id: id('vpc'),
    protocols: ['Do53'],
    resolver_endpoint_type: 'IPV4',
  });
  expect(id('endpoint')).toMatch(/^rslvr-out-[0-9a-f]{17}$/);
  expect(id('inbound')).toMatch(/^rslvr-in-[0-9a-f]{17}$/);
  // The first four of a subnet are AWS's.
  expect(addressesOf(made.endpoint)).toEqual(['10.0.0.4', '10.0.1.4']);
  expect(addressesOf(made.inbound)).toEqual(['10.0.0.5', '10.0.1.5']);
});

it('takes another address and other targets in place', async () => {
  const moved = await aws.update(ENDPOINT, made.inbound ?? {}, {
    direction: 'INBOUND',
    security_group_ids: [id('group')],
    ip_address: [
      { subnet_id: id('subnet'), ip: '10.0.0.14' },
      { subnet_id: id('second'), ip: '10.0.1.5' },
    ],
  });
  expect(addressesOf(moved)).toEqual(['10.0.0.14', '10.0.1.5']);
  const rule = await aws.update(RULE, made.free ?? {}, forward({ domain_name: 'Corp.example.org' }));
  expect(rule).toMatchObject({
    id: id('free'),
    target_ip: [{ ip: '10.0.2.53', port: 53, protocol: 'Do53' }],
  });
});

const endpoint = (changes: ObjectValue): ObjectValue => ({
  direction: 'OUTBOUND',
  security_group_ids: [id('group')],
  ip_address: [{ subnet_id: id('subnet') }, { subnet_id: id('second') }],
  ...changes,
});
const forward = (changes: ObjectValue): ObjectValue => ({
  domain_name: 'lab.example.org',
  rule_type: 'FORWARD',
  resolver_endpoint_id: id('endpoint'),
  target_ip: [{ ip: '10.0.2.53' }],
  ...changes,
});
const targets = (count: number): Value =>
  Array.from({ length: count }, (_, index) => ({ ip: `10.0.2.${index + 1}` }));
const inSubnet = (name: string, ip: string): ObjectValue =>
  endpoint({ ip_address: [{ subnet_id: id(name), ip }, { subnet_id: id('second') }] });

it.each<[string, string, () => ObjectValue, string]>([
  [
    'one address',
    ENDPOINT,
    () => endpoint({ ip_address: [{ subnet_id: id('subnet') }] }),
    'InvalidRequestException: [RSLVR-00400] Resolver endpoint need to have at least 2 IP addresses.',
  ],
  [
    'seven addresses',
    ENDPOINT,
    () =>
      endpoint({
        ip_address: [10, 11, 12, 13, 14, 15, 16].map((last) => ({
          subnet_id: id('second'),
          ip: `10.0.1.${last}`,
        })),
      }),
    "LimitExceededException: Account '123456789012' has exceeded 'max-ip-addresses-per-endpoint'.",
  ],
  [
    'a subnet that does not exist',
    ENDPOINT,
    () => endpoint({ ip_address: [{ subnet_id: 'subnet-0123456789abcdef0' }, { subnet_id: id('subnet') }] }),
    "InvalidParameterException: The subnet ID 'subnet-…' does not exist",
  ],
  [
    'subnets of two VPCs',
    ENDPOINT,
    () => endpoint({ ip_address: [{ subnet_id: id('foreign') }, { subnet_id: id('subnet') }] }),
    'InvalidRequestException: The subnets of a resolver endpoint must be in one VPC: vpc-…, vpc-…',
  ],
  [
    'a security group that does not exist',
    ENDPOINT,
    () => endpoint({ security_group_ids: ['sg-0123456789abcdef0'] }),
    "ResourceNotFoundException: The security group 'sg-…' does not exist",
  ],
  [
    'the last address of a subnet',
    ENDPOINT,
    () => inSubnet('subnet', '10.0.0.15'),
    "InvalidRequestException: [RSLVR-00405] IP address '10.0.0.15' is either not in subnet 'subnet-…' CIDR range or is reserved",
  ],
  [
    'an address of another subnet',
    ENDPOINT,
    () => inSubnet('subnet', '10.0.1.20'),
    "InvalidRequestException: [RSLVR-00405] IP address '10.0.1.20' is either not in subnet 'subnet-…' CIDR range or is reserved",
  ],
  [
    'an address of another endpoint',
    ENDPOINT,
    () => inSubnet('subnet', '10.0.0.4'),
    "ResourceExistsException: The IP address '10.0.0.4' in subnet 'subnet-…' is already in use",
  ],
  [
    'an endpoint that does not exist',
    RULE,
    () => forward({ resolver_endpoint_id: 'rslvr-out-0123456789abcdef0' }),
    "ResourceNotFoundException: Resolver endpoint with ID 'rslvr-out-…' does not exist.",
  ],
  [
    'an inbound endpoint',
    RULE,
    () => forward({ resolver_endpoint_id: id('inbound') }),
    'InvalidRequestException: Cannot create resolver rule with inbound resolver endpoint',
  ],
  [
    'no endpoint',
    RULE,
    () => forward({ resolver_endpoint_id: null }),
    'InvalidRequestException: Resolver endpoint ID and target IP must be specified for FORWARD type resolver rule',
  ],
  [
    'seven targets',
    RULE,
    () => forward({ target_ip: targets(7) }),
    "LimitExceededException: Account '123456789012' has exceeded 'max-target-ips-per-rule'.",
  ],
  ['six targets', RULE, () => forward({ target_ip: targets(6) }), 'accepted'],
  ['the root', RULE, () => forward({ domain_name: '.' }), 'accepted'],
  [
    'no domain',
    RULE,
    () => forward({ domain_name: 'a..b' }),
    'InvalidParameterException: [RSLVR-00711] Invalid domain name',
  ],
  [
    'a recursive rule',
    RULE,
    () => forward({ rule_type: 'RECURSIVE' }),
    'InvalidRequestException: [RSLVR-00718] Cannot create a rule with type RECURSIVE',
  ],
  [
    'targets of a rule that forwards nothing',
    RULE,
    () => forward({ rule_type: 'SYSTEM' }),
    'InvalidRequestException: Cannot specify resolver endpoint ID and target IP for SYSTEM type resolver rule',
  ],
  [
    'a rule that does not exist',
    ASSOCIATION,
    () => ({ resolver_rule_id: 'rslvr-rr-0123456789abcdef0', vpc_id: id('vpc') }),
    "ResourceNotFoundException: Resolver rule with ID 'rslvr-rr-…' does not exist.",
  ],
  [
    'a VPC that does not exist',
    ASSOCIATION,
    () => ({ resolver_rule_id: id('rule'), vpc_id: 'vpc-0123456789abcdef0' }),
    "InvalidParameterException: The vpc ID 'vpc-…' does not exist",
  ],
  [
    'two rules of a domain in a VPC',
    ASSOCIATION,
    () => ({ resolver_rule_id: id('free'), vpc_id: id('vpc') }),
    'InvalidRequestException: [RSLVR-00802] Cannot associate rules with same domain name with same VPC. Conflict with resolver rule "rslvr-rr-…"',
  ],
  [
    'the same rules in two VPCs',
    ASSOCIATION,
    () => ({ resolver_rule_id: id('free'), vpc_id: id('other') }),
    'accepted',
  ],
])('AWS answers to %s', async (_name, type, config, message) => {
  expect(await refusal(aws.create(type, config()))).toBe(message);
});

it.each([
  ['an endpoint', ENDPOINT, 'inbound', 'accepted'],
  [
    'an endpoint with a rule',
    ENDPOINT,
    'endpoint',
    /^InvalidRequestException: \[RSLVR-00600\] Cannot delete resolver endpoint unless its related resolver rules are deleted\. The following rules still exist for this resolver endpoint: "rslvr-rr-…"/,
  ],
  [
    'a rule in use',
    RULE,
    'rule',
    'ResourceInUseException: Please disassociate this resolver rule from VPC first before deleting',
  ],
  [
    'a subnet with an endpoint',
    'aws_subnet',
    'subnet',
    "DependencyViolation: The subnet 'subnet-…' has dependencies and cannot be deleted.",
  ],
  [
    'a security group of an endpoint',
    'aws_security_group',
    'group',
    'DependencyViolation: resource sg-… has a dependent object',
  ],
])('AWS answers to the deletion of %s', async (_name, type, name, message) => {
  const answer = await refusal(aws.delete(type, made[name] ?? {}));
  if (typeof message === 'string') expect(answer).toBe(message);
  else expect(answer).toMatch(message);
});

it('has four endpoints in a region', async () => {
  const region = await cloud.caller({ region: 'us-west-2' });
  const vpc = await region.create('aws_vpc', { cidr_block: '10.0.0.0/16' });
  const vpc_id = vpc.id ?? null;
  const subnet = await region.create('aws_subnet', { vpc_id, cidr_block: '10.0.0.0/24' });
  const group = await region.create('aws_security_group', { vpc_id, name: 'forwarding' });
  const outbound = (name: string): ObjectValue => ({
    name,
    direction: 'OUTBOUND',
    security_group_ids: [group.id ?? null],
    ip_address: [0, 1].map((index) => ({
      subnet_id: subnet.id ?? null,
      ip: `10.0.0.${Number(name.slice(1)) * 2 + index}`,
    })),
  });
  for (const name of ['n10', 'n11', 'n12', 'n13']) await region.create(ENDPOINT, outbound(name));
  expect(await refusal(region.create(ENDPOINT, outbound('n14')))).toBe(
    "LimitExceededException: [RSLVR-00309] Account '123456789012' has exceeded 'max-endpoints'.",
  );
});
