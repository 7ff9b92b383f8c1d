import { type Attributes, filled, objects, text, texts } from '../provider/attributes';
import { contains, overlap } from '../provider/cidr';
import { uuidOf } from '../provider/derived';
import { prefixesOf } from './address-prefixes';
import { AzureError, inferred } from './azure-error';
import { type Cloud, type CloudObject, isSame } from './cloud';
import { checkLocation } from './location-check';
import { ID_FORMS } from './resource-id';
import { inlineElements, type Rules } from './rules';
import { checkSubnet, checkUnused, removeAssociations, subnetsOf } from './subnets';

/** The association of a subnet of one type, if it has one. */
export function associated(cloud: Cloud, type: string, subnet: string, attribute: string): string {
  return text(cloud.find(type, subnet)?.attributes ?? {}, attribute);
}

/** A subnet as a virtual network lists it. */
function inlineSubnet(cloud: Cloud, { id, attributes }: CloudObject): Attributes {
  const members = [
    'name',
    'address_prefixes',
    'default_outbound_access_enabled',
    'delegation',
    'private_endpoint_network_policies',
    'private_link_service_network_policies_enabled',
    'service_endpoint_policy_ids',
    'service_endpoints',
  ] as const;
  const NSG = 'azurerm_subnet_network_security_group_association';
  return {
    ...Object.fromEntries(members.map((member) => [member, attributes[member] ?? null])),
    id,
    security_group: associated(cloud, NSG, id, 'network_security_group_id'),
    route_table_id: associated(cloud, 'azurerm_subnet_route_table_association', id, 'route_table_id'),
  };
}

/** Stores the associations of a subnet that stands in the configuration of a virtual network. */
function associate(cloud: Cloud, subnet: string, inline: Attributes): void {
  const wanted = {
    azurerm_subnet_network_security_group_association: ['network_security_group_id', 'security_group'],
    azurerm_subnet_route_table_association: ['route_table_id', 'route_table_id'],
  } as const;
  for (const [type, [attribute, member]] of Object.entries(wanted)) {
    const target = text(inline, member);
    const existing = cloud.find(type, subnet);
    if (existing !== undefined) cloud.remove(existing);
    if (target !== '') cloud.put(type, subnet, { subnet_id: subnet, [attribute]: target });
  }
}

/** Makes the subnets of a virtual network those of its configuration. */
function setSubnets(cloud: Cloud, vnet: CloudObject, inline: readonly Attributes[]): void {
  const ids = inline.map((subnet) => `${vnet.id}/subnets/${text(subnet, 'name')}`);
  for (const old of subnetsOf(cloud, vnet.id)) {
    if (ids.some((id) => isSame(id, old.id))) continue;
    checkUnused(cloud, old);
    removeAssociations(cloud, old.id);
    cloud.remove(old);
  }
  for (const [index, subnet] of inline.entries()) {
    const id = ids[index] ?? '';
    checkSubnet(cloud, vnet, id, texts(subnet, 'address_prefixes'));
    const { route_table_id, security_group, id: _, ...own } = subnet;
    cloud.put('azurerm_subnet', id, {
      ...own,
      resource_group_name: text(vnet.attributes, 'resource_group_name'),
      virtual_network_name: text(vnet.attributes, 'name'),
    });
    associate(cloud, id, { route_table_id: route_table_id ?? null, security_group: security_group ?? null });
  }
}

/** @throws {@link AzureError} if the prefixes are none, or overlap each other */
function checkSpace(request: Attributes, id: string): void {
  const spaces = prefixesOf(texts(request, 'address_space'), id);
  const clashing = spaces.some((one, index) => spaces.slice(index + 1).some((other) => overlap(one, other)));
  if (clashing)
    throw inferred(
      'VnetAddressSpaceOverlapsWithAlreadyExistingSpace',
      `Address prefixes ${texts(request, 'address_space').join(', ')} of virtual network ${id} overlap.`,
    );
}

export const virtualNetwork: Rules = {
  form: ID_FORMS.azurerm_virtual_network,
  id: (cloud, request) =>
    cloud.id('azurerm_virtual_network', text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request, id) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    checkLocation(ID_FORMS.azurerm_virtual_network, request);
    checkSpace(request, id);
    const { subnet: _, ...own } = request;
    const attributes = filled(own, { guid: uuidOf('virtual network', id), dns_servers: [] });
    const inline = objects(request, 'subnet');
    if (inline.length > 0)
      setSubnets(cloud, { type: 'azurerm_virtual_network', id, region: '', attributes }, inline);
    return attributes;
  },
  update(cloud, before, request, prior) {
    checkSpace(request, before.id);
    const spaces = prefixesOf(texts(request, 'address_space'), before.id);
    const { subnet: _, ...own } = request;
    const inline = inlineElements(request, prior, 'subnet');
    if (inline !== undefined) setSubnets(cloud, { ...before, attributes: own }, inline);
    for (const subnet of subnetsOf(cloud, before.id)) {
      const networks = prefixesOf(texts(subnet.attributes, 'address_prefixes'), subnet.id);
      if (networks.some((network) => !spaces.some((space) => contains(space, network))))
        throw new AzureError(
          'InUsePrefixCannotBeDeleted',
          `IpPrefix ${texts(before.attributes, 'address_space').join(',')} on Vnet ${text(before.attributes, 'name')} has active allocations and cannot be deleted.`,
        );
    }
    return own;
  },
  remove(cloud, { id }) {
    const subnets = subnetsOf(cloud, id);
    for (const subnet of subnets) checkUnused(cloud, subnet);
    for (const subnet of subnets) {
      removeAssociations(cloud, subnet.id);
      cloud.remove(subnet);
    }
  },
  derive: (cloud, { id }) => ({ subnet: subnetsOf(cloud, id).map((subnet) => inlineSubnet(cloud, subnet)) }),
};
