import { type Attributes, flag, objects, text, texts } from '../provider/attributes';
import { addressAt, contains, format, type Network, parseNetwork, size } from '../provider/cidr';
import { prefixesOf } from './address-prefixes';
import { refuseSecondUse } from './associations';
import { AzureError, invalidReference, ProviderError } from './azure-error';
import { type Cloud, type CloudObject, isSame } from './cloud';
import { vnetOf } from './subnets';

const INTERFACE = 'azurerm_network_interface';

/** The addresses at the start of a subnet that Azure keeps, besides its last one. */
const KEPT_AT_START = 4;

function isKept(network: Network, index: number): boolean {
  return index < KEPT_AT_START || index === size(network) - 1;
}

/** The addresses of a subnet that network interfaces have, with the ids of their ip configurations. */
function takenIn(cloud: Cloud, subnet: string, except: string): Map<string, string> {
  const others = cloud.all(INTERFACE).filter(({ id }) => !isSame(id, except));
  return new Map(
    others.flatMap(({ id, attributes }) =>
      objects(attributes, 'ip_configuration')
        .filter((configuration) => isSame(text(configuration, 'subnet_id'), subnet))
        .map(
          (configuration) =>
            [
              text(configuration, 'private_ip_address'),
              `${id}/ipConfigurations/${text(configuration, 'name')}`,
            ] as const,
        ),
    ),
  );
}

/** @throws {@link AzureError} if a static address is none of the subnet, is Azure's own, or is in use */
function checkStatic(
  configuration: string,
  address: string,
  networks: readonly Network[],
  taken: ReadonlyMap<string, string>,
): void {
  if (address === '')
    throw new AzureError(
      'PrivateIPAddressMissing',
      `Private IP address is required when privateIPAllocationMethod is Static in IP configuration ${configuration}.`,
    );
  const host = parseNetwork(`${address}/32`);
  const network = networks.find((one) => host !== undefined && contains(one, host));
  const prefixes = networks.map(format).join(',');
  if (host === undefined || network === undefined)
    throw new AzureError(
      'PrivateIPAddressNotInSubnet',
      `Private static IP address ${address} does not belong to the range of subnet prefix ${prefixes}.`,
    );
  if (isKept(network, host.first - network.first))
    throw new AzureError(
      'PrivateIPAddressInReservedRange',
      `Private static IP address ${address} falls within reserved IP range of subnet prefix ${format(network)}.`,
    );
  const holder = taken.get(address);
  if (holder !== undefined)
    throw new AzureError(
      'PrivateIPAddressIsAllocated',
      `IP configuration ${configuration} is using the private IP address ${address} which is already allocated to resource ${holder}.`,
    );
}

/** The lowest free address of a subnet. @throws {@link AzureError} if there is none */
function lowestFree(
  subnet: CloudObject,
  networks: readonly Network[],
  taken: ReadonlyMap<string, string>,
): string {
  for (const network of networks)
    for (let index = KEPT_AT_START; !isKept(network, index); index++) {
      const address = addressAt(network, index);
      if (!taken.has(address)) return address;
    }
  throw new AzureError(
    'SubnetIsFull',
    `Subnet ${text(subnet.attributes, 'name')} with address prefix ${networks.map(format).join(',')} does not have enough capacity for 1 IP addresses.`,
  );
}

/** The subnet of an ip configuration. @throws if it names none, or one of another region */
function subnetOf(cloud: Cloud, configuration: Attributes, nic: string, location: string): CloudObject {
  const id = text(configuration, 'subnet_id');
  if (id === '')
    throw new ProviderError(
      'expanding `ip_configuration`: a Subnet ID must be specified for an IPv4 Network Interface',
    );
  const subnet = cloud.require(
    'azurerm_subnet',
    id,
    `${nic}/ipConfigurations/${text(configuration, 'name')}`,
  );
  const vnet = vnetOf(cloud, subnet.id);
  if (vnet === undefined || text(vnet.attributes, 'location') !== location)
    throw invalidReference(subnet.id, nic);
  return subnet;
}

/**
 * The ip configurations of a network interface, with their addresses. A dynamic one keeps the address that it has.
 *
 * @param nic the id of the interface. @throws if a subnet, a public address or a private one cannot be had
 */
export function withAddresses(
  cloud: Cloud,
  nic: string,
  location: string,
  configurations: readonly Attributes[],
): readonly Attributes[] {
  if (configurations.length > 1 && !configurations.some((one) => flag(one, 'primary')))
    throw new ProviderError(
      'expanding `ip_configuration`: if multiple `ip_configurations` are specified - one must be designated as `primary`',
    );
  const own = new Map<string, string>();
  return configurations.map((configuration) => {
    const id = `${nic}/ipConfigurations/${text(configuration, 'name')}`;
    const subnet = subnetOf(cloud, configuration, nic, location);
    const networks = prefixesOf(texts(subnet.attributes, 'address_prefixes'), subnet.id);
    const taken = new Map([...takenIn(cloud, subnet.id, nic), ...own]);
    const asked = text(configuration, 'private_ip_address');
    const isStatic = text(configuration, 'private_ip_address_allocation') === 'Static';
    if (isStatic) checkStatic(id, asked, networks, taken);
    const host = parseNetwork(`${asked}/32`);
    const isKeptOn =
      host !== undefined && !taken.has(asked) && networks.some((network) => contains(network, host));
    const address = isStatic || isKeptOn ? asked : lowestFree(subnet, networks, taken);
    const publicId = text(configuration, 'public_ip_address_id');
    if (publicId !== '')
      refuseSecondUse(cloud, cloud.require('azurerm_public_ip', publicId, id, location), { id: nic });
    own.set(address, id);
    return {
      ...configuration,
      private_ip_address: address,
      primary: configurations.length === 1 || flag(configuration, 'primary'),
    };
  });
}
