import type { Path } from '../../ground/path';
import { ingressOrigins, keySteps, type Origins, type ResourceName } from '../origins';

/** What of an entry makes the resources of its virtual network. */
export const networkOrigins: Origins = (resource, { network, members }, root) => {
  const { type, name, attribute } = resource;
  const entry = keySteps(network ?? members[0]);
  const create = [...entry, 'create'];
  const below = (...steps: Path): Path => [...create, ...steps];
  const part =
    /^Network_Nodes-(.+?)(?:-(?:Nat|Routes))?$/.exec(name)?.[1] ?? /^Nodes_Subnet-(.+)$/.exec(name)?.[1];
  const own = members.find((member) => member === `${entry[0]}/${part}`);
  const ownEntry = own === undefined ? entry : keySteps(own);
  switch (type) {
    case 'azurerm_virtual_network':
      return attribute === 'flow_logs' ? [below('flow_logs'), create] : [below('vnet_cidr'), create];
    case 'azurerm_subnet':
      return name.includes('GatewaySubnet')
        ? [below('gateway_subnet'), create]
        : [[...ownEntry, 'private_network_ipmask'], ownEntry];
    case 'azurerm_network_security_rule':
    case 'azurerm_network_security_group':
      return [...ingressOrigins(create, name, root), create];
    case 'azurerm_subnet_network_security_group_association':
      return [[...ownEntry, 'private_network_ipmask'], ownEntry];
    case 'azurerm_virtual_network_gateway':
    case 'azurerm_virtual_network_gateway_connection':
    case 'azurerm_virtual_network_gateway_nat_rule':
      return [...gatewayOrigins(below('vpn'), resource), below('vpn'), create];
    case 'azurerm_local_network_gateway':
      return [attribute === 'address_space' ? ['site', 'subnets'] : ['site', 'public_ip'], ['site']];
    case 'azurerm_resource_group':
      return [[...entry, 'azure_resource_group_name'], create];
    default:
  }
  if (name.includes('FlowLogs')) return [below('flow_logs'), create];
  if (/nat/i.test(type) || name.includes('Nat')) return [below('egress'), create];
  return [...(name.startsWith('Vpn') ? [below('vpn')] : []), create];
};

function gatewayOrigins(vpn: Path, { type, attribute = '' }: ResourceName): readonly Path[] {
  if (type === 'azurerm_virtual_network_gateway_nat_rule') return [[...vpn, 'nat_rules']];
  const [first = '', second = ''] = attribute.split('.');
  if (first === 'ipsec_policy') {
    const lifetime = /^sa_(lifetime|datasize)/.test(second);
    return lifetime
      ? [[...vpn, 'ipsec', second === 'sa_datasize' ? 'sa_datasize_kb' : second]]
      : [
          [...vpn, 'ipsec_policy', second],
          [...vpn, 'ipsec_policy'],
          [...vpn, 'crypto'],
        ];
  }
  if (first === 'dpd_timeout_seconds') return [[...vpn, 'ipsec', 'dpd']];
  if (first === 'enable_bgp') return [[...vpn, 'routing']];
  return first === '' ? [] : [[...vpn, first]];
}
