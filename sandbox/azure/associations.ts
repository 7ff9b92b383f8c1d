import { type Attributes, text } from '../provider/attributes';
import { AzureError, inferred, ProviderError } from './azure-error';
import { type Cloud, type CloudObject, isSame, type NamedType, namesIn } from './cloud';
import { compositeId, compositeParts } from './composite-id';
import { describeId, ID_FORMS, idProblem, parseId } from './resource-id';
import type { Rules } from './rules';
import { GATEWAY_SUBNET, isGatewaySubnet, vnetOf } from './subnets';
import { usersOfAddress } from './used-by';

/** What a subnet is joined to by one type of association. */
interface Joined {
  readonly type: NamedType;
  readonly attribute: string;
  /** The provider's word for it in `updating … Association for Subnet`. */
  readonly noun: string;
  /** @throws {@link AzureError} if a GatewaySubnet cannot be joined to it */
  refuseGatewaySubnet(cloud: Cloud, target: CloudObject): void;
}

/** An association, whose id is that of the subnet. */
function subnetAssociation({ type, attribute, noun, refuseGatewaySubnet }: Joined): Rules {
  const words = {
    create: `updating ${noun} Association for`,
    update: `updating ${noun} Association for`,
    delete: `removing ${noun} Association from`,
  };
  return {
    subject: (operation, id) => `${words[operation]} ${describeId(ID_FORMS.azurerm_subnet, id)}`,
    id: (_cloud, request) => text(request, 'subnet_id'),
    create(cloud, request, id) {
      const subnet = cloud.find('azurerm_subnet', id);
      const vnet = vnetOf(cloud, id);
      if (subnet === undefined || vnet === undefined)
        throw new ProviderError(
          `retrieving ${describeId(ID_FORMS.azurerm_subnet, id)}: unexpected status 404 (404 Not Found) with error: NotFound: Resource ${id} not found.`,
        );
      const target = cloud.require(
        type,
        text(request, attribute),
        subnet.id,
        text(vnet.attributes, 'location'),
      );
      if (isGatewaySubnet(id)) refuseGatewaySubnet(cloud, target);
      return request;
    },
    exists: (cloud, { attributes }) =>
      cloud.find('azurerm_subnet', text(attributes, 'subnet_id')) !== undefined &&
      cloud.find(type, text(attributes, attribute)) !== undefined,
    imported(id) {
      if (parseId(ID_FORMS.azurerm_subnet, id) === undefined)
        throw new ProviderError(idProblem(ID_FORMS.azurerm_subnet, id));
      return { id };
    },
  };
}

function nameOf(target: CloudObject): string {
  return text(target.attributes, 'name');
}

export const subnetSecurityGroup = subnetAssociation({
  type: 'azurerm_network_security_group',
  attribute: 'network_security_group_id',
  noun: 'Network Security Group',
  refuseGatewaySubnet(_cloud, target) {
    throw new AzureError(
      'NetworkSecurityGroupCannotBeAttachedToGatewaySubnet',
      `The operation failed because the network security group ${nameOf(target)} can not be associated to the ${GATEWAY_SUBNET}. Please remove the network security group associated to the ${GATEWAY_SUBNET}. No changes have occurred on the gateway at this time. See here for additional details: https://aka.ms/GatewaySubnet.`,
    );
  },
});

/** Azure takes a route table on a GatewaySubnet unless it stops the propagation of routes, or has a default route. */
export const subnetRouteTable = subnetAssociation({
  type: 'azurerm_route_table',
  attribute: 'route_table_id',
  noun: 'Route Table',
  refuseGatewaySubnet(cloud, target) {
    if (target.attributes.bgp_route_propagation_enabled === false)
      throw inferred(
        'GatewaySubnetRouteTableMustEnableBgpRoutePropagation',
        `Route table ${nameOf(target)} with disabled BGP route propagation cannot be associated to the ${GATEWAY_SUBNET}.`,
      );
    const prefix = `${target.id}/routes/`.toLowerCase();
    const isDefault = ({ id, attributes }: CloudObject) =>
      id.toLowerCase().startsWith(prefix) && text(attributes, 'address_prefix') === '0.0.0.0/0';
    if (cloud.all('azurerm_route').some(isDefault))
      throw inferred(
        'GatewaySubnetRouteTableCannotHaveDefaultRoute',
        `Route table ${nameOf(target)} with a route for 0.0.0.0/0 cannot be associated to the ${GATEWAY_SUBNET}.`,
      );
  },
});

export const subnetNatGateway = subnetAssociation({
  type: 'azurerm_nat_gateway',
  attribute: 'nat_gateway_id',
  noun: 'NAT Gateway',
  refuseGatewaySubnet(_cloud, target) {
    throw inferred(
      'NatGatewayCannotBeAttachedToGatewaySubnet',
      `NAT gateway ${nameOf(target)} cannot be associated to the ${GATEWAY_SUBNET}.`,
    );
  },
});

/** The addresses of a NAT gateway that Azure allows. */
const ADDRESSES_PER_NAT_GATEWAY = 16;

function parts(id: string): Attributes | undefined {
  const [nat, address] = compositeParts(id);
  return address === '' ? undefined : { nat_gateway_id: nat, public_ip_address_id: address };
}

export const natGatewayAddress: Rules = {
  subject: (operation, id) =>
    `${operation === 'delete' ? 'removing association between' : 'updating'} ${describeId(ID_FORMS.azurerm_nat_gateway, compositeParts(id)[0])}`,
  id: (_cloud, request) =>
    compositeId(text(request, 'nat_gateway_id'), text(request, 'public_ip_address_id')),
  create(cloud, request) {
    const natId = text(request, 'nat_gateway_id');
    const nat = cloud.find('azurerm_nat_gateway', natId);
    if (nat === undefined)
      throw new ProviderError(`${describeId(ID_FORMS.azurerm_nat_gateway, natId)} was not found`);
    const addressId = text(request, 'public_ip_address_id');
    const address = cloud.require('azurerm_public_ip', addressId, nat.id, text(nat.attributes, 'location'));
    if (text(address.attributes, 'sku') !== text(nat.attributes, 'sku_name'))
      throw inferred(
        'NatGatewaySkuAndPublicIpAddressSkuMismatch',
        `NAT gateway ${nat.id} has SKU ${text(nat.attributes, 'sku_name')}, but public IP address ${address.id} has SKU ${text(address.attributes, 'sku')}.`,
      );
    checkZone(nat, address);
    const others = cloud
      .all('azurerm_nat_gateway_public_ip_association')
      .filter(({ attributes }) => isSame(text(attributes, 'nat_gateway_id'), natId));
    if (others.length >= ADDRESSES_PER_NAT_GATEWAY)
      throw inferred(
        'NatGatewayPublicIpAddressLimitReached',
        `NAT gateway ${namesIn('azurerm_nat_gateway', natId).at(-1)} cannot have more than ${ADDRESSES_PER_NAT_GATEWAY} public IP addresses.`,
      );
    refuseSecondUse(cloud, address, nat);
    return request;
  },
  exists: (cloud, { attributes }) =>
    cloud.find('azurerm_nat_gateway', text(attributes, 'nat_gateway_id')) !== undefined &&
    cloud.find('azurerm_public_ip', text(attributes, 'public_ip_address_id')) !== undefined,
  imported(id) {
    const found = parts(id);
    if (found === undefined)
      throw new ProviderError(
        `parsing ${JSON.stringify(id)}: expected an ID in the form {NatGatewayId}|{PublicIPAddressId}`,
      );
    return { id, ...found };
  },
};

/** A zonal NAT gateway needs addresses of its zone or of all zones. */
function checkZone(nat: CloudObject, address: CloudObject): void {
  const [zone] = (nat.attributes.zones ?? []) as readonly string[];
  const zones = (address.attributes.zones ?? []) as readonly string[];
  if (zone === undefined || zones.length === 0 || zones.includes(zone)) return;
  throw inferred(
    'NatGatewayAndPublicIpAddressZoneMismatch',
    `NAT gateway ${nat.id} in zone ${zone} cannot use public IP address ${address.id} in zone ${zones.join(',')}.`,
  );
}

/** @throws {@link AzureError} if the address is attached to something else */
export function refuseSecondUse(cloud: Cloud, address: CloudObject, by: { readonly id: string }): void {
  const user = usersOfAddress(cloud, address.id).find(
    (id) => !id.toLowerCase().startsWith(by.id.toLowerCase()),
  );
  if (user === undefined) return;
  throw inferred(
    'PublicIPAddressInUse',
    `Resource ${by.id} is referencing public IP address ${address.id} that is already allocated to resource ${user}.`,
  );
}
