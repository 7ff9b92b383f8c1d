import { type Attributes, flag, objects, text, texts } from '../provider/attributes';
import { hex } from '../provider/derived';
import { type Cloud, type CloudObject, isSame } from './cloud';
import { removeGroupOf } from './network-interfaces';
import { withAddresses } from './private-addresses';
import { makeMachine, removePartsOf } from './virtual-machines';

const MACHINE = 'azurerm_linux_virtual_machine';
const INTERFACE = 'azurerm_network_interface';

/** The machines of a scale set, oldest first. */
export function instancesOf(cloud: Cloud, set: string): readonly CloudObject[] {
  return cloud
    .all(MACHINE)
    .filter(({ attributes }) => isSame(text(attributes, 'virtual_machine_scale_set_id'), set));
}

/** Eight characters that no instance of the set has had, from which the names of a new one are made. */
function newSuffix(cloud: Cloud, set: CloudObject): string {
  for (let number = 0; ; number++) {
    const suffix = hex(8, 'instance', set.id, String(number));
    if (!cloud.isUsed(machineId(cloud, set, suffix))) return suffix;
  }
}

function machineId(cloud: Cloud, { attributes }: CloudObject, suffix: string): string {
  return cloud.id(MACHINE, text(attributes, 'resource_group_name'), `${text(attributes, 'name')}_${suffix}`);
}

/** Makes a network interface of an instance. @returns its id */
function makeInterface(cloud: Cloud, set: Attributes, model: Attributes, suffix: string): string {
  const group = text(set, 'resource_group_name');
  const location = text(set, 'location');
  const name = `${text(model, 'name')}-${suffix}`;
  const id = cloud.id(INTERFACE, group, name);
  const configurations = objects(model, 'ip_configuration').map((one) => ({
    name: text(one, 'name'),
    subnet_id: text(one, 'subnet_id'),
    primary: flag(one, 'primary'),
    private_ip_address_allocation: 'Dynamic',
    private_ip_address_version: text(one, 'version') || 'IPv4',
  }));
  cloud.put(INTERFACE, id, {
    name,
    resource_group_name: group,
    location,
    accelerated_networking_enabled: flag(model, 'enable_accelerated_networking'),
    ip_forwarding_enabled: flag(model, 'enable_ip_forwarding'),
    dns_servers: texts(model, 'dns_servers'),
    ip_configuration: withAddresses(cloud, id, location, configurations),
  });
  const security = text(model, 'network_security_group_id');
  if (security !== '')
    cloud.put('azurerm_network_interface_security_group_association', `${id}|${security}`, {
      network_interface_id: id,
      network_security_group_id: security,
    });
  return id;
}

/** Makes the network interfaces of an instance: all, or none where one cannot be made. @returns their ids */
function makeInterfaces(cloud: Cloud, set: Attributes, suffix: string): readonly string[] {
  const made: string[] = [];
  try {
    for (const model of objects(set, 'network_interface'))
      made.push(makeInterface(cloud, set, model, suffix));
    return made;
  } catch (failure) {
    removeInterfaces(cloud, made);
    throw failure;
  }
}

function removeInterfaces(cloud: Cloud, ids: readonly string[]): void {
  for (const nic of ids) {
    removeGroupOf(cloud, nic);
    const found = cloud.find(INTERFACE, nic);
    if (found !== undefined) cloud.remove(found);
  }
}

/** Starts an instance of the set's model. @throws {@link AzureError} if its subnet is full; then nothing of it is left */
function start(cloud: Cloud, set: CloudObject): void {
  const { attributes } = set;
  const suffix = newSuffix(cloud, set);
  const id = machineId(cloud, set, suffix);
  const [profile = {}] = objects(attributes, 'os_profile');
  const [linux = {}] = objects(profile, 'linux_configuration');
  const zones = texts(attributes, 'zones');
  const interfaces = makeInterfaces(cloud, attributes, suffix);
  const request: Attributes = {
    name: `${text(attributes, 'name')}_${suffix}`,
    resource_group_name: text(attributes, 'resource_group_name'),
    location: text(attributes, 'location'),
    size: text(attributes, 'sku_name'),
    zone: zones[instancesOf(cloud, set.id).length % Math.max(zones.length, 1)] ?? null,
    priority: attributes.priority ?? null,
    eviction_policy: attributes.eviction_policy ?? null,
    max_bid_price: attributes.max_bid_price ?? null,
    source_image_reference: attributes.source_image_reference ?? [],
    os_disk: attributes.os_disk ?? [],
    admin_username: text(linux, 'admin_username'),
    admin_ssh_key: linux.admin_ssh_key ?? [],
    computer_name: `${text(linux, 'computer_name_prefix')}${suffix.slice(0, 6)}`,
    custom_data: profile.custom_data ?? null,
    identity: attributes.identity ?? [],
    network_interface_ids: interfaces,
    virtual_machine_scale_set_id: set.id,
    // No source was found for what Azure does with tags of a flexible set: that its machines get them is inferred.
    tags: attributes.tags ?? null,
  };
  cloud.put(MACHINE, id, makeMachine(cloud, request, id));
}

/** Ends an instance with all that Azure made for it: its disk and its network interfaces. */
function end(cloud: Cloud, machine: CloudObject): void {
  removePartsOf(cloud, machine, true);
  cloud.remove(machine);
  removeInterfaces(cloud, texts(machine.attributes, 'network_interface_ids'));
}

/**
 * Starts or ends instances until the set has a number of them. The youngest go first.
 *
 * @throws {@link AzureError} if a subnet is full: the instances that had a place stay
 */
export function scaleTo(cloud: Cloud, set: CloudObject, capacity: number): void {
  const instances = instancesOf(cloud, set.id);
  for (const machine of instances.slice(capacity)) end(cloud, machine);
  for (let count = instances.length; count < capacity; count++) start(cloud, set);
}
