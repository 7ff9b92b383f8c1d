import { type Attributes, filled, text, texts } from '../provider/attributes';
import { numberBelow, uuidOf } from '../provider/derived';
import { AzureError, inferred } from './azure-error';
import type { Cloud } from './cloud';
import { checkLocation, checkZones } from './location-check';
import { ID_FORMS } from './resource-id';
import type { Rules } from './rules';
import { usersOfAddress, usesAssociation } from './used-by';

const ADDRESS = 'azurerm_public_ip';
const NAT = 'azurerm_nat_gateway';

/** A free public address of 198.19.0.0/16 (RFC 2544), or of 2001:db8::/32 (RFC 3849), so that none is anybody's. */
function newAddress(cloud: Cloud, id: string, version: string): string {
  const taken = cloud.all(ADDRESS).map(({ attributes }) => text(attributes, 'ip_address'));
  for (let attempt = 0; ; attempt++) {
    const number = numberBelow(2 ** 16, 'public address', id, String(attempt));
    const address =
      version === 'IPv6'
        ? `2001:db8::${number.toString(16)}`
        : `198.19.${Math.floor(number / 256)}.${number % 256}`;
    if (!taken.includes(address)) return address;
  }
}

function fqdnOf(request: Attributes): string | null {
  const label = text(request, 'domain_name_label');
  return label === '' ? null : `${label}.${text(request, 'location')}.cloudapp.azure.com`;
}

function checkAddress(request: Attributes): void {
  checkLocation(ID_FORMS[ADDRESS], request);
  checkZones(ID_FORMS[ADDRESS], request);
  const isStandard = text(request, 'sku') === 'Standard';
  if (isStandard && text(request, 'allocation_method') === 'Dynamic')
    throw new AzureError(
      'StandardSkuPublicIPAddressesCannotHaveDynamicAllocation',
      `Standard sku publicIp ${text(request, 'name')} must have AllocationMethod set to Static.`,
    );
  if (!isStandard && texts(request, 'zones').length > 0)
    throw inferred(
      'ZonesNotAllowedForBasicSkuPublicIPAddress',
      `Basic sku publicIp ${text(request, 'name')} cannot have availability zones.`,
    );
}

export const publicAddress: Rules = {
  form: ID_FORMS[ADDRESS],
  id: (cloud, request) => cloud.id(ADDRESS, text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request, id) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    checkAddress(request);
    const isDynamic = text(request, 'allocation_method') === 'Dynamic';
    return filled(request, {
      fqdn: fqdnOf(request),
      // A dynamic address exists from the time on at which something uses it.
      ip_address: isDynamic ? '' : newAddress(cloud, id, text(request, 'ip_version')),
    });
  },
  update(_cloud, _before, request) {
    checkAddress(request);
    return { ...request, fqdn: fqdnOf(request) };
  },
  remove(cloud, { id }) {
    const [user] = usersOfAddress(cloud, id);
    if (user !== undefined)
      throw new AzureError(
        'PublicIPAddressCannotBeDeleted',
        `Public IP address ${id} can not be deleted since it is still allocated to resource ${user}. In order to delete the public IP, disassociate/detach the Public IP address from the resource.  To learn how to do this, see aka.ms/deletepublicip.`,
      );
  },
};

export const natGateway: Rules = {
  form: ID_FORMS[NAT],
  id: (cloud, request) => cloud.id(NAT, text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request, id) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    checkLocation(ID_FORMS[NAT], request);
    checkZones(ID_FORMS[NAT], request);
    if (texts(request, 'zones').length > 1)
      throw inferred(
        'NatGatewayMultipleZonesNotSupported',
        `NAT gateway ${text(request, 'name')} cannot lie in more than one availability zone.`,
      );
    return filled(request, { resource_guid: uuidOf('nat gateway', id) });
  },
  remove(cloud, { id, attributes }) {
    const [subnet] = usesAssociation(cloud, 'azurerm_subnet_nat_gateway_association', 'nat_gateway_id', id);
    if (subnet !== undefined)
      throw inferred(
        'InUseNatGatewayCannotBeDeleted',
        `Nat gateway ${text(attributes, 'name')} is in use by ${subnet} and cannot be deleted.`,
      );
  },
};
