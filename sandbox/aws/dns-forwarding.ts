import { type Attributes, filled, objects, text, texts } from '../provider/attributes';
import { hex } from '../provider/derived';
import { AwsError } from './aws-error';
import type { Cloud, CloudObject } from './cloud';
import { takenAddresses, usableAddresses } from './compute/subnet-addresses';
import { QUOTAS } from './quotas';
import type { Rules } from './rules';

export const RESOLVER_ENDPOINT = 'aws_route53_resolver_endpoint';
const RULE = 'aws_route53_resolver_rule';
const ASSOCIATION = 'aws_route53_resolver_rule_association';

// Route 53 Resolver refuses in words of its own. docs/reference/sandbox.md says which of them were seen, and where.
const invalidParameter = (message: string) => new AwsError('InvalidParameterException', message);
const invalidRequest = (message: string) => new AwsError('InvalidRequestException', message);

/** The subnets in which a resolver endpoint has network interfaces, each as often as it has. */
export function resolverSubnets({ attributes }: CloudObject): readonly string[] {
  return objects(attributes, 'ip_address').map((address) => text(address, 'subnet_id'));
}

/** An endpoint through which the resolver of a VPC asks others, or is asked. */
export const resolverEndpoint: Rules = {
  noun: 'Route53 Resolver Endpoint',
  service: 'Route53Resolver',
  actions: {
    create: 'CreateResolverEndpoint',
    update: 'UpdateResolverEndpoint',
    delete: 'DeleteResolverEndpoint',
  },
  create(cloud, request) {
    if (cloud.all(RESOLVER_ENDPOINT).length >= QUOTAS.resolverEndpoints)
      throw limitExceeded(cloud, '[RSLVR-00309] ', 'max-endpoints');
    const direction = text(request, 'direction');
    const id = cloud.newId(direction.startsWith('INBOUND') ? 'rslvr-in' : 'rslvr-out', request);
    const vpc = checkSubnets(cloud, request);
    for (const group of texts(request, 'security_group_ids')) checkGroup(cloud, group);
    const attributes = filled(
      { ...request, ip_address: addresses(cloud, id, request) },
      {
        arn: cloud.arn('route53resolver', `resolver-endpoint/${id}`),
        host_vpc_id: vpc,
        protocols: ['Do53'],
        resolver_endpoint_type: 'IPV4',
      },
    );
    return { id, attributes };
  },
  update(cloud, { id }, request) {
    checkSubnets(cloud, request);
    return { ...request, ip_address: addresses(cloud, id, request) };
  },
  remove(cloud, { id }) {
    const rules = cloud.all(RULE).filter(({ attributes }) => text(attributes, 'resolver_endpoint_id') === id);
    if (rules.length === 0) return;
    const names = rules.map((rule) => `"${rule.id}"`).join(',');
    throw invalidRequest(
      `[RSLVR-00600] Cannot delete resolver endpoint unless its related resolver rules are deleted. The following rules still exist for this resolver endpoint: ${names}`,
    );
  },
};

/** The VPC of an endpoint's subnets. */
function checkSubnets(cloud: Cloud, request: Attributes): string {
  const wanted = objects(request, 'ip_address');
  if (wanted.length < 2)
    throw invalidRequest('[RSLVR-00400] Resolver endpoint need to have at least 2 IP addresses.');
  if (wanted.length > QUOTAS.addressesPerResolverEndpoint)
    throw limitExceeded(cloud, '', 'max-ip-addresses-per-endpoint');
  const vpcs = wanted.map((address) => {
    const subnet = text(address, 'subnet_id');
    const message = `The subnet ID '${subnet}' does not exist`;
    const { attributes } = cloud.require(['aws_subnet'], subnet, 'InvalidParameterException', message);
    return text(attributes, 'vpc_id');
  });
  if (new Set(vpcs).size > 1)
    throw invalidRequest(`The subnets of a resolver endpoint must be in one VPC: ${vpcs.join(', ')}`);
  return vpcs[0] ?? '';
}

function checkGroup(cloud: Cloud, group: string): void {
  const message = `The security group '${group}' does not exist`;
  cloud.require(['aws_security_group'], group, 'ResourceNotFoundException', message);
}

/** The addresses of an endpoint; those that were left open are chosen from their subnets. */
function addresses(cloud: Cloud, id: string, request: Attributes): readonly Attributes[] {
  const wanted = objects(request, 'ip_address');
  const taken = new Set(wanted.map(keyOf));
  const own = new Set(objects(cloud.find(RESOLVER_ENDPOINT, id)?.attributes ?? {}, 'ip_address').map(keyOf));
  return wanted.map((address) => {
    const subnet = text(address, 'subnet_id');
    const cidr = text(cloud.find('aws_subnet', subnet)?.attributes ?? {}, 'cidr_block');
    const used = takenAddresses(cloud, subnet);
    const isUsed = (ip: string) => used.has(ip) && !own.has(keyOf({ subnet_id: subnet, ip }));
    if (text(address, 'ip') !== '') checkAddress(text(address, 'ip'), subnet, cidr, isUsed);
    const free = usableAddresses(cidr).find(
      (ip) => !isUsed(ip) && !taken.has(keyOf({ subnet_id: subnet, ip })),
    );
    const ip = text(address, 'ip') || (free ?? '');
    if (ip === '') throw invalidRequest(`The subnet '${subnet}' has no free IP address.`);
    taken.add(keyOf({ subnet_id: subnet, ip }));
    return filled(address, { ip, ip_id: `rni-${hex(17, id, subnet, ip)}`, ipv6: '' });
  });
}

function keyOf(address: Attributes): string {
  return `${text(address, 'subnet_id')} ${text(address, 'ip')}`;
}

function checkAddress(ip: string, subnet: string, cidr: string, isUsed: (ip: string) => boolean): void {
  if (!usableAddresses(cidr).includes(ip))
    throw invalidRequest(
      `[RSLVR-00405] IP address '${ip}' is either not in subnet '${subnet}' CIDR range or is reserved`,
    );
  if (isUsed(ip))
    throw new AwsError(
      'ResourceExistsException',
      `The IP address '${ip}' in subnet '${subnet}' is already in use`,
    );
}

/** A domain that resolvers are asked about: others than AWS's (`FORWARD`), or AWS's own in spite of a wider rule (`SYSTEM`). */
export const resolverRule: Rules = {
  noun: 'Route53 Resolver Rule',
  service: 'Route53Resolver',
  actions: { create: 'CreateResolverRule', update: 'UpdateResolverRule', delete: 'DeleteResolverRule' },
  create(cloud, request) {
    if (cloud.all(RULE).length >= QUOTAS.resolverRules) throw limitExceeded(cloud, '', 'max-rules');
    checkDomain(text(request, 'domain_name'));
    checkTargets(cloud, request);
    const id = cloud.newId('rslvr-rr', request);
    const attributes = filled(request, {
      arn: cloud.arn('route53resolver', `resolver-rule/${id}`),
      owner_id: cloud.account,
      share_status: 'NOT_SHARED',
    });
    return { id, attributes };
  },
  update(cloud, _before, request) {
    checkTargets(cloud, request);
    return request;
  },
  remove(cloud, { id }) {
    const isUsed = cloud
      .all(ASSOCIATION)
      .some(({ attributes }) => text(attributes, 'resolver_rule_id') === id);
    if (isUsed)
      throw new AwsError(
        'ResourceInUseException',
        'Please disassociate this resolver rule from VPC first before deleting',
      );
  },
};

const LABEL = /^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/i;

function checkDomain(domain: string): void {
  if (domain === '.' || domain.split('.').every((label) => LABEL.test(label))) return;
  throw invalidParameter('[RSLVR-00711] Invalid domain name');
}

function checkTargets(cloud: Cloud, request: Attributes): void {
  const type = text(request, 'rule_type');
  const endpoint = text(request, 'resolver_endpoint_id');
  const targets = objects(request, 'target_ip');
  if (type === 'RECURSIVE') throw invalidRequest('[RSLVR-00718] Cannot create a rule with type RECURSIVE');
  if (type === 'SYSTEM') {
    if (endpoint === '' && targets.length === 0) return;
    throw invalidRequest('Cannot specify resolver endpoint ID and target IP for SYSTEM type resolver rule');
  }
  if (endpoint === '' || targets.length === 0)
    throw invalidRequest(
      'Resolver endpoint ID and target IP must be specified for FORWARD type resolver rule',
    );
  const message = `Resolver endpoint with ID '${endpoint}' does not exist.`;
  const { attributes } = cloud.require([RESOLVER_ENDPOINT], endpoint, 'ResourceNotFoundException', message);
  if (text(attributes, 'direction') !== 'OUTBOUND')
    throw invalidRequest('Cannot create resolver rule with inbound resolver endpoint');
  if (targets.length > QUOTAS.targetsPerResolverRule)
    throw limitExceeded(cloud, '', 'max-target-ips-per-rule');
}

/** A rule in use for the names that a VPC asks for. */
export const resolverRuleAssociation: Rules = {
  noun: 'Route53 Resolver Rule Association',
  service: 'Route53Resolver',
  actions: { create: 'AssociateResolverRule', delete: 'DisassociateResolverRule' },
  create(cloud, request) {
    const rule = requireRule(cloud, text(request, 'resolver_rule_id'));
    const vpc = text(request, 'vpc_id');
    cloud.require(['aws_vpc'], vpc, 'InvalidParameterException', `The vpc ID '${vpc}' does not exist`);
    const domain = text(rule.attributes, 'domain_name').toLowerCase();
    const other = cloud
      .all(ASSOCIATION)
      .filter(({ attributes }) => text(attributes, 'vpc_id') === vpc)
      .map(({ attributes }) => requireRule(cloud, text(attributes, 'resolver_rule_id')))
      .find(({ attributes }) => text(attributes, 'domain_name').toLowerCase() === domain);
    if (other !== undefined)
      throw invalidRequest(
        `[RSLVR-00802] Cannot associate rules with same domain name with same VPC. Conflict with resolver rule "${other.id}"`,
      );
    return { id: cloud.newId('rslvr-rrassoc', request), attributes: request };
  },
};

function requireRule(cloud: Cloud, id: string): CloudObject {
  const message = `Resolver rule with ID '${id}' does not exist.`;
  return cloud.require([RULE], id, 'ResourceNotFoundException', message);
}

function limitExceeded(cloud: Cloud, number: string, quota: string): AwsError {
  return new AwsError(
    'LimitExceededException',
    `${number}Account '${cloud.account}' has exceeded '${quota}'.`,
  );
}
