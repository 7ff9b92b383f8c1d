import { type Attributes, flag, objects, text, texts } from '../provider/attributes';
import { parseNetwork } from '../provider/cidr';
import { inferred, ProviderError } from './azure-error';
import { type Cloud, type CloudObject, isSame, namesIn } from './cloud';
import { describeId, ID_FORMS } from './resource-id';
import type { Rules } from './rules';

const GATEWAY = 'azurerm_virtual_network_gateway';
const RULE = 'azurerm_virtual_network_gateway_nat_rule';

function prefixLengths(request: Attributes, mapping: string): readonly (number | undefined)[] {
  return objects(request, mapping).map((block) => parseNetwork(text(block, 'address_space'))?.prefix);
}

/** @throws {@link AzureError} for what the gateway, or a static mapping, does not take */
function check(request: Attributes, gateway: CloudObject, id: string): void {
  // VpnGw1 and Basic have no NAT (learn.microsoft.com, "About NAT on Azure VPN Gateway").
  const sku = text(gateway.attributes, 'sku');
  if (['Basic', 'VpnGw1', 'VpnGw1AZ'].includes(sku))
    throw inferred(
      'NatRulesNotSupportedForGatewaySku',
      `Virtual network gateway ${gateway.id} with sku ${sku} does not support NAT rules.`,
    );
  const [internal, external] = ['internal_mapping', 'external_mapping'].map((mapping) =>
    prefixLengths(request, mapping),
  );
  if (text(request, 'type') === 'Static' && String(internal) !== String(external))
    throw inferred(
      'StaticNatRuleMappingsMustHaveEqualSize',
      `Internal and external mappings of static NAT rule ${id} must have the same size.`,
    );
  if (
    text(request, 'type') === 'Dynamic' &&
    text(request, 'ip_configuration_id') === '' &&
    flag(gateway.attributes, 'active_active')
  )
    throw inferred(
      'DynamicNatRuleMustHaveIpConfiguration',
      `Dynamic NAT rule ${id} on active-active virtual network gateway ${gateway.id} must name an IP configuration.`,
    );
}

function gatewayOf(cloud: Cloud, id: string): CloudObject {
  const found = cloud.find(GATEWAY, id);
  if (found === undefined)
    throw new ProviderError(
      `retrieving ${describeId(ID_FORMS[GATEWAY], id)}: unexpected status 404 (404 Not Found) with error: ResourceNotFound: The Resource '${id}' was not found.`,
    );
  return found;
}

export const gatewayNatRule: Rules = {
  form: ID_FORMS[RULE],
  duration: 0.3,
  id(cloud, request) {
    const [gateway = ''] = namesIn(GATEWAY, text(request, 'virtual_network_gateway_id'));
    return cloud.id(RULE, text(request, 'resource_group_name'), gateway, text(request, 'name'));
  },
  create(cloud, request, id) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    check(request, gatewayOf(cloud, text(request, 'virtual_network_gateway_id')), id);
    return request;
  },
  update(cloud, before, request) {
    check(request, gatewayOf(cloud, text(request, 'virtual_network_gateway_id')), before.id);
    return request;
  },
  remove(cloud, { id }) {
    const user = cloud
      .all('azurerm_virtual_network_gateway_connection')
      .find(({ attributes }) =>
        ['egress_nat_rule_ids', 'ingress_nat_rule_ids'].some((name) =>
          texts(attributes, name).some((rule) => isSame(rule, id)),
        ),
      );
    if (user !== undefined)
      throw inferred(
        'VpnNatRuleInUse',
        `NAT rule ${id} cannot be deleted, because connection ${user.id} uses it.`,
      );
  },
  occupies: (_cloud, attributes) => [text(attributes, 'virtual_network_gateway_id')].filter(Boolean),
};
