/** How ids of one kind of resource look, and how the provider writes them in messages. */
export interface IdForm {
  /** The name in `parsing the Subnet ID`. */
  readonly kind: string;
  /** The words in `creating Virtual Network Gateway (Subscription: …)`. */
  readonly noun: string;
  /** The segments after `Microsoft.Network` that have a name each, such as `virtualNetworks` and `subnets`. */
  readonly types: readonly string[];
  /** What messages call the name of each of them. */
  readonly labels: readonly string[];
  /** Names in the example id of messages. */
  readonly examples: readonly string[];
}

function form(
  kind: string,
  noun: string,
  ...parts: readonly (readonly [type: string, label: string, example: string])[]
): IdForm {
  return {
    kind,
    noun,
    types: parts.map(([type]) => type),
    labels: parts.map(([, label]) => label),
    examples: parts.map(([, , example]) => example),
  };
}

const VNET = ['virtualNetworks', 'Virtual Network Name', 'virtualNetworkName'] as const;
const GATEWAY = [
  'virtualNetworkGateways',
  'Virtual Network Gateway Name',
  'virtualNetworkGatewayName',
] as const;
const NSG = ['networkSecurityGroups', 'Network Security Group Name', 'networkSecurityGroupName'] as const;
const ROUTE_TABLE = ['routeTables', 'Route Table Name', 'routeTableName'] as const;
const WATCHER = ['networkWatchers', 'Network Watcher Name', 'networkWatcherName'] as const;

/** The forms of ids, by the resource type whose object has such an id. Resource groups have a form of their own. */
export const ID_FORMS = {
  azurerm_virtual_network: form('VirtualNetwork', 'Virtual Network', VNET),
  azurerm_subnet: form(
    'Subnet',
    'Subnet',
    ['virtualNetworks', 'Virtual Network Name', 'virtualNetworksValue'],
    ['subnets', 'Subnet Name', 'subnetValue'],
  ),
  azurerm_network_security_group: form('NetworkSecurityGroup', 'Network Security Group', NSG),
  azurerm_network_security_rule: form('SecurityRule', 'Security Rule', NSG, [
    'securityRules',
    'Security Rule Name',
    'securityRuleName',
  ]),
  azurerm_route_table: form('RouteTable', 'Route Table', ROUTE_TABLE),
  azurerm_route: form('Route', 'Route', ROUTE_TABLE, ['routes', 'Route Name', 'routeName']),
  azurerm_public_ip: form('PublicIPAddress', 'Public I P Address', [
    'publicIPAddresses',
    'Public I P Addresses Name',
    'publicIPAddressesValue',
  ]),
  azurerm_nat_gateway: form('NatGateway', 'Nat Gateway', [
    'natGateways',
    'Nat Gateway Name',
    'natGatewayName',
  ]),
  azurerm_virtual_network_gateway: form('VirtualNetworkGateway', 'Virtual Network Gateway', GATEWAY),
  azurerm_virtual_network_gateway_nat_rule: form(
    'VirtualNetworkGatewayNatRule',
    'Virtual Network Gateway Nat Rule',
    GATEWAY,
    ['natRules', 'Nat Rule Name', 'natRuleName'],
  ),
  azurerm_local_network_gateway: form('LocalNetworkGateway', 'Local Network Gateway', [
    'localNetworkGateways',
    'Local Network Gateway Name',
    'localNetworkGatewayName',
  ]),
  azurerm_virtual_network_gateway_connection: form('Connection', 'Connection', [
    'connections',
    'Connection Name',
    'connectionName',
  ]),
  azurerm_network_watcher: form('NetworkWatcher', 'Network Watcher', WATCHER),
  azurerm_network_watcher_flow_log: form('FlowLog', 'Flow Log', WATCHER, [
    'flowLogs',
    'Flow Log Name',
    'flowLogName',
  ]),
} as const satisfies Readonly<Record<string, IdForm>>;

/** The resource group's form; its ids end with the group's name. */
export const GROUP_FORM: IdForm = form('ResourceGroup', 'Resource Group');

/** A parsed id. */
export interface ResourceId {
  readonly subscription: string;
  readonly group: string;
  /** A name for each type of the form. */
  readonly names: readonly string[];
}

/** The static segments of an id, and null where a name stands. */
function segmentsOf(form: IdForm): readonly (string | null)[] {
  const scope = ['subscriptions', null, 'resourceGroups', null] as const;
  if (form.types.length === 0) return scope;
  return [...scope, 'providers', 'Microsoft.Network', ...form.types.flatMap((type) => [type, null])];
}

function joined(form: IdForm, { subscription, group, names }: ResourceId): string {
  const values = [subscription, group, ...names];
  return segmentsOf(form)
    .map((segment) => `/${segment ?? values.shift() ?? ''}`)
    .join('');
}

export function formatId(form: IdForm, id: ResourceId): string {
  return joined(form, id);
}

/**
 * Parses an id as the provider does where a configuration names one: the static segments must be spelled exactly.
 *
 * @returns undefined for any other text
 */
export function parseId(form: IdForm, text: string): ResourceId | undefined {
  const given = text.split('/').slice(1);
  const segments = segmentsOf(form);
  if (!text.startsWith('/') || given.length !== segments.length) return undefined;
  const names: string[] = [];
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? '';
    if (segment === null ? value === '' : value !== segment) return undefined;
    if (segment === null) names.push(value);
  }
  const [subscription = '', group = '', ...rest] = names;
  return { subscription, group, names: rest };
}

const EXAMPLE_SUBSCRIPTION = '12345678-1234-9876-4563-123456789012';

/** The provider's message about a text that is no id of a form. */
export function idProblem(form: IdForm, text: string): string {
  const segments = segmentsOf(form).length;
  const example = joined(form, {
    subscription: EXAMPLE_SUBSCRIPTION,
    group: 'example-resource-group',
    names: form.examples,
  });
  const parsed = text.startsWith('/') ? text.split('/').length - 1 : 0;
  const reason =
    parsed === segments
      ? 'the segments did not match'
      : `the number of segments didn't match\n\nExpected a ${form.kind} ID that matched (containing ${segments} segments):\n\n> ${example}\n\nHowever this value was provided (which was parsed into ${parsed} segments):\n\n> ${text}`;
  return `parsing ${JSON.stringify(text)}: parsing the ${form.kind} ID: ${reason}`;
}

/** How the provider names the resource of an id in its messages. */
export function describeId(form: IdForm, id: string): string {
  const parsed = parseId(form, id);
  if (parsed === undefined) return `${form.noun} (${id})`;
  const components = [
    `Subscription: ${JSON.stringify(parsed.subscription)}`,
    `Resource Group Name: ${JSON.stringify(parsed.group)}`,
    ...form.labels.map((label, index) => `${label}: ${JSON.stringify(parsed.names[index] ?? '')}`),
  ];
  return `${form.noun} (${components.join('\n')})`;
}

/** The type in Azure's own messages: `Microsoft.Network/virtualNetworks/subnets`. */
export function azureType(form: IdForm): string {
  return `Microsoft.Network/${form.types.join('/')}`;
}
