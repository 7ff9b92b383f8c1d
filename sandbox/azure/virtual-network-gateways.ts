import { type Attributes, filled, flag, objects, text, texts } from '../provider/attributes';
import { addressAt, parseNetwork, size } from '../provider/cidr';
import { inferred } from './azure-error';
import { AZURE_ASN } from './bgp';
import { type Cloud, isSame } from './cloud';
import { checkGateway } from './gateway-checks';
import { defaultGeneration } from './gateway-skus';
import { checkLocation } from './location-check';
import { ID_FORMS } from './resource-id';
import type { Rules } from './rules';

const GATEWAY = 'azurerm_virtual_network_gateway';

/**
 * The address of an instance in the GatewaySubnet, on which it speaks BGP unless it has a custom one: the last address for the only
 * instance, the first two for an active-active gateway.
 */
function defaultAddress(cloud: Cloud, configuration: Attributes, instance: number, isPair: boolean): string {
  const subnet = cloud.find('azurerm_subnet', text(configuration, 'subnet_id'));
  const network = parseNetwork(texts(subnet?.attributes ?? {}, 'address_prefixes')[0] ?? '');
  if (network === undefined) return '';
  return addressAt(network, isPair ? 4 + instance : size(network) - 2);
}

function publicAddress(cloud: Cloud, configuration: Attributes): readonly string[] {
  const address = cloud.find('azurerm_public_ip', text(configuration, 'public_ip_address_id'));
  const value = text(address?.attributes ?? {}, 'ip_address');
  return value === '' ? [] : [value];
}

/** The BGP settings as Azure gives them: one peering for each instance, in the order of the ip configurations. */
function bgpSettings(cloud: Cloud, request: Attributes): readonly Attributes[] {
  if (text(request, 'type') !== 'Vpn') return [];
  const [settings = {}] = objects(request, 'bgp_settings');
  const isPair = flag(request, 'active_active');
  const configurations = objects(request, 'ip_configuration').slice(0, isPair ? 2 : 1);
  const asked = objects(settings, 'peering_addresses');
  const peering_addresses = configurations.map((configuration, instance) => {
    const name = text(configuration, 'name');
    const own = asked.find((peering) => text(peering, 'ip_configuration_name') === name);
    const only =
      asked.length === 1 && text(asked[0] ?? {}, 'ip_configuration_name') === '' ? asked[0] : undefined;
    return {
      ip_configuration_name: name,
      apipa_addresses: texts(own ?? only ?? {}, 'apipa_addresses'),
      default_addresses: [defaultAddress(cloud, configuration, instance, isPair)],
      tunnel_ip_addresses: publicAddress(cloud, configuration),
    };
  });
  return [{ ...filled(settings, { asn: AZURE_ASN, peer_weight: 0 }), peering_addresses }];
}

/** The attributes of a gateway after Azure has filled in what the request leaves open. */
function settled(cloud: Cloud, request: Attributes): Attributes {
  const isVpn = text(request, 'type') === 'Vpn';
  const attributes = filled(request, {
    active_active: false,
    enable_bgp: false,
    generation: isVpn ? defaultGeneration(text(request, 'sku')) : 'None',
  });
  return { ...attributes, bgp_settings: bgpSettings(cloud, attributes) };
}

/** The connections of a gateway. */
function connectionsOf(cloud: Cloud, id: string): readonly string[] {
  return cloud
    .all('azurerm_virtual_network_gateway_connection')
    .filter(({ attributes }) =>
      ['virtual_network_gateway_id', 'peer_virtual_network_gateway_id'].some((name) =>
        isSame(text(attributes, name), id),
      ),
    )
    .map((connection) => connection.id);
}

export const virtualNetworkGateway: Rules = {
  form: ID_FORMS[GATEWAY],
  duration: 1,
  id: (cloud, request) => cloud.id(GATEWAY, text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request, id) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    checkLocation(ID_FORMS[GATEWAY], request);
    checkGateway(cloud, id, request);
    return settled(cloud, request);
  },
  update(cloud, before, request) {
    checkGateway(cloud, before.id, request, before.attributes);
    return settled(cloud, request);
  },
  remove(cloud, { id }) {
    const connections = connectionsOf(cloud, id);
    if (connections.length > 0)
      throw inferred(
        'VirtualNetworkGatewayCannotBeDeletedWhileConnectionsExist',
        `Virtual network gateway ${id} cannot be deleted, because it has the connections ${connections.join(', ')}.`,
      );
    const prefix = `${id}/natRules/`.toLowerCase();
    for (const rule of cloud.all('azurerm_virtual_network_gateway_nat_rule'))
      if (rule.id.toLowerCase().startsWith(prefix)) cloud.remove(rule);
  },
  occupies: (_cloud, { id }) => (typeof id === 'string' ? [id] : []),
};
