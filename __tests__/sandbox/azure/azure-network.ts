import { AZURE_FILES } from '../../../sandbox/azure/files';
import { isObject, type ObjectValue, type Value } from '../../../sandbox/protocol/values';
import { completed } from '../../../sandbox/provider/normalize';
import { type SandboxServer, startSandbox } from '../../../sandbox/server';
import { ProviderClient, type ReceivedDiagnostic } from '../../../tools/provider-client';

export const SUBSCRIPTION = '11111111-2222-4333-8444-555555555555';
export const GROUP = `/subscriptions/${SUBSCRIPTION}/resourceGroups/lab`;

/** The id of a resource of the group `lab`. */
export function idOf(...segments: readonly string[]): string {
  return `${GROUP}/providers/Microsoft.Network/${segments.join('/')}`;
}

/** Provider configuration with the block that it must have. */
export const PROVIDER: ObjectValue = { subscription_id: SUBSCRIPTION, features: [{}] };

export interface Answer {
  readonly state: ObjectValue | null;
  /** Error messages, as Terraform prints them. */
  readonly refused: string;
}

function errorsIn(diagnostics: readonly ReceivedDiagnostic[]): string {
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ summary, detail }) => (detail === '' ? summary : `${summary}: ${detail}`))
    .join('\n');
}

function block(type: string) {
  return AZURE_FILES.schema.resource_schemas[type]?.block ?? {};
}

/** One configuration of the simulated azurerm, whose requests go through validate, plan and apply in Terraform's order. */
export class Azure {
  private constructor(
    private readonly server: SandboxServer,
    readonly client: ProviderClient,
  ) {}

  static async start(folder: string, config: ObjectValue = PROVIDER, faultsFile = ''): Promise<Azure> {
    const server = await startSandbox({ objectsFile: `${folder}/objects.jsonl`, faultsFile });
    const client = ProviderClient.attached(server, AZURE_FILES.addresses[0]);
    const refused = errorsIn(await client.configure(config));
    if (refused !== '') throw new Error(refused);
    return new Azure(server, client);
  }

  async create(type: string, given: ObjectValue): Promise<Answer> {
    return this.change(`azurerm_${type}`, null, given);
  }

  async update(type: string, prior: ObjectValue | null, given: ObjectValue): Promise<Answer> {
    return this.change(`azurerm_${type}`, prior, given);
  }

  async delete(type: string, prior: ObjectValue | null): Promise<string> {
    return errorsIn((await this.client.apply(`azurerm_${type}`, prior, null, null)).diagnostics);
  }

  async read(type: string, id: string): Promise<ObjectValue | null> {
    const imported = await this.client.import(`azurerm_${type}`, id);
    if (imported.state === null) throw new Error(errorsIn(imported.diagnostics));
    return (await this.client.read(`azurerm_${type}`, imported.state)).state;
  }

  /** Makes an object that has to be accepted. */
  async make(type: string, given: ObjectValue): Promise<ObjectValue> {
    const { state, refused } = await this.create(type, given);
    if (refused !== '' || state === null) throw new Error(`azurerm_${type}: ${refused}`);
    return state;
  }

  async stop(): Promise<void> {
    this.client.close();
    await this.server.close();
  }

  private async change(type: string, prior: ObjectValue | null, given: ObjectValue): Promise<Answer> {
    const config = completed(block(type), given);
    const invalid = errorsIn(await this.client.validate(type, config));
    if (invalid !== '') return { state: prior, refused: invalid };
    const proposed = prior === null ? config : withComputed(type, prior, config);
    const plan = await this.client.plan(type, prior, proposed, config);
    const refused = errorsIn(plan.diagnostics);
    if (refused !== '') return { state: prior, refused };
    const applied = await this.client.apply(type, prior, plan.planned, config);
    return { state: applied.state, refused: errorsIn(applied.diagnostics) };
  }
}

/** Terraform's proposed state: the prior value of each computed attribute that is not configured. */
function withComputed(type: string, prior: ObjectValue, config: ObjectValue): ObjectValue {
  const kept = Object.entries(block(type).attributes ?? {})
    .filter(([name, { computed }]) => computed === true && (config[name] ?? null) === null)
    .map(([name]): [string, Value] => [name, prior[name] ?? null]);
  return { ...config, ...Object.fromEntries(kept) };
}

const PLACE = { resource_group_name: 'lab', location: 'japaneast' };

export const vnet = { ...PLACE, name: 'net', address_space: ['10.1.0.0/16'] };
export const nodes = {
  resource_group_name: 'lab',
  virtual_network_name: 'net',
  name: 'nodes',
  address_prefixes: ['10.1.1.0/24'],
};
export const gatewaySubnet = { ...nodes, name: 'GatewaySubnet', address_prefixes: ['10.1.255.0/27'] };
export const securityGroup = { ...PLACE, name: 'nsg' };
export const rule = {
  resource_group_name: 'lab',
  network_security_group_name: 'nsg',
  name: 'ssh',
  priority: 200,
  direction: 'Inbound',
  access: 'Allow',
  protocol: 'Tcp',
  source_port_range: '*',
  destination_port_range: '22',
  source_address_prefix: '10.0.2.0/24',
  destination_address_prefix: '*',
};
export const routeTable = { ...PLACE, name: 'routes' };
export const natGateway = { ...PLACE, name: 'nat' };

export function address(name: string, more: ObjectValue = {}): ObjectValue {
  return { ...PLACE, name, allocation_method: 'Static', zones: ['1', '2', '3'], ...more };
}

export function ipConfiguration(name: string, more: ObjectValue = {}): ObjectValue {
  return {
    name,
    public_ip_address_id: idOf('publicIPAddresses', name),
    subnet_id: idOf('virtualNetworks', 'net', 'subnets', 'GatewaySubnet'),
    ...more,
  };
}

export function gateway(more: ObjectValue = {}): ObjectValue {
  return {
    ...PLACE,
    name: 'gw',
    type: 'Vpn',
    sku: 'VpnGw1AZ',
    ip_configuration: [ipConfiguration('one')],
    ...more,
  };
}

export function localGateway(more: ObjectValue = {}): ObjectValue {
  return {
    ...PLACE,
    name: 'site',
    gateway_address: '198.51.100.10',
    address_space: ['10.0.2.0/24'],
    ...more,
  };
}

export function connection(more: ObjectValue = {}): ObjectValue {
  return {
    ...PLACE,
    name: 'site',
    type: 'IPsec',
    virtual_network_gateway_id: idOf('virtualNetworkGateways', 'gw'),
    local_network_gateway_id: idOf('localNetworkGateways', 'site'),
    shared_key: '0123456789abcdef',
    ...more,
  };
}

export const policy = {
  dh_group: 'ECP384',
  ike_encryption: 'GCMAES256',
  ike_integrity: 'SHA384',
  ipsec_encryption: 'GCMAES256',
  ipsec_integrity: 'GCMAES256',
  pfs_group: 'ECP384',
};

/** Makes a group with a network, its subnets, and two zonal addresses named `one` and `two`. */
export async function makeNetwork(azure: Azure): Promise<void> {
  await azure.make('resource_group', { name: 'lab', location: 'Japan East' });
  await azure.make('virtual_network', vnet);
  await azure.make('subnet', nodes);
  await azure.make('subnet', gatewaySubnet);
  for (const name of ['one', 'two']) await azure.make('public_ip', address(name));
}

/** The only block of a name in a state. */
export function blockIn(state: ObjectValue | null, name: string): ObjectValue {
  const blocks = state?.[name];
  const first: unknown = Array.isArray(blocks) ? blocks[0] : undefined;
  if (!isObject(first as Value)) throw new Error(`${name}: no such block`);
  return first as ObjectValue;
}
