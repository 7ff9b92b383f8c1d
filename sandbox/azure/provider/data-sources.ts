import { locationName, ZONES } from '../../../model/clouds/azure/locations';
import type { ObjectValue } from '../../protocol/values';
import { type Attributes, number, objects, text, texts } from '../../provider/attributes';
import { uuidOf } from '../../provider/derived';
import { completed, legacyObject } from '../../provider/normalize';
import type { ResourceType } from '../../provider/resource-type';
import type { ObjectLog } from '../../store/objects';
import { ProviderError } from '../azure-error';
import { Cloud, type CloudObject, isSame } from '../cloud';
import { displayName, hasZones, isLocation } from '../location';
import { describeId, GROUP_FORM } from '../resource-id';
import type { AzureDataType } from '../types';
import { usersOfAddress } from '../used-by';
import { associated } from '../virtual-networks';
import type { Caller } from './caller';
import { NODE_READERS } from './node-data-sources';
import { byName, named, type Reader, whole } from './readers';
import { AZURE_VALUES } from './values';

function resourceGroup(cloud: Cloud, config: Attributes): Attributes {
  const id = cloud.groupId(text(config, 'name'));
  const found = cloud.find('azurerm_resource_group', id);
  if (found === undefined) throw new ProviderError(`${describeId(GROUP_FORM, id)} was not found`);
  return whole(cloud, found);
}

function subnet(cloud: Cloud, config: Attributes): Attributes {
  const object = named(cloud, 'azurerm_subnet', config, {
    parents: [text(config, 'virtual_network_name')],
  });
  const NSG = 'azurerm_subnet_network_security_group_association';
  return {
    ...whole(cloud, object),
    address_prefix: texts(object.attributes, 'address_prefixes')[0] ?? '',
    network_security_group_id: associated(cloud, NSG, object.id, 'network_security_group_id'),
    route_table_id: associated(cloud, 'azurerm_subnet_route_table_association', object.id, 'route_table_id'),
  };
}

/** Public addresses of a group, by the start of their names, their way of allocation, and whether something uses them. */
function publicAddresses(cloud: Cloud, config: Attributes): Attributes {
  const group = cloud.groupId(text(config, 'resource_group_name'));
  const asked = { status: text(config, 'attachment_status'), allocation: text(config, 'allocation_type') };
  const found = cloud
    .all('azurerm_public_ip')
    .filter(({ id }) => id.toLowerCase().startsWith(`${group.toLowerCase()}/`))
    .filter(({ attributes }) => text(attributes, 'name').startsWith(text(config, 'name_prefix')))
    .filter(
      ({ attributes }) =>
        asked.allocation === '' || text(attributes, 'allocation_method') === asked.allocation,
    )
    .filter(
      ({ id }) =>
        asked.status === '' || usersOfAddress(cloud, id).length > 0 === (asked.status === 'Attached'),
    );
  const members = ['domain_name_label', 'fqdn', 'ip_address', 'name'];
  return {
    id: `networkPublicIPs/resourceGroup/${text(config, 'resource_group_name')}`,
    public_ips: found.map(({ id, attributes }) => ({
      id,
      ...Object.fromEntries(members.map((member) => [member, text(attributes, member)])),
    })),
  };
}

function location(_cloud: Cloud, config: Attributes, { subscription }: Caller): Attributes {
  const name = locationName(text(config, 'location'));
  if (!isLocation(name)) throw new ProviderError(`location ${JSON.stringify(name)} was not found`);
  return {
    id: `/subscriptions/${subscription}/locations/${name}`,
    location: name,
    display_name: displayName(name),
    zone_mappings: hasZones(name)
      ? ZONES.map((zone) => ({ logical_zone: zone, physical_zone: `${name}-az${zone}` }))
      : [],
  };
}

function clientConfig(
  _cloud: Cloud,
  _config: Attributes,
  { client, tenant, subscription }: Caller,
): Attributes {
  const object = uuidOf('object of the caller', client);
  const id = Buffer.from(
    `clientConfigs/clientId=${client};objectId=${object};subscriptionId=${subscription};tenantId=${tenant}`,
  ).toString('base64');
  return { id, client_id: client, object_id: object, tenant_id: tenant, subscription_id: subscription };
}

function subscription(_cloud: Cloud, config: Attributes, caller: Caller): Attributes {
  const id = text(config, 'subscription_id') || caller.subscription;
  return {
    id: `/subscriptions/${id}`,
    subscription_id: id,
    display_name: 'Kakehashi sandbox',
    tenant_id: caller.tenant,
    state: 'Enabled',
    location_placement_id: 'Public_2014-09-01',
    quota_id: 'PayAsYouGo_2014-09-01',
    spending_limit: 'Off',
    tags: {},
  };
}

/** What a NAT gateway's data source has in addition: the addresses that are joined to it. */
function natAddresses(cloud: Cloud, { id }: CloudObject): Attributes {
  const joined = cloud
    .all('azurerm_nat_gateway_public_ip_association')
    .filter(({ attributes }) => isSame(text(attributes, 'nat_gateway_id'), id));
  return {
    public_ip_address_ids: joined.map(({ attributes }) => text(attributes, 'public_ip_address_id')),
    public_ip_prefix_ids: [],
  };
}

/** The data source of a gateway gives the first BGP address of each setting, and the ids of ip configurations. */
function gatewayMore(_cloud: Cloud, { id, attributes }: CloudObject): Attributes {
  return {
    bgp_settings: objects(attributes, 'bgp_settings').map((settings) => ({
      asn: number(settings, 'asn') ?? 0,
      peer_weight: number(settings, 'peer_weight') ?? 0,
      peering_address: texts(objects(settings, 'peering_addresses')[0] ?? {}, 'default_addresses')[0] ?? '',
    })),
    ip_configuration: objects(attributes, 'ip_configuration').map((configuration) => ({
      ...configuration,
      id: `${id}/ipConfigurations/${text(configuration, 'name')}`,
      private_ip_address: '',
    })),
  };
}

const READERS: Readonly<Record<AzureDataType, Reader>> = {
  ...NODE_READERS,
  azurerm_client_config: clientConfig,
  azurerm_local_network_gateway: byName('azurerm_local_network_gateway'),
  azurerm_location: location,
  azurerm_nat_gateway: byName('azurerm_nat_gateway', natAddresses),
  azurerm_network_security_group: byName('azurerm_network_security_group'),
  azurerm_network_watcher: byName('azurerm_network_watcher'),
  azurerm_public_ip: byName('azurerm_public_ip'),
  azurerm_public_ips: publicAddresses,
  azurerm_resource_group: resourceGroup,
  azurerm_route_table: byName('azurerm_route_table'),
  azurerm_subnet: subnet,
  azurerm_subscription: subscription,
  azurerm_virtual_network: byName('azurerm_virtual_network', (cloud, object) => ({
    subnets: objects(whole(cloud, object), 'subnet').map((inside) => text(inside, 'name')),
    vnet_peerings: {},
    vnet_peerings_addresses: [],
  })),
  azurerm_virtual_network_gateway: byName('azurerm_virtual_network_gateway', gatewayMore),
  azurerm_virtual_network_gateway_connection: byName(
    'azurerm_virtual_network_gateway_connection',
    (_cloud, { id }) => ({
      resource_guid: uuidOf('connection', id),
      egress_bytes_transferred: 0,
      ingress_bytes_transferred: 0,
    }),
  ),
};

/** @throws {@link ProviderError} if nothing matches */
export function readDataSource(
  type: ResourceType,
  config: ObjectValue,
  caller: Caller,
  log: ObjectLog,
): ObjectValue {
  const read = (READERS as Readonly<Record<string, Reader>>)[type.name];
  if (read === undefined) throw new Error(`${type.name}: has a schema but no reader`);
  const found = read(new Cloud(log, caller.subscription, caller.tenant), config as Attributes, caller);
  const { block } = type.schema;
  // A group's name is as it was asked for, in whatever case the group itself has it.
  const asked = Object.fromEntries(
    Object.entries(config).filter(([name, value]) => value !== null && name !== 'location'),
  );
  return legacyObject(block, completed(block, { ...found, ...asked }), AZURE_VALUES);
}
