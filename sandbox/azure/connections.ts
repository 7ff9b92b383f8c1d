import { type Attributes, filled, flag, number, objects, text, texts } from '../provider/attributes';
import { hex } from '../provider/derived';
import { inferred, ProviderError } from './azure-error';
import { type Cloud, type CloudObject, isSame } from './cloud';
import { connectionLimit } from './gateway-skus';
import { checkLocation } from './location-check';
import { ID_FORMS } from './resource-id';
import type { Rules } from './rules';

const CONNECTION = 'azurerm_virtual_network_gateway_connection';

/** Azure's defaults of a custom policy (learn.microsoft.com, "About cryptographic requirements and Azure VPN gateways"). */
const SA_LIFETIME_SECONDS = 27_000;
const SA_DATA_SIZE_KILOBYTES = 102_400_000;

/** @throws {@link AzureError} if the IPsec policy is no legal combination, or the SKU takes none */
function checkPolicy(request: Attributes, gateway: CloudObject, id: string): void {
  const [policy] = objects(request, 'ipsec_policy');
  if (policy === undefined) {
    if (flag(request, 'use_policy_based_traffic_selectors'))
      throw inferred(
        'UsePolicyBasedTrafficSelectorsRequiresIpsecPolicies',
        `Connection ${id} uses policy-based traffic selectors and must therefore have an IPsec policy.`,
      );
    return;
  }
  if (text(gateway.attributes, 'sku') === 'Basic')
    throw inferred(
      'BasicSkuVirtualNetworkGatewayDoesNotSupportIpsecPolicies',
      `Connection ${id} cannot have an IPsec policy, because virtual network gateway ${gateway.id} has sku Basic.`,
    );
  const [encryption, integrity] = [text(policy, 'ipsec_encryption'), text(policy, 'ipsec_integrity')];
  if ((encryption.startsWith('GCM') || integrity.startsWith('GCM')) && encryption !== integrity)
    throw inferred(
      'IpsecPolicyIntegrityMustMatchGcmEncryption',
      `IPsec encryption ${encryption} of connection ${id} needs the same GCMAES algorithm as IPsec integrity, not ${integrity}.`,
    );
  const ike = text(policy, 'ike_integrity');
  if (ike.startsWith('GCM') && !text(policy, 'ike_encryption').startsWith('GCM'))
    throw inferred(
      'IkePolicyIntegrityMustMatchGcmEncryption',
      `IKE integrity ${ike} of connection ${id} needs a GCMAES algorithm as IKE encryption.`,
    );
  const size = number(policy, 'sa_datasize') ?? SA_DATA_SIZE_KILOBYTES;
  if (size !== 0 && size < 1024)
    throw inferred(
      'IpsecPolicySaDataSizeOutOfRange',
      `SA data size ${size} KB of connection ${id} is not in the range 1024 to 2147483647.`,
    );
  const lifetime = number(policy, 'sa_lifetime') ?? SA_LIFETIME_SECONDS;
  if (lifetime > 172_799)
    throw inferred(
      'IpsecPolicySaLifetimeOutOfRange',
      `SA lifetime ${lifetime} s of connection ${id} is not in the range 300 to 172799.`,
    );
}

/** The custom BGP addresses of each of a gateway's instances, first of instance 0. */
function customAddresses({ attributes }: CloudObject): readonly (readonly string[])[] {
  const [settings = {}] = objects(attributes, 'bgp_settings');
  return objects(settings, 'peering_addresses').map((peering) => texts(peering, 'apipa_addresses'));
}

/** @throws if the connection names custom BGP addresses that its gateway has not, or not one of each instance */
function checkCustomBgp(request: Attributes, gateway: CloudObject, id: string): void {
  const [custom] = objects(request, 'custom_bgp_addresses');
  if (custom === undefined) return;
  if (!flag(request, 'enable_bgp'))
    throw new ProviderError('`custom_bgp_addresses` can only be specified when `enable_bgp` is `true`');
  const [first = [], second = []] = customAddresses(gateway);
  const wanted = [text(custom, 'primary'), text(custom, 'secondary')] as const;
  const isPair = flag(gateway.attributes, 'active_active');
  if (isPair && wanted[1] === '')
    throw inferred(
      'CustomBgpIpAddressMissingForActiveActiveGateway',
      `Connection ${id} must have a custom BGP IP address for each instance of the active-active virtual network gateway ${gateway.id}.`,
    );
  if (!isPair && wanted[1] !== '')
    throw inferred(
      'CustomBgpIpAddressForMissingInstance',
      `Connection ${id} has a secondary custom BGP IP address, but virtual network gateway ${gateway.id} is not active-active.`,
    );
  const unknown = wanted.find(
    (address, index) => address !== '' && !(index === 0 ? first : second).includes(address),
  );
  if (unknown !== undefined)
    throw inferred(
      'CustomBgpIpAddressNotFoundOnGateway',
      `Custom BGP IP address ${unknown} of connection ${id} is not a custom BGP IP address of that instance of virtual network gateway ${gateway.id}.`,
    );
}

/** @throws {@link AzureError} if what the connection joins is not there, or cannot be joined by it */
function checkEnds(cloud: Cloud, request: Attributes, id: string): CloudObject {
  const location = text(request, 'location');
  const gateway = cloud.require(
    'azurerm_virtual_network_gateway',
    text(request, 'virtual_network_gateway_id'),
    id,
    location,
  );
  const type = text(request, 'type');
  if (type === 'IPsec') {
    const localId = text(request, 'local_network_gateway_id');
    if (localId === '')
      throw new ProviderError('`local_network_gateway_id` must be specified when `type` is set to `IPsec`');
    const local = cloud.require('azurerm_local_network_gateway', localId, id, location);
    checkBgp(request, gateway, local, id);
  }
  if (type === 'Vnet2Vnet') {
    const peerId = text(request, 'peer_virtual_network_gateway_id');
    if (peerId === '')
      throw new ProviderError(
        '`peer_virtual_network_gateway_id` must be specified when `type` is set to `Vnet2Vnet`',
      );
    cloud.require('azurerm_virtual_network_gateway', peerId, id);
  }
  for (const rule of [...texts(request, 'egress_nat_rule_ids'), ...texts(request, 'ingress_nat_rule_ids')])
    cloud.require('azurerm_virtual_network_gateway_nat_rule', rule, id);
  return gateway;
}

/** @throws {@link AzureError} if the connection speaks BGP and an end of it does not, or both ends have one number */
function checkBgp(request: Attributes, gateway: CloudObject, local: CloudObject, id: string): void {
  if (!flag(request, 'enable_bgp')) return;
  const [settings] = objects(local.attributes, 'bgp_settings');
  if (!flag(gateway.attributes, 'enable_bgp'))
    throw inferred(
      'VirtualNetworkGatewayBgpNotEnabled',
      `Connection ${id} has BGP enabled, but virtual network gateway ${gateway.id} has not.`,
    );
  if (settings === undefined)
    throw inferred(
      'LocalNetworkGatewayBgpSettingsMissing',
      `Connection ${id} has BGP enabled, but local network gateway ${local.id} has no BGP settings.`,
    );
  const [own = {}] = objects(gateway.attributes, 'bgp_settings');
  if (number(own, 'asn') === number(settings, 'asn'))
    throw inferred(
      'ConnectionEndsHaveTheSameAsn',
      `Connection ${id} with BGP joins two gateways with the ASN ${number(settings, 'asn')}.`,
    );
}

/** @throws {@link AzureError} for more connections than the SKU takes, or a second one to the same end */
function checkOthers(cloud: Cloud, request: Attributes, gateway: CloudObject, id: string): void {
  const others = cloud
    .all(CONNECTION)
    .filter(
      (other) =>
        !isSame(other.id, id) && isSame(text(other.attributes, 'virtual_network_gateway_id'), gateway.id),
    );
  const limit = connectionLimit(text(gateway.attributes, 'sku'));
  if (others.length >= limit)
    throw inferred(
      'VirtualNetworkGatewayConnectionLimitReached',
      `Virtual network gateway ${gateway.id} cannot have more than ${limit} connections.`,
    );
  const localId = text(request, 'local_network_gateway_id');
  const same = others.find(
    ({ attributes }) => localId !== '' && isSame(text(attributes, 'local_network_gateway_id'), localId),
  );
  if (same !== undefined)
    throw inferred(
      'ConnectionBetweenGatewaysAlreadyExists',
      `Connection ${same.id} already joins virtual network gateway ${gateway.id} and local network gateway ${localId}.`,
    );
}

/** The attributes of a connection after Azure has filled in what the request leaves open. */
function settled(request: Attributes, id: string): Attributes {
  const attributes = filled(request, {
    connection_protocol: 'IKEv2',
    enable_bgp: false,
    express_route_gateway_bypass: false,
    use_policy_based_traffic_selectors: false,
    routing_weight: 10,
    // Azure makes a key of its own where a request has none.
    shared_key: text(request, 'type') === 'ExpressRoute' ? '' : hex(32, 'shared key', id),
  });
  const policy = objects(request, 'ipsec_policy').map((block) =>
    filled(block, { sa_datasize: SA_DATA_SIZE_KILOBYTES, sa_lifetime: SA_LIFETIME_SECONDS }),
  );
  return { ...attributes, ipsec_policy: policy };
}

function check(cloud: Cloud, request: Attributes, id: string): void {
  const gateway = checkEnds(cloud, request, id);
  checkPolicy(request, gateway, id);
  checkCustomBgp(request, gateway, id);
  checkOthers(cloud, request, gateway, id);
  const selectors = objects(request, 'traffic_selector_policy');
  if (selectors.length > 0 && text(gateway.attributes, 'vpn_type') === 'PolicyBased')
    throw inferred(
      'TrafficSelectorPoliciesNotSupportedOnPolicyBasedGateway',
      `Connection ${id} cannot have traffic selectors on a policy-based gateway.`,
    );
}

export const connection: Rules = {
  form: ID_FORMS[CONNECTION],
  duration: 0.3,
  id: (cloud, request) => cloud.id(CONNECTION, text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request, id) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    checkLocation(ID_FORMS[CONNECTION], request);
    check(cloud, request, id);
    return settled(request, id);
  },
  update(cloud, before, request) {
    check(cloud, request, before.id);
    return settled(request, before.id);
  },
  occupies: (_cloud, attributes) =>
    ['virtual_network_gateway_id', 'peer_virtual_network_gateway_id']
      .map((name) => text(attributes, name))
      .filter(Boolean),
};
