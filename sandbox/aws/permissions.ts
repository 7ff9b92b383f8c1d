import { type Attributes, flag, number, objects, text, texts } from '../provider/attributes';
import { hex } from '../provider/derived';
import { AwsError, invalidParameter } from './aws-error';
import type { Cloud, CloudObject } from './cloud';
import { QUOTAS } from './quotas';
import { DEFAULT_SECURITY_GROUP } from './vpc-defaults';

export type Direction = 'ingress' | 'egress';

/** One permission of a security group, in whichever resource type it is configured. */
interface Permission {
  readonly direction: Direction;
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly peer: string;
  readonly description: string;
  /** The id of the rule's object; undefined for a rule that is written inside its group. */
  readonly object?: string;
}

/** The resource type in which a rule may have several sources. */
const LEGACY_RULE = 'aws_security_group_rule';

export const GROUPS = ['aws_security_group', DEFAULT_SECURITY_GROUP];

/** Names of protocols that the provider accepts in place of AWS's numbers. */
const PROTOCOLS: Readonly<Record<string, string>> = {
  all: '-1',
  '6': 'tcp',
  '17': 'udp',
  '1': 'icmp',
  '58': 'icmpv6',
};

function protocolOf(value: string): string {
  const lower = value.toLowerCase();
  return PROTOCOLS[lower] ?? lower;
}

export function requireGroup(cloud: Cloud, id: string): CloudObject {
  return cloud.require(GROUPS, id, 'InvalidGroup.NotFound', `The security group '${id}' does not exist`);
}

/** The permissions of one element of `ingress` or `egress`, or of an `aws_security_group_rule`: one for each peer. */
export function permissionsIn(
  rule: Attributes,
  direction: Direction,
  group: string,
  object?: string,
): readonly Permission[] {
  const protocol = protocolOf(text(rule, 'protocol'));
  const all = protocol === '-1';
  const peers = [
    ...texts(rule, 'cidr_blocks'),
    ...texts(rule, 'ipv6_cidr_blocks'),
    ...texts(rule, 'prefix_list_ids'),
    ...texts(rule, 'security_groups'),
    ...(flag(rule, 'self') ? [group] : []),
    ...(text(rule, 'source_security_group_id') === '' ? [] : [text(rule, 'source_security_group_id')]),
  ];
  return peers.map((peer) => ({
    direction,
    protocol,
    fromPort: all ? -1 : (number(rule, 'from_port') ?? -1),
    toPort: all ? -1 : (number(rule, 'to_port') ?? -1),
    peer,
    description: text(rule, 'description'),
    ...(object === undefined ? {} : { object }),
  }));
}

/** The permission of an `aws_vpc_security_group_…_rule`. */
export function singlePermission(rule: Attributes, direction: Direction, object?: string): Permission {
  const names = ['cidr_ipv4', 'cidr_ipv6', 'prefix_list_id', 'referenced_security_group_id'];
  const peer = names.map((name) => text(rule, name)).find((value) => value !== '') ?? '';
  const protocol = protocolOf(text(rule, 'ip_protocol'));
  const all = protocol === '-1';
  return {
    direction,
    protocol,
    fromPort: all ? -1 : (number(rule, 'from_port') ?? -1),
    toPort: all ? -1 : (number(rule, 'to_port') ?? -1),
    // A group of another account is written ACCOUNT/GROUP.
    peer: peer.split('/').at(-1)?.startsWith('sg-') ? (peer.split('/').at(-1) ?? peer) : peer,
    description: text(rule, 'description'),
    ...(object === undefined ? {} : { object }),
  };
}

/** The objects of the rule resources of a group. */
export function ruleObjects(cloud: Cloud, group: string): readonly CloudObject[] {
  return cloud
    .all(
      'aws_vpc_security_group_ingress_rule',
      'aws_vpc_security_group_egress_rule',
      'aws_security_group_rule',
    )
    .filter(({ attributes }) => text(attributes, 'security_group_id') === group);
}

export function rulePermissions(cloud: Cloud, group: string): readonly Permission[] {
  return ruleObjects(cloud, group).flatMap(({ type, id, attributes }) => {
    if (type !== 'aws_security_group_rule')
      return [singlePermission(attributes, type.includes('egress') ? 'egress' : 'ingress', id)];
    const direction = text(attributes, 'type') === 'egress' ? 'egress' : 'ingress';
    return permissionsIn(attributes, direction, group, id);
  });
}

export function inlinePermissions(group: CloudObject): readonly Permission[] {
  return (['ingress', 'egress'] as const).flatMap((direction) =>
    objects(group.attributes, direction).flatMap((rule) => permissionsIn(rule, direction, group.id)),
  );
}

function inlineRuleId(group: string, permission: Permission): string {
  return `sgr-${hex(17, 'sgr', group, keyOf(permission))}`;
}

/** A rule that is no resource of its own: a part of a group's block, or of an `aws_security_group_rule`. */
interface PartialRule {
  readonly id: string;
  readonly group: string;
  readonly permission: Permission;
  /** What it is written in. */
  readonly holder: CloudObject;
}

/** The rules of this region that are no resources of their own. The cloud gives each source of a rule an id. */
function partialRules(cloud: Cloud): readonly PartialRule[] {
  const inline = cloud.all(...GROUPS).flatMap((holder) =>
    inlinePermissions(holder).map((permission) => ({
      id: inlineRuleId(holder.id, permission),
      group: holder.id,
      permission,
      holder,
    })),
  );
  const legacy = cloud.all(LEGACY_RULE).flatMap((holder) => {
    const group = text(holder.attributes, 'security_group_id');
    const permissions = permissionsIn(holder.attributes, directionOf(holder), group);
    const single = permissions.length === 1 ? text(holder.attributes, 'security_group_rule_id') : '';
    return permissions.map((permission) => ({
      id: single === '' ? inlineRuleId(group, permission) : single,
      group,
      permission,
      holder,
    }));
  });
  return [...inline, ...legacy];
}

/** The same as the data source of rules has them. */
export function partialRuleViews(cloud: Cloud): readonly Attributes[] {
  return partialRules(cloud).map(({ id, group, permission }) => ({
    id,
    security_group_rule_id: id,
    security_group_id: group,
    is_egress: permission.direction === 'egress',
    ...ruleArguments(permission),
    tags_all: {},
  }));
}

/**
 * Makes an object of its own of the rule with this id, which is a part of something else. The cloud has no such difference, and
 * the group shows the rule as before.
 *
 * @returns whether there is such a rule
 */
export function separateRule(cloud: Cloud, type: string, direction: Direction, id: string): boolean {
  const rule = partialRules(cloud).find((one) => one.id === id && one.permission.direction === direction);
  if (rule === undefined) return false;
  const { holder, group, permission } = rule;
  if (holder.type === LEGACY_RULE) {
    const [rest] = without(holder.attributes, permission, group);
    if (rest === undefined) cloud.remove(holder.type, holder.id);
    else cloud.put(holder.type, holder.id, rest);
  } else {
    const blocks = objects(holder.attributes, direction).flatMap((block) =>
      without(block, permission, group),
    );
    cloud.put(holder.type, holder.id, { ...holder.attributes, [direction]: blocks });
  }
  cloud.put(type, id, {
    id,
    security_group_id: group,
    ...ruleArguments(permission),
    arn: cloud.arn('ec2', `security-group-rule/${id}`),
    security_group_rule_id: id,
    tags: null,
    tags_all: {},
  });
  return true;
}

function directionOf({ attributes }: CloudObject): Direction {
  return text(attributes, 'type') === 'egress' ? 'egress' : 'ingress';
}

function ruleArguments({ protocol, fromPort, toPort, peer, description }: Permission): Attributes {
  const isAll = protocol === '-1';
  const isGroup = peer.startsWith('sg-');
  const isList = peer.startsWith('pl-');
  const isIpv6 = !isGroup && !isList && peer.includes(':');
  return {
    ip_protocol: protocol,
    from_port: isAll ? null : fromPort,
    to_port: isAll ? null : toPort,
    cidr_ipv4: isGroup || isList || isIpv6 ? null : peer,
    cidr_ipv6: isIpv6 ? peer : null,
    prefix_list_id: isList ? peer : null,
    referenced_security_group_id: isGroup ? peer : null,
    description: description === '' ? null : description,
  };
}

/** A block of a group without one of its peers; nothing of it where that was the only one. */
function without(block: Attributes, permission: Permission, group: string): readonly Attributes[] {
  const [first] = permissionsIn(block, permission.direction, group);
  const isSame = first !== undefined && keyOf({ ...first, peer: permission.peer }) === keyOf(permission);
  if (!isSame) return [block];
  const names = ['cidr_blocks', 'ipv6_cidr_blocks', 'prefix_list_ids', 'security_groups'];
  const lists = Object.fromEntries(
    names.map((name) => [name, texts(block, name).filter((peer) => peer !== permission.peer)]),
  );
  const single = text(block, 'source_security_group_id') === permission.peer;
  const rest = {
    ...block,
    ...lists,
    ...(permission.peer === group ? { self: false } : {}),
    ...(single ? { source_security_group_id: null } : {}),
  };
  return permissionsIn(rest, permission.direction, group).length === 0 ? [] : [rest];
}

export function keyOf({ direction, protocol, fromPort, toPort, peer }: Permission): string {
  return [direction, protocol, fromPort, toPort, peer].join(' ');
}

function duplicate({ protocol, fromPort, toPort, peer }: Permission): AwsError {
  const ports =
    protocol === '-1' ? 'ALL' : `${protocol.toUpperCase()}, from port: ${fromPort}, to port: ${toPort}`;
  return new AwsError(
    'InvalidPermission.Duplicate',
    `the specified rule "peer: ${peer}, ${ports}, ALLOW" already exists`,
  );
}

function checkPorts({ protocol, fromPort, toPort }: Permission): void {
  if (protocol !== 'tcp' && protocol !== 'udp') return;
  if (fromPort < 0 || toPort < 0) {
    throw invalidParameter(
      "Invalid value 'Must specify both from and to ports with TCP/UDP.' for portRange.",
    );
  }
  const outside = [fromPort, toPort].find((port) => port > 65535);
  if (outside !== undefined) throw invalidParameter(`TCP/UDP port (${outside}) out of range`);
  if (fromPort > toPort) {
    throw invalidParameter(
      `Invalid value '${fromPort}-${toPort}' for portRange. The from port must not be above the to port.`,
    );
  }
}

function checkSameNetwork(group: Pick<CloudObject, 'attributes'>, peer: CloudObject): void {
  if (text(group.attributes, 'vpc_id') === text(peer.attributes, 'vpc_id')) return;
  throw new AwsError(
    'InvalidGroup.NotFound',
    'You have specified two resources that belong to different networks.',
    `${peer.id} is in ${text(peer.attributes, 'vpc_id')}.`,
  );
}

/** Checks new permissions of a group against AWS's rules and against the group's other permissions. */
export function checkPermissions(
  cloud: Cloud,
  group: Pick<CloudObject, 'id' | 'attributes'>,
  added: readonly Permission[],
  present: readonly Permission[],
): void {
  const taken = new Set(present.map(keyOf));
  for (const permission of added) {
    checkPorts(permission);
    if (permission.peer.startsWith('sg-') && permission.peer !== group.id)
      checkSameNetwork(group, requireGroup(cloud, permission.peer));
    if (taken.has(keyOf(permission))) throw duplicate(permission);
    taken.add(keyOf(permission));
  }
  for (const direction of ['ingress', 'egress'] as const) {
    const count = [...present, ...added].filter((permission) => permission.direction === direction).length;
    if (added.length > 0 && count > QUOTAS.rulesPerGroupAndDirection) {
      throw new AwsError(
        'RulesPerSecurityGroupLimitExceeded',
        'The maximum number of rules per security group has been reached.',
      );
    }
  }
}

/** The rules of rule resources in the form of `ingress` or `egress` of their group. */
function shownRules(cloud: Cloud, group: CloudObject, direction: Direction): readonly Attributes[] {
  const rules = rulePermissions(cloud, group.id).filter((permission) => permission.direction === direction);
  return rules.map(({ protocol, fromPort, toPort, peer, description }) => {
    const isGroup = peer.startsWith('sg-');
    const isAddress = !isGroup && !peer.startsWith('pl-');
    return {
      cidr_blocks: isAddress && !peer.includes(':') ? [peer] : [],
      ipv6_cidr_blocks: isAddress && peer.includes(':') ? [peer] : [],
      prefix_list_ids: peer.startsWith('pl-') ? [peer] : [],
      security_groups: isGroup && peer !== group.id ? [peer] : [],
      self: peer === group.id,
      description,
      protocol,
      from_port: protocol === '-1' ? 0 : fromPort,
      to_port: protocol === '-1' ? 0 : toPort,
    };
  });
}

export function derivedRules(cloud: Cloud, group: CloudObject): Attributes {
  return {
    ingress: [...objects(group.attributes, 'ingress'), ...shownRules(cloud, group, 'ingress')],
    egress: [...objects(group.attributes, 'egress'), ...shownRules(cloud, group, 'egress')],
  };
}
