import { type Attributes, flag, number, objects, text, texts } from '../provider/attributes';
import { refuseSecondUse } from './associations';
import { AzureError, inferred, ProviderError } from './azure-error';
import { isApipa, isReservedAsn } from './bgp';
import { type Cloud, type CloudObject, isSame } from './cloud';
import { AZ_SKUS, isAz, isOfGeneration, isRetired } from './gateway-skus';
import { hasZones } from './location';
import { GATEWAY_SUBNET, isGatewaySubnet, vnetOf } from './subnets';

const GATEWAY = 'azurerm_virtual_network_gateway';

/** The addresses of a gateway's ip configurations. @throws {@link AzureError} if one is missing, elsewhere, or in use */
function addressesOf(cloud: Cloud, id: string, request: Attributes): readonly CloudObject[] {
  return objects(request, 'ip_configuration').map((configuration) => {
    const addressId = text(configuration, 'public_ip_address_id');
    if (addressId === '')
      throw inferred(
        'VirtualNetworkGatewayIpConfigurationPublicIpAddressMissing',
        `IP configuration ${text(configuration, 'name')} of virtual network gateway ${id} must have a public IP address.`,
      );
    const address = cloud.require('azurerm_public_ip', addressId, id, text(request, 'location'));
    refuseSecondUse(cloud, address, { id });
    return address;
  });
}

/** @throws {@link AzureError} unless the ip configurations lie in one GatewaySubnet, which no other gateway of the type uses */
function checkPlace(cloud: Cloud, id: string, request: Attributes): void {
  for (const configuration of objects(request, 'ip_configuration')) {
    const subnetId = text(configuration, 'subnet_id');
    const subnet = cloud.require('azurerm_subnet', subnetId, id);
    const vnet = vnetOf(cloud, subnetId);
    if (!isGatewaySubnet(subnetId))
      throw inferred(
        'VirtualNetworkGatewaySubnetNotGatewaySubnet',
        `Subnet ${subnet.id} of virtual network gateway ${id} must be named ${GATEWAY_SUBNET}.`,
      );
    if (vnet === undefined || text(vnet.attributes, 'location') !== text(request, 'location'))
      throw new AzureError(
        'InvalidResourceReference',
        `Resource ${subnet.id} referenced by resource ${id} was not found. Please make sure that the referenced resource exists, and that both resources are in the same region.`,
      );
    const other = cloud
      .all(GATEWAY)
      .find(
        (gateway) =>
          !isSame(gateway.id, id) &&
          text(gateway.attributes, 'type') === text(request, 'type') &&
          objects(gateway.attributes, 'ip_configuration').some((used) =>
            isSame(text(used, 'subnet_id'), subnetId),
          ),
      );
    if (other !== undefined)
      throw inferred(
        'VirtualNetworkAlreadyHasVirtualNetworkGatewayOfType',
        `Virtual network ${vnet.id} already has the virtual network gateway ${other.id} of type ${text(request, 'type')}.`,
      );
  }
}

/** @throws {@link AzureError} for a SKU that a VPN gateway cannot have, or cannot have any more. @param before the SKU so far */
function checkSku(id: string, sku: string, before?: string): void {
  const isOther =
    !isAz(sku) && !isRetired(sku) && (sku !== 'Basic' || (before !== undefined && before !== 'Basic'));
  const isLeavingBasic = before === 'Basic' && sku !== 'Basic';
  if (isOther || isLeavingBasic || (before !== undefined && isRetired(sku)))
    throw new AzureError(
      'InvalidGatewaySkuSpecifiedForGatewayDeploymentType',
      `Virtual network gateway Sku specified is not valid for gateway ${id} with DeploymentType VMScaleSet. The allowed Skus are ${AZ_SKUS.join(',')}.`,
    );
  if (isRetired(sku))
    throw new AzureError(
      'NonAzSkusNotAllowedForVPNGateway',
      `VPN gateway ${id} cannot be created with the non-AZ SKU ${sku}. Use ${sku}AZ.`,
    );
}

function zonesOf({ attributes }: CloudObject): readonly string[] {
  return [...texts(attributes, 'zones')].sort();
}

/** @throws {@link AzureError} if the addresses do not fit the SKU, or each other */
function checkAddresses(id: string, request: Attributes, addresses: readonly CloudObject[]): void {
  const sku = text(request, 'sku');
  const isBasic = ({ attributes }: CloudObject) => text(attributes, 'sku') === 'Basic';
  if (sku !== 'Basic' && addresses.some(isBasic))
    throw new AzureError(
      'PublicIpWithBasicSkuNotAllowedOnVPNGateways',
      'Basic IP configuration for VPN Virtual Network Gateways is not supported. Follow the link for more details : https://go.microsoft.com/fwlink/p/?linkid=2241350',
    );
  const isZonal = addresses.some((address) => zonesOf(address).length > 0);
  if (isRetired(sku) && isZonal)
    throw new AzureError(
      'RegionalVmssVpnGatewayPublicIpsMustNotHaveZonesConfigured',
      'Standard Public IPs associated with VPN gateways with non-AZ VPN skus cannot have zones configured.',
    );
  const isZoneless = addresses.some((address) => zonesOf(address).length === 0);
  if (isAz(sku) && hasZones(text(request, 'location')) && isZoneless)
    throw new AzureError(
      'VmssVpnGatewayPublicIpsMustHaveZonesConfigured',
      'Standard Public IPs associated with VPN Gateways with AZ VPN skus must have zones configured.',
    );
  if (new Set(addresses.map((address) => zonesOf(address).join())).size > 1)
    throw new AzureError(
      'ActiveActiveGatewayPublicIPAddressesDiffersInSkuOrZones',
      `Virtual network gateway ${id} in active active mode is using PublicIPAddresses either with different Skus or with different PublicIPAllocationMethod or from a different availability zones. Networking does not support using resources from multiple zones. Networking also does not support using both regional resources and zonal resources.`,
    );
}

/** @throws {@link AzureError} if the number of ip configurations does not fit the mode, or two have one address or name */
function checkConfigurations(id: string, request: Attributes): void {
  const configurations = objects(request, 'ip_configuration');
  const needed = flag(request, 'active_active') ? 2 : 1;
  // A third one serves point-to-site clients of an active-active gateway.
  const isTooMany = needed === 1 && configurations.length > 1;
  if (configurations.length < needed || isTooMany)
    throw inferred(
      needed === 2
        ? 'ActiveActiveGatewayMustHaveAtLeastTwoIpConfigurations'
        : 'ActiveStandbyGatewayMustHaveOneIpConfiguration',
      `Virtual network gateway ${id} with active-active mode ${needed === 2 ? 'enabled' : 'disabled'} has ${configurations.length} IP configuration(s), but needs ${needed}.`,
    );
  const addresses = configurations.map((one) => text(one, 'public_ip_address_id').toLowerCase());
  if (new Set(addresses).size < addresses.length)
    throw inferred(
      'PublicIPAddressReferencedByMultipleIPConfigs',
      `Public IP address ${addresses[0]} is referenced by multiple ipconfigs of virtual network gateway ${id}.`,
    );
  const names = configurations.map((one) => text(one, 'name').toLowerCase());
  if (new Set(names).size < names.length)
    throw inferred(
      'DuplicateIpConfigurationName',
      `Virtual network gateway ${id} has two IP configurations named ${names[0]}.`,
    );
}

/** @throws if the BGP settings do not fit the gateway */
function checkBgp(id: string, request: Attributes): void {
  if (text(request, 'sku') === 'Basic' && flag(request, 'enable_bgp'))
    throw new AzureError(
      'BasicSkuVirtualNetworkGatewayDoesNotSupportBgp',
      `Virtual network gateway ${id} with sku Basic does not support BGP.`,
    );
  const [settings] = objects(request, 'bgp_settings');
  const asn = settings && number(settings, 'asn');
  if (asn !== undefined && isReservedAsn(asn))
    throw inferred(
      'VirtualNetworkGatewayAsnIsReserved',
      `ASN ${asn} of virtual network gateway ${id} is reserved.`,
    );
  const peerings = objects(settings ?? {}, 'peering_addresses');
  const names = objects(request, 'ip_configuration').map((one) => text(one, 'name'));
  for (const peering of peerings) {
    const name = text(peering, 'ip_configuration_name');
    if (name === '' && names.length > 1)
      throw new ProviderError(
        '`ip_configuration_name` must be specified for each `peering_addresses` when there is more than one `ip_configuration`',
      );
    if (name !== '' && !names.includes(name))
      throw inferred(
        'BgpPeeringAddressIpConfigurationNotFound',
        `IP configuration ${name} of the BGP peering addresses of virtual network gateway ${id} does not exist.`,
      );
  }
  checkApipa(id, request, peerings);
}

/** @throws {@link AzureError} for custom BGP addresses outside of Azure's range, twice, or too many for one instance */
function checkApipa(id: string, request: Attributes, peerings: readonly Attributes[]): void {
  const addresses = peerings.flatMap((peering) => texts(peering, 'apipa_addresses'));
  const wrong = addresses.find((address) => !isApipa(address));
  if (wrong !== undefined)
    throw inferred(
      'CustomBgpIpAddressNotInApipaRange',
      `Custom BGP IP address ${wrong} of virtual network gateway ${id} is not in the range 169.254.21.0 to 169.254.22.255.`,
    );
  const twice = addresses.find((address, index) => addresses.indexOf(address) !== index);
  if (twice !== undefined)
    throw inferred(
      'DuplicateCustomBgpIpAddress',
      `Custom BGP IP address ${twice} is specified more than once for virtual network gateway ${id}.`,
    );
  if (!flag(request, 'active_active') && addresses.length > 1)
    throw inferred(
      'ActiveStandbyGatewayCannotHaveMultipleCustomBgpIpAddresses',
      `Virtual network gateway ${id} in active-standby mode has ${addresses.length} custom BGP IP addresses, but takes one.`,
    );
}

/** Checks the request for a new gateway, or for a change of one. @throws for what the provider or Azure refuses */
export function checkGateway(cloud: Cloud, id: string, request: Attributes, before?: Attributes): void {
  checkPlace(cloud, id, request);
  const addresses = addressesOf(cloud, id, request);
  if (text(request, 'type') !== 'Vpn') return;
  const [sku, generation] = [text(request, 'sku'), text(request, 'generation')];
  checkConfigurations(id, request);
  checkBgp(id, request);
  if (generation !== '' && !isOfGeneration(sku, generation))
    throw new AzureError(
      'VirtualNetworkGatewaySkuCannotBeCreatedForSpecifiedVmGeneration',
      `The Virtual Network Gateway Sku ${sku} cannot be used when VirtualNetworkVpnGatewayGeneration is set to ${generation}.`,
    );
  checkAddresses(id, request, addresses);
  checkSku(id, sku, before && text(before, 'sku'));
}
