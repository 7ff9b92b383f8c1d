import { type Attributes, number, objects, text, texts } from '../provider/attributes';
import { AzureError, inferred } from './azure-error';
import { type Cloud, type CloudObject, isSame } from './cloud';
import { checkLocation } from './location-check';
import { ID_FORMS } from './resource-id';
import { inlineElements, type Rules } from './rules';
import { usesAssociation } from './used-by';

const RULE = 'azurerm_network_security_rule';
const GROUP = 'azurerm_network_security_group';

/** What joins a group to subnets and to network interfaces. */
const ASSOCIATIONS = [
  'azurerm_subnet_network_security_group_association',
  'azurerm_network_interface_security_group_association',
] as const;

/** Members of a rule in the list of its group. */
const MEMBERS = [
  'access',
  'description',
  'destination_address_prefix',
  'destination_address_prefixes',
  'destination_application_security_group_ids',
  'destination_port_range',
  'destination_port_ranges',
  'direction',
  'name',
  'priority',
  'protocol',
  'source_address_prefix',
  'source_address_prefixes',
  'source_application_security_group_ids',
  'source_port_range',
  'source_port_ranges',
] as const;

/** Azure's limit of rules in a group. */
const RULES_PER_GROUP = 1000;

/** The rules of a group, oldest first. */
function rulesOf(cloud: Cloud, group: string): readonly CloudObject[] {
  const prefix = `${group}/securityRules/`.toLowerCase();
  return cloud.all(RULE).filter(({ id }) => id.toLowerCase().startsWith(prefix));
}

function isPort(value: string): boolean {
  return /^\d{1,5}$/.test(value) && Number(value) <= 65535;
}

function isPortRange(value: string): boolean {
  const [low = '', high] = value.split('-');
  return (
    value === '*' || (isPort(low) && (high === undefined || (isPort(high) && Number(low) <= Number(high))))
  );
}

/** An address, a network, `*`, or a service tag, which begins with a letter. */
function isAddressPrefix(value: string): boolean {
  return (
    value === '*' ||
    /^\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?$/.test(value) ||
    /^[A-Za-z]/.test(value) ||
    value.includes(':')
  );
}

/** @throws {@link AzureError} if a side of the rule has no ports or addresses, or wrong ones */
function checkSide(rule: Attributes, side: 'source' | 'destination'): void {
  const ports = [text(rule, `${side}_port_range`), ...texts(rule, `${side}_port_ranges`)].filter(Boolean);
  const badPort = ports.length === 0 ? '' : ports.find((port) => !isPortRange(port));
  if (badPort !== undefined)
    throw new AzureError(
      'SecurityRuleInvalidPortRange',
      `Security rule has invalid Port range. Value provided: ${badPort}. Value should be an integer OR integer range with '-' delimiter. Valid range 0-65535.`,
    );
  const groups = texts(rule, `${side}_application_security_group_ids`);
  const prefixes = [text(rule, `${side}_address_prefix`), ...texts(rule, `${side}_address_prefixes`)].filter(
    Boolean,
  );
  const badPrefix =
    prefixes.length === 0 && groups.length === 0 ? '' : prefixes.find((prefix) => !isAddressPrefix(prefix));
  if (badPrefix !== undefined)
    throw new AzureError(
      'SecurityRuleInvalidAddressPrefix',
      `Security rule has invalid Address prefix. Value provided: ${badPrefix}. Value should be *, an IP address, a CIDR or a service tag.`,
    );
}

/** @throws {@link AzureError} if another rule of the group has the same priority in the same direction */
function checkRule(rule: Attributes, others: readonly Attributes[]): void {
  checkSide(rule, 'source');
  checkSide(rule, 'destination');
  const clashing = others.find(
    (other) =>
      !isSame(text(other, 'name'), text(rule, 'name')) &&
      number(other, 'priority') === number(rule, 'priority') &&
      text(other, 'direction') === text(rule, 'direction'),
  );
  if (clashing !== undefined)
    throw new AzureError(
      'SecurityRuleConflict',
      `Security rule ${text(rule, 'name')} conflicts with rule ${text(clashing, 'name')}. Rules cannot have the same Priority and Direction.`,
    );
  if (others.length >= RULES_PER_GROUP)
    throw inferred(
      'MaxSecurityRulesPerNetworkSecurityGroupLimitReached',
      `The network security group cannot have more than ${RULES_PER_GROUP} security rules.`,
    );
}

/** Makes the rules of a group those of its configuration. */
function setRules(cloud: Cloud, group: Attributes, id: string, rules: readonly Attributes[]): void {
  for (const [index, rule] of rules.entries()) checkRule(rule, rules.slice(0, index));
  for (const old of rulesOf(cloud, id)) cloud.remove(old);
  for (const rule of rules)
    cloud.put(RULE, `${id}/securityRules/${text(rule, 'name')}`, {
      ...rule,
      resource_group_name: text(group, 'resource_group_name'),
      network_security_group_name: text(group, 'name'),
    });
}

export const securityGroup: Rules = {
  form: ID_FORMS[GROUP],
  id: (cloud, request) => cloud.id(GROUP, text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request, id) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    checkLocation(ID_FORMS[GROUP], request);
    const { security_rule: _, ...own } = request;
    setRules(cloud, own, id, objects(request, 'security_rule'));
    return own;
  },
  update(cloud, { id }, request, prior) {
    const { security_rule: _, ...own } = request;
    const inline = inlineElements(request, prior, 'security_rule');
    if (inline !== undefined) setRules(cloud, own, id, inline);
    return own;
  },
  remove(cloud, { id }) {
    const users = ASSOCIATIONS.flatMap((type) =>
      usesAssociation(cloud, type, 'network_security_group_id', id),
    );
    if (users.length > 0)
      throw new AzureError(
        'InUseNetworkSecurityGroupCannotBeDeleted',
        `Network security group ${id} cannot be deleted because it is in use by the following resources: ${users.join(', ')}. In order to delete the Network security group, remove the association with the resource(s). To learn how to do this, see aka.ms/deletensg.`,
      );
    for (const rule of rulesOf(cloud, id)) cloud.remove(rule);
  },
  derive: (cloud, { id }) => ({
    security_rule: rulesOf(cloud, id).map(({ attributes }) =>
      Object.fromEntries(MEMBERS.map((member) => [member, attributes[member] ?? null])),
    ),
  }),
};

export const securityRule: Rules = {
  form: ID_FORMS[RULE],
  id: (cloud, request) =>
    cloud.id(
      RULE,
      text(request, 'resource_group_name'),
      text(request, 'network_security_group_name'),
      text(request, 'name'),
    ),
  create(cloud, request) {
    const [groupName, name] = [
      text(request, 'resource_group_name'),
      text(request, 'network_security_group_name'),
    ];
    const group = cloud.requireParent(GROUP, RULE, groupName, name);
    checkRule(
      request,
      rulesOf(cloud, group.id).map(({ attributes }) => attributes),
    );
    return request;
  },
  update(cloud, before, request) {
    const group = before.id.replace(/\/securityRules\/[^/]+$/i, '');
    checkRule(
      request,
      rulesOf(cloud, group).flatMap(({ id, attributes }) => (id === before.id ? [] : [attributes])),
    );
    return request;
  },
};
