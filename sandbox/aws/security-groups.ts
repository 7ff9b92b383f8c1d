import { unordered } from '../protocol/values';
import { type Attributes, filled, text, texts } from '../provider/attributes';
import { crc32 } from '../provider/derived';
import { AwsError, dependencyViolation, inStep, invalidParameter } from './aws-error';
import type { Cloud, CloudObject } from './cloud';
import { interfacesWith } from './compute/subnet-addresses';
import { generatedName, prefixOf } from './generated-name';
import { importedRule } from './import-ids';
import { requireVpc } from './network';
import {
  checkPermissions,
  type Direction,
  derivedRules,
  GROUPS,
  inlinePermissions,
  keyOf,
  permissionsIn,
  requireGroup,
  ruleObjects,
  rulePermissions,
  separateRule,
  singlePermission,
} from './permissions';
import type { Rules } from './rules';
import { DEFAULT_SECURITY_GROUP } from './vpc-defaults';

export const securityGroup: Rules = {
  noun: 'EC2 Security Group',
  service: 'EC2',
  create(cloud, request) {
    const vpc = text(request, 'vpc_id');
    if (vpc === '') throw new AwsError('VPCIdNotSpecified', 'No default VPC for this user');
    requireVpc(cloud, vpc);
    const id = cloud.newId('sg', request);
    const name = generatedName(cloud, request, id);
    checkGroupName(name);
    checkAscii('GroupName', name);
    checkAscii('GroupDescription', text(request, 'description'));
    const taken = cloud
      .all(...GROUPS)
      .some(({ attributes }) => text(attributes, 'vpc_id') === vpc && text(attributes, 'name') === name);
    if (taken)
      throw new AwsError(
        'InvalidGroup.Duplicate',
        `The security group '${name}' already exists for VPC '${vpc}'`,
      );
    const arn = cloud.arn('ec2', `security-group/${id}`);
    const attributes = filled(request, {
      arn,
      owner_id: cloud.account,
      name,
      name_prefix: prefixOf(name),
    });
    return { id, attributes: { ...attributes, ingress: [], egress: [] } };
  },
  finish: authorize,
  update(cloud, before, request) {
    checkPermissions(cloud, before, inlinePermissions({ ...before, attributes: request }), []);
    return request;
  },
  remove(cloud, { id }) {
    const users = cloud.all(...GROUPS).filter((group) => group.id !== id);
    const used = users.some((group) =>
      [...inlinePermissions(group), ...rulePermissions(cloud, group.id)].some(({ peer }) => peer === id),
    );
    const hasInterface = cloud
      .all('aws_vpc_endpoint', 'aws_route53_resolver_endpoint')
      .some(({ attributes }) => texts(attributes, 'security_group_ids').includes(id));
    if (used || hasInterface || interfacesWith(cloud, id).length > 0)
      throw dependencyViolation(`resource ${id} has a dependent object`);
    for (const rule of ruleObjects(cloud, id)) cloud.remove(rule.type, rule.id);
  },
  derive: derivedRules,
};

const AUTHORIZATIONS = {
  ingress: 'AuthorizeSecurityGroupIngress',
  egress: 'AuthorizeSecurityGroupEgress',
} as const;

/** Adds the rules that are written inside a group, which exists by then. */
function authorize(cloud: Cloud, created: CloudObject, request: Attributes): Attributes {
  const attributes = filled(
    { ...created.attributes, ingress: request.ingress ?? null, egress: request.egress ?? null },
    { ingress: created.attributes.ingress ?? [], egress: created.attributes.egress ?? [] },
  );
  const group = { ...created, attributes };
  for (const [direction, action] of Object.entries(AUTHORIZATIONS)) {
    const subject = `updating Security Group (${created.id}) ${direction} rules: authorizing Security Group (${direction}) rules`;
    const own = (permission: { readonly direction: string }) => permission.direction === direction;
    inStep({ subject, action }, () =>
      checkPermissions(
        cloud,
        group,
        inlinePermissions(group).filter(own),
        rulePermissions(cloud, created.id).filter(own),
      ),
    );
  }
  return attributes;
}

/** Refuses a text that is not ASCII, which the provider lets through. */
function checkAscii(parameter: string, value: string): void {
  if ([...value].every((character) => character <= '\x7f')) return;
  throw invalidParameter(
    `Value (${value}) for parameter ${parameter} is invalid. Character sets beyond ASCII are not supported.`,
  );
}

function checkGroupName(name: string): void {
  if (name === 'default') throw invalidParameter('Cannot use reserved security group name: default');
  if (name.startsWith('sg-'))
    throw invalidParameter(`Invalid value '${name}' for groupName. It must not start with sg-.`);
}

/** Terraform adopts the VPC's default group: it gets the configured rules, and stays when the resource is destroyed. */
export const defaultSecurityGroup: Rules = {
  noun: 'EC2 Default Security Group',
  service: 'EC2',
  create(cloud, request) {
    const vpc = text(request, 'vpc_id');
    const message =
      vpc === '' ? 'No default VPC for this user' : `The default security group of '${vpc}' does not exist`;
    const group = cloud
      .all(DEFAULT_SECURITY_GROUP)
      .find(({ attributes }) => text(attributes, 'vpc_id') === vpc);
    if (group === undefined)
      throw new AwsError(vpc === '' ? 'VPCIdNotSpecified' : 'InvalidGroup.NotFound', message);
    const { arn = null, owner_id = null, name = null, description = null } = group.attributes;
    const attributes = filled(request, { arn, owner_id, name, description, name_prefix: '' });
    return { id: group.id, attributes: { ...attributes, ingress: [], egress: [] } };
  },
  finish: authorize,
  update(cloud, before, request) {
    checkPermissions(cloud, before, inlinePermissions({ ...before, attributes: request }), []);
    return request;
  },
  kept: () => true,
  derive: derivedRules,
};

function singleRule(direction: Direction): Rules {
  const action = direction === 'ingress' ? 'AuthorizeSecurityGroupIngress' : 'AuthorizeSecurityGroupEgress';
  const check = (cloud: Cloud, request: Attributes, self?: string) => {
    const group = requireGroup(cloud, text(request, 'security_group_id'));
    const present = [
      ...inlinePermissions(group),
      ...rulePermissions(cloud, group.id).filter(({ object }) => object !== self || self === undefined),
    ];
    checkPermissions(cloud, group, [singlePermission(request, direction)], present);
  };
  return {
    noun: `VPC Security Group ${direction === 'ingress' ? 'Ingress' : 'Egress'} Rule`,
    service: 'EC2',
    actions: {
      create: action,
      update: 'ModifySecurityGroupRules',
      delete: action.replace('Authorize', 'Revoke'),
    },
    create(cloud, request) {
      check(cloud, request);
      const id = cloud.newId('sgr', request);
      const arn = cloud.arn('ec2', `security-group-rule/${id}`);
      return { id, attributes: filled(request, { arn, security_group_rule_id: id }) };
    },
    update(cloud, before, request) {
      check(cloud, request, before.id);
      return request;
    },
    found: (cloud, id) =>
      separateRule(cloud, `aws_vpc_security_group_${direction}_rule`, direction, id) ? id : undefined,
  };
}

export const ingressRule = singleRule('ingress');
export const egressRule = singleRule('egress');

export const securityGroupRule: Rules = {
  noun: 'Security Group Rule',
  service: 'EC2',
  actions: {
    create: 'AuthorizeSecurityGroupIngress',
    update: 'UpdateSecurityGroupRuleDescriptionsIngress',
    delete: 'RevokeSecurityGroupIngress',
  },
  create(cloud, request) {
    const group = requireGroup(cloud, text(request, 'security_group_id'));
    const added = permissionsIn(request, text(request, 'type') === 'egress' ? 'egress' : 'ingress', group.id);
    checkPermissions(cloud, group, added, [...inlinePermissions(group), ...rulePermissions(cloud, group.id)]);
    const { description: _, ...identity } = request;
    const id = `sgrule-${crc32(JSON.stringify([group.id, ...added.map(keyOf).sort(), Object.keys(identity).sort()]))}`;
    const single = added.length === 1 ? cloud.newId('sgr', request) : '';
    return { id, attributes: filled(request, { security_group_rule_id: single }) };
  },
  imported: importedRule,
  found(cloud, written) {
    const [group = '', direction = '', protocol = '', from = '', to = '', ...sources] = written.split('_');
    const wanted = sources.map((peer) =>
      [direction, protocol, from, to, peer === 'self' ? group : peer].join(' '),
    );
    const rules = cloud
      .all('aws_security_group_rule')
      .filter(({ attributes }) => text(attributes, 'security_group_id') === group);
    return rules.find((rule) => {
      const is = permissionsIn(
        rule.attributes,
        text(rule.attributes, 'type') === 'egress' ? 'egress' : 'ingress',
        group,
      );
      return unordered(is.map(keyOf)) === unordered(wanted);
    })?.id;
  },
};
