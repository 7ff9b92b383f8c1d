import { type Attributes, filled, number, objects, text, texts } from '../provider/attributes';
import { prefixesOf } from './address-prefixes';
import { AzureError, inferred } from './azure-error';
import { AZURE_ASN, isReservedAsn } from './bgp';
import { isSame } from './cloud';
import { checkLocation } from './location-check';
import { ID_FORMS } from './resource-id';
import type { Rules } from './rules';

const LOCAL = 'azurerm_local_network_gateway';

/** @throws {@link AzureError} if it has no networks and no BGP, or wrong ones */
function check(request: Attributes, id: string): void {
  const [settings] = objects(request, 'bgp_settings');
  const prefixes = texts(request, 'address_space').filter(Boolean);
  if (prefixes.length === 0 && settings === undefined)
    throw new AzureError(
      'LocalNetworkGatewayCannotHaveEmptyAddressPrefixAndBgpSettings',
      `Local network gateway ${id} cannot have empty address prefixes and empty BGP settings.`,
    );
  prefixesOf(prefixes, id);
  const asn = settings && number(settings, 'asn');
  if (asn !== undefined && (isReservedAsn(asn) || asn === AZURE_ASN))
    throw inferred(
      'LocalNetworkGatewayAsnIsReserved',
      `ASN ${asn} of local network gateway ${id} is reserved by Azure or IANA.`,
    );
}

export const localNetworkGateway: Rules = {
  form: ID_FORMS[LOCAL],
  id: (cloud, request) => cloud.id(LOCAL, text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request, id) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    checkLocation(ID_FORMS[LOCAL], request);
    check(request, id);
    return withWeight(request);
  },
  update(_cloud, before, request) {
    check(request, before.id);
    return withWeight(request);
  },
  remove(cloud, { id }) {
    const user = cloud
      .all('azurerm_virtual_network_gateway_connection')
      .find(({ attributes }) => isSame(text(attributes, 'local_network_gateway_id'), id));
    if (user !== undefined)
      throw inferred(
        'LocalNetworkGatewayCannotBeDeletedWhileConnectionsExist',
        `Local network gateway ${id} cannot be deleted, because it is used by the connection ${user.id}.`,
      );
  },
};

/** Azure gives the weight of a BGP peer that has none as 0. */
function withWeight(request: Attributes): Attributes {
  const settings = objects(request, 'bgp_settings').map((block) => filled(block, { peer_weight: 0 }));
  return { ...request, bgp_settings: settings };
}
