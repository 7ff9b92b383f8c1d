import { isObject } from '../../protocol/values';
import { type Attributes, flag, objects, text } from '../../provider/attributes';
import { uuidOf } from '../../provider/derived';
import { AzureError, ProviderError, unexpectedStatus } from '../azure-error';
import { type Cloud, type CloudObject, isSame, type NamedType } from '../cloud';
import { platformImage } from '../images';
import { azureType, ID_FORMS } from '../resource-id';
import { rolesOf } from '../role-definitions';
import { AZURE_MANAGED_TYPES } from '../types';
import { addressesOf } from '../virtual-machines';
import { byName, named, type Reader } from './readers';

/** The version that stands for the latest one of every image. */
const LATEST = '1.0.0';

/** A virtual machine: that of a resource, or an instance of a scale set. A machine runs until it is deleted. */
function virtualMachine(cloud: Cloud, config: Attributes): Attributes {
  const { id, attributes } = named(cloud, 'azurerm_linux_virtual_machine', config, {
    noun: 'Virtual Machine',
  });
  return {
    id,
    location: text(attributes, 'location'),
    identity: objects(attributes, 'identity'),
    power_state: 'running',
    ...addressesOf(cloud, attributes),
  };
}

/** A resource as Azure's resource manager lists it. */
function listed({ id, type, attributes }: CloudObject): Attributes {
  return {
    id,
    name: text(attributes, 'name'),
    resource_group_name: text(attributes, 'resource_group_name'),
    type: azureType(ID_FORMS[type as NamedType]),
    location: text(attributes, 'location'),
    tags: attributes.tags ?? {},
  };
}

/** The resources of the subscription with a name, a type, a group and some tags, of those that the configuration gives. */
function resources(cloud: Cloud, config: Attributes): Attributes {
  const [name, group, type] = ['name', 'resource_group_name', 'type'].map((of) => text(config, of));
  if (!name && !group && !type)
    throw new ProviderError('at least one of `name`, `resource_group_name` or `type` must be specified');
  if (group && cloud.find('azurerm_resource_group', cloud.groupId(group)) === undefined)
    throw new ProviderError(
      `getting resources by resource group: ${unexpectedStatus({ status: 404, code: 'ResourceGroupNotFound', message: `Resource group '${group}' could not be found.` })}`,
    );
  const wanted = isObject(config.required_tags ?? null) ? Object.entries(config.required_tags ?? {}) : [];
  const topLevel = AZURE_MANAGED_TYPES.filter(
    (one) => one in ID_FORMS && ID_FORMS[one as NamedType].types.length === 1,
  );
  const found = cloud
    .all(...topLevel)
    .map(listed)
    .filter((one) => !name || isSame(text(one, 'name'), name))
    .filter((one) => !group || isSame(text(one, 'resource_group_name'), group))
    .filter((one) => !type || isSame(text(one, 'type'), type))
    .filter(({ tags }) =>
      wanted.every(([key, value]) => isObject(tags ?? null) && (tags as Attributes)[key] === value),
    );
  return { id: `resource-${uuidOf('resources', name ?? '', group ?? '', type ?? '')}`, resources: found };
}

function platformImageOf(
  _cloud: Cloud,
  config: Attributes,
  { subscription }: { readonly subscription: string },
): Attributes {
  const version = text(config, 'version') || LATEST;
  try {
    platformImage({ ...config, version });
  } catch (failure) {
    if (failure instanceof AzureError) throw new ProviderError(`retrieving: ${unexpectedStatus(failure)}`);
    throw failure;
  }
  const [location, publisher, offer, sku] = ['location', 'publisher', 'offer', 'sku'].map((of) =>
    text(config, of),
  );
  return {
    id: `/subscriptions/${subscription}/providers/Microsoft.Compute/locations/${location}/publishers/${publisher}/artifactTypes/vmImage/offers/${offer}/skus/${sku}/versions/${version}`,
    version,
  };
}

/** Images that somebody made of a machine, of which the simulated cloud has none. */
function image(_cloud: Cloud, config: Attributes): Attributes {
  throw new ProviderError(
    `image ${JSON.stringify(text(config, 'name') || text(config, 'name_regex'))} in resource group ${JSON.stringify(text(config, 'resource_group_name'))} was not found: the sandbox has no images but those of the marketplace`,
  );
}

function roleDefinition(cloud: Cloud, config: Attributes): Attributes {
  const [name, own] = [text(config, 'name'), text(config, 'role_definition_id')];
  const found = rolesOf(cloud).find((role) =>
    name === '' ? isSame(role.id.split('/').at(-1) ?? '', own) : isSame(role.name, name),
  );
  if (found === undefined)
    throw new ProviderError(`loading Role Definition List: could not find role '${name || own}'`);
  return {
    id: found.id,
    name: found.name,
    description: found.description,
    type: found.isBuiltIn ? 'BuiltInRole' : 'CustomRole',
    role_definition_id: name === '' ? own : found.id,
    permissions: found.permissions.map((block) => ({ ...block, condition: '', condition_version: '' })),
    assignable_scopes: found.assignableScopes,
  };
}

/** What the data source of a network interface has in addition: its security group. */
function interfaceMore(cloud: Cloud, { id }: CloudObject): Attributes {
  const joined = cloud
    .all('azurerm_network_interface_security_group_association')
    .find(({ attributes }) => isSame(text(attributes, 'network_interface_id'), id));
  return { network_security_group_id: text(joined?.attributes ?? {}, 'network_security_group_id') };
}

/** The data source of a scale set has other names for members of its network interfaces. */
function scaleSetMore(_cloud: Cloud, { attributes }: CloudObject): Attributes {
  return {
    network_interface: objects(attributes, 'network_interface').map((one) => ({
      ...one,
      accelerated_networking_enabled: flag(one, 'enable_accelerated_networking'),
      ip_forwarding_enabled: flag(one, 'enable_ip_forwarding'),
    })),
  };
}

/** The readers of the data sources that node groups use. */
export const NODE_READERS = {
  azurerm_image: image,
  azurerm_key_vault: byName('azurerm_key_vault'),
  azurerm_managed_disk: byName('azurerm_managed_disk', (_cloud, { attributes }) => ({
    zones: [text(attributes, 'zone')].filter(Boolean),
  })),
  azurerm_network_interface: byName('azurerm_network_interface', interfaceMore),
  azurerm_orchestrated_virtual_machine_scale_set: byName(
    'azurerm_orchestrated_virtual_machine_scale_set',
    scaleSetMore,
  ),
  azurerm_platform_image: platformImageOf,
  azurerm_resources: resources,
  azurerm_role_definition: roleDefinition,
  azurerm_user_assigned_identity: byName('azurerm_user_assigned_identity'),
  azurerm_virtual_machine: virtualMachine,
} as const satisfies Readonly<Record<string, Reader>>;
