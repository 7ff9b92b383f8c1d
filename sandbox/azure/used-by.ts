import { type Attributes, objects, text } from '../provider/attributes';
import { type Cloud, isSame } from './cloud';

/**
 * The subnets, or network interfaces, that are joined to an object by associations of a type.
 *
 * @param attribute the association's reference to the object
 */
export function usesAssociation(
  cloud: Cloud,
  type: string,
  attribute: string,
  id: string,
): readonly string[] {
  return cloud
    .all(type)
    .filter(({ attributes }) => isSame(text(attributes, attribute), id))
    .map(({ attributes }) => text(attributes, 'subnet_id') || text(attributes, 'network_interface_id'));
}

/** What a public address is attached to: NAT gateways, and ip configurations of virtual network gateways and network interfaces. */
export function usersOfAddress(cloud: Cloud, address: string): readonly string[] {
  const nat = cloud
    .all('azurerm_nat_gateway_public_ip_association')
    .filter(({ attributes }) => isSame(text(attributes, 'public_ip_address_id'), address))
    .map(({ attributes }) => text(attributes, 'nat_gateway_id'));
  const holders = cloud.all('azurerm_virtual_network_gateway', 'azurerm_network_interface');
  const configured = holders.flatMap(({ id, attributes }) =>
    objects(attributes, 'ip_configuration')
      .filter((configuration: Attributes) => isSame(text(configuration, 'public_ip_address_id'), address))
      .map((configuration) => `${id}/ipConfigurations/${text(configuration, 'name')}`),
  );
  return [...nat, ...configured];
}
