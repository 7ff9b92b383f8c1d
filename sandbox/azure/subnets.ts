import { type Attributes, filled, text, texts } from '../provider/attributes';
import { contains, type Network, overlap } from '../provider/cidr';
import { prefixesOf } from './address-prefixes';
import { AzureError, inferred } from './azure-error';
import { type Cloud, type CloudObject, isSame, namesIn } from './cloud';
import { ID_FORMS } from './resource-id';
import type { Rules } from './rules';

/** The subnet in which virtual network gateways lie. */
export const GATEWAY_SUBNET = 'GatewaySubnet';

/** Azure keeps five addresses of a subnet, so that a longer prefix has none left. */
const LONGEST_PREFIX = 29;

/** The subnets of a virtual network, oldest first. */
export function subnetsOf(cloud: Cloud, vnet: string): readonly CloudObject[] {
  const prefix = `${vnet}/subnets/`.toLowerCase();
  return cloud.all('azurerm_subnet').filter(({ id }) => id.toLowerCase().startsWith(prefix));
}

export function vnetOf(cloud: Cloud, subnet: string): CloudObject | undefined {
  return cloud.find('azurerm_virtual_network', subnet.replace(/\/subnets\/[^/]+$/i, ''));
}

export function isGatewaySubnet(id: string): boolean {
  return isSame(namesIn('azurerm_subnet', id).at(-1) ?? '', GATEWAY_SUBNET);
}

/** The ids of the ip configurations of gateways and network interfaces that lie in a subnet. */
export function usersOf(cloud: Cloud, subnet: string): readonly string[] {
  const users = cloud.all('azurerm_virtual_network_gateway', 'azurerm_network_interface');
  return users.flatMap(({ id, attributes }) => {
    const configurations = (attributes.ip_configuration ?? []) as readonly Attributes[];
    return configurations
      .filter((configuration) => isSame(text(configuration, 'subnet_id'), subnet))
      .map((configuration) => `${id}/ipConfigurations/${text(configuration, 'name')}`);
  });
}

/** @throws {@link AzureError} unless the prefixes lie in the virtual network and beside its other subnets */
export function checkSubnet(
  cloud: Cloud,
  vnet: CloudObject,
  id: string,
  prefixes: readonly string[],
): readonly Network[] {
  const name = namesIn('azurerm_subnet', id).at(-1) ?? '';
  const networks = prefixesOf(prefixes, id);
  const spaces = prefixesOf(texts(vnet.attributes, 'address_space'), vnet.id);
  for (const network of networks) {
    if (!spaces.some((space) => contains(space, network)))
      throw new AzureError(
        'NetcfgSubnetRangeOutsideVnet',
        `Subnet '${name}' is not valid because its IP address range is outside the IP address range of virtual network '${text(vnet.attributes, 'name')}'.`,
      );
    if (network.prefix > LONGEST_PREFIX)
      throw inferred(
        'NetcfgInvalidSubnet',
        `Subnet '${name}' is not valid in virtual network '${text(vnet.attributes, 'name')}'.`,
      );
  }
  for (const other of subnetsOf(cloud, vnet.id)) {
    if (isSame(other.id, id)) continue;
    const taken = prefixesOf(texts(other.attributes, 'address_prefixes'), other.id);
    if (taken.some((one) => networks.some((network) => overlap(one, network))))
      throw new AzureError(
        'NetcfgSubnetRangesOverlap',
        `Subnet '${name}' is not valid because its IP address range overlaps with that of an existing subnet '${text(other.attributes, 'name')}'.`,
      );
  }
  return networks;
}

/**
 * @param goesToo whether a user of the subnet is deleted with it. @default - none is
 * @throws {@link AzureError} if something lies in the subnet
 */
export function checkUnused(
  cloud: Cloud,
  { id, attributes }: CloudObject,
  goesToo: (user: string) => boolean = () => false,
): void {
  const user = usersOf(cloud, id).find((one) => !goesToo(one));
  if (user === undefined) return;
  throw new AzureError(
    'InUseSubnetCannotBeDeleted',
    `Subnet ${text(attributes, 'name')} is in use by ${user} and cannot be deleted. In order to delete the subnet, delete all the resources within the subnet. See aka.ms/deletesubnet.`,
  );
}

/** Removes the associations of a subnet that is deleted. */
export function removeAssociations(cloud: Cloud, subnet: string): void {
  for (const association of cloud.all(
    'azurerm_subnet_network_security_group_association',
    'azurerm_subnet_route_table_association',
    'azurerm_subnet_nat_gateway_association',
  ))
    if (isSame(association.id, subnet)) cloud.remove(association);
}

export const subnet: Rules = {
  form: ID_FORMS.azurerm_subnet,
  id: (cloud, request) =>
    cloud.id(
      'azurerm_subnet',
      text(request, 'resource_group_name'),
      text(request, 'virtual_network_name'),
      text(request, 'name'),
    ),
  create(cloud, request, id) {
    const [group, vnetName] = [text(request, 'resource_group_name'), text(request, 'virtual_network_name')];
    const vnet = cloud.requireParent('azurerm_virtual_network', 'azurerm_subnet', group, vnetName);
    checkSubnet(cloud, vnet, id, texts(request, 'address_prefixes'));
    return filled(request, { address_prefixes: [] });
  },
  update(cloud, before, request) {
    const vnet = vnetOf(cloud, before.id);
    const networks =
      vnet === undefined ? [] : checkSubnet(cloud, vnet, before.id, texts(request, 'address_prefixes'));
    const lost = prefixesOf(texts(before.attributes, 'address_prefixes'), before.id).some(
      (old) => !networks.some((network) => contains(network, old)),
    );
    if (lost && usersOf(cloud, before.id).length > 0)
      throw new AzureError(
        'InUsePrefixCannotBeDeleted',
        `IpPrefix ${texts(before.attributes, 'address_prefixes').join(',')} on Subnet ${text(before.attributes, 'name')} has active allocations and cannot be deleted.`,
      );
    return request;
  },
  remove(cloud, object) {
    checkUnused(cloud, object);
    removeAssociations(cloud, object.id);
  },
};
