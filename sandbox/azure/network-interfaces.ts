import { type Attributes, objects, text, texts } from '../provider/attributes';
import { hex } from '../provider/derived';
import { AzureError, alreadyExists, ProviderError } from './azure-error';
import { type Cloud, type CloudObject, isSame } from './cloud';
import { compositeId, compositeParts } from './composite-id';
import { checkLocation } from './location-check';
import { withAddresses } from './private-addresses';
import { describeId, ID_FORMS } from './resource-id';
import type { Rules } from './rules';

const INTERFACE = 'azurerm_network_interface';
const ASSOCIATION = 'azurerm_network_interface_security_group_association';
const FORM = ID_FORMS[INTERFACE];

/** The virtual machine that a network interface is attached to. */
function machineOf(cloud: Cloud, nic: string): CloudObject | undefined {
  return cloud
    .all('azurerm_linux_virtual_machine')
    .find(({ attributes }) => texts(attributes, 'network_interface_ids').some((id) => isSame(id, nic)));
}

function settled(cloud: Cloud, request: Attributes, id: string): Attributes {
  const location = text(request, 'location');
  const configurations = withAddresses(cloud, id, location, objects(request, 'ip_configuration'));
  const mac = hex(6, 'mac address', id).toUpperCase();
  return {
    ...request,
    ip_configuration: configurations,
    // 00-0D-3A is a prefix that Microsoft has registered.
    mac_address: `00-0D-3A-${mac.match(/../g)?.join('-')}`,
    internal_domain_name_suffix: `${hex(24, 'domain', id)}.cx.internal.cloudapp.net`,
  };
}

export const networkInterface: Rules = {
  form: FORM,
  id: (cloud, request) => cloud.id(INTERFACE, text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request, id) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    checkLocation(FORM, request);
    return settled(cloud, request, id);
  },
  update: (cloud, before, request) => settled(cloud, request, before.id),
  remove(cloud, { id }) {
    const machine = machineOf(cloud, id);
    if (machine !== undefined)
      throw new AzureError(
        'NicInUse',
        `Network Interface ${id} is used by existing resource ${machine.id}. In order to delete the network interface, it must be dissociated from the resource. To learn more, see aka.ms/deletenic.`,
      );
    removeGroupOf(cloud, id);
  },
  derive(cloud, { id, attributes }) {
    const addresses = objects(attributes, 'ip_configuration').map((one) => text(one, 'private_ip_address'));
    return {
      private_ip_address: addresses[0] ?? '',
      private_ip_addresses: addresses,
      applied_dns_servers: texts(attributes, 'dns_servers'),
      virtual_machine_id: machineOf(cloud, id)?.id ?? '',
    };
  },
};

/** Removes what joins a network interface to a security group, which goes with the interface. */
export function removeGroupOf(cloud: Cloud, nic: string): void {
  for (const association of cloud.all(ASSOCIATION))
    if (isSame(text(association.attributes, 'network_interface_id'), nic)) cloud.remove(association);
}

/** A security group of a network interface. An interface has one at most. */
export const interfaceSecurityGroup: Rules = {
  subject(operation, id) {
    const [nic] = compositeParts(id);
    const words = operation === 'delete' ? 'updating' : 'updating Security Group Association for';
    return `${words} ${describeId(FORM, nic)}`;
  },
  id: (_cloud, request) =>
    compositeId(text(request, 'network_interface_id'), text(request, 'network_security_group_id')),
  create(cloud, request, id) {
    const nicId = text(request, 'network_interface_id');
    const nic = cloud.find(INTERFACE, nicId);
    if (nic === undefined) throw new ProviderError(`${describeId(FORM, nicId)} was not found`);
    const other = cloud
      .all(ASSOCIATION)
      .some(({ attributes }) => isSame(text(attributes, 'network_interface_id'), nicId));
    if (other) throw alreadyExists(ASSOCIATION, id);
    const group = text(request, 'network_security_group_id');
    cloud.require('azurerm_network_security_group', group, nic.id, text(nic.attributes, 'location'));
    return request;
  },
  exists: (cloud, { attributes }) =>
    cloud.find(INTERFACE, text(attributes, 'network_interface_id')) !== undefined,
  imported(id) {
    const [network_interface_id, network_security_group_id] = compositeParts(id);
    if (network_security_group_id === '')
      throw new ProviderError(
        `parsing ${JSON.stringify(id)}: expected an ID in the form {NetworkInterfaceId}|{NetworkSecurityGroupId}`,
      );
    return { id, network_interface_id, network_security_group_id };
  },
};
