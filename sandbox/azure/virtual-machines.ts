import { type Attributes, filled, number, objects, text, texts } from '../provider/attributes';
import { hex, uuidOf } from '../provider/derived';
import { AzureError, invalidReference, notFound } from './azure-error';
import { type Cloud, type CloudObject, isSame } from './cloud';
import { computerNameFrom } from './computer-name';
import { withIdentities } from './identities';
import { imageOf } from './images';
import { checkLocation, checkZones } from './location-check';
import {
  checkCustomData,
  checkDiskSize,
  checkLogIn,
  checkSize,
  checkSpot,
  checkSshKeys,
  checkTrustedLaunch,
} from './machine-checks';
import { makeSystemDisk, ownerOf } from './managed-disks';
import { checkPlacementGroup } from './placement-groups';
import { ID_FORMS } from './resource-id';
import type { Rules } from './rules';

const MACHINE = 'azurerm_linux_virtual_machine';
const DISK = 'azurerm_managed_disk';
const INTERFACE = 'azurerm_network_interface';
const FORM = ID_FORMS[MACHINE];

/** @throws {@link AzureError} if a network interface does not exist, lies elsewhere, or belongs to another machine */
function checkInterfaces(cloud: Cloud, request: Attributes, id: string): void {
  for (const nic of texts(request, 'network_interface_ids')) {
    const found = cloud.find(INTERFACE, nic);
    if (found === undefined || text(found.attributes, 'location') !== text(request, 'location'))
      throw invalidReference(nic, id);
    const other = cloud
      .all(MACHINE)
      .find(
        (machine) =>
          !isSame(machine.id, id) &&
          texts(machine.attributes, 'network_interface_ids').some((one) => isSame(one, nic)),
      );
    if (other !== undefined)
      throw new AzureError('NicInUse', `Network Interface ${nic} is used by existing VM ${other.id}.`);
  }
}

/** @throws if the request is wrong by itself, or names something that is not there */
function check(cloud: Cloud, request: Attributes, id: string): void {
  const image = imageOf(request);
  const [disk = {}] = objects(request, 'os_disk');
  checkLocation(FORM, request);
  checkZones(FORM, { ...request, zones: [text(request, 'zone')].filter(Boolean) });
  checkSpot(request);
  checkSize(text(request, 'size'), image);
  checkDiskSize(number(disk, 'disk_size_gb'), image);
  checkCustomData(text(request, 'custom_data'));
  checkSshKeys(objects(request, 'admin_ssh_key'), text(request, 'admin_username'));
  checkTrustedLaunch(request, image);
  checkPlacementGroup(cloud, text(request, 'proximity_placement_group_id'), text(request, 'location'));
  const set = text(request, 'virtual_machine_scale_set_id');
  if (set !== '' && cloud.find('azurerm_orchestrated_virtual_machine_scale_set', set) === undefined)
    throw notFound(set);
  checkInterfaces(cloud, request, id);
}

/** The disk that a machine starts from: one that exists, or a new one. */
function systemDisk(cloud: Cloud, request: Attributes, id: string): CloudObject {
  const existing = text(request, 'os_managed_disk_id');
  if (existing !== '') {
    const found = cloud.find(DISK, existing);
    const owner = found && ownerOf(cloud, found.id);
    if (found === undefined) throw notFound(existing);
    if (owner !== undefined && !isSame(owner, id))
      throw new AzureError(
        'ConflictingUserInput',
        `Disk '${found.id}' cannot be attached as the disk is already owned by VM '${owner}'.`,
        409,
      );
    return found;
  }
  const [disk = {}] = objects(request, 'os_disk');
  const group = text(request, 'resource_group_name');
  const name = text(disk, 'name') || `${text(request, 'name')}_OsDisk_1_${hex(32, 'os disk', id)}`;
  return makeSystemDisk(cloud, cloud.id(DISK, group, name), {
    name,
    resource_group_name: group,
    location: text(request, 'location'),
    zone: request.zone ?? null,
    storage_account_type: text(disk, 'storage_account_type'),
    disk_size_gb: number(disk, 'disk_size_gb') ?? imageOf(request)?.sizeGb ?? null,
    disk_encryption_set_id: disk.disk_encryption_set_id ?? null,
    tags: request.tags ?? null,
  });
}

/** A new machine, with what Azure fills in, and its disk. The request was checked. */
export function makeMachine(cloud: Cloud, request: Attributes, id: string): Attributes {
  const disk = systemDisk(cloud, request, id);
  const [asked = {}] = objects(request, 'os_disk');
  return {
    ...filled(request, {
      allow_extension_operations: true,
      computer_name: text(request, 'name'),
      disable_password_authentication: true,
      disk_controller_type: 'SCSI',
      patch_assessment_mode: 'ImageDefault',
      patch_mode: 'ImageDefault',
      provision_vm_agent: true,
      vm_agent_platform_updates_enabled: false,
    }),
    identity: withIdentities(cloud, request, id),
    os_managed_disk_id: disk.id,
    os_disk: [
      filled(asked, {
        id: disk.id,
        name: text(disk.attributes, 'name'),
        storage_account_type: text(disk.attributes, 'storage_account_type'),
        disk_size_gb: number(disk.attributes, 'disk_size_gb') ?? null,
      }),
    ],
    virtual_machine_id: uuidOf('virtual machine', id),
  };
}

/** Makes the OS disk as large as the request wants it. @throws {@link AzureError} if it would be smaller than it is */
function resizeDisk(cloud: Cloud, request: Attributes): void {
  const [wanted = {}] = objects(request, 'os_disk');
  const disk = cloud.find(DISK, text(request, 'os_managed_disk_id'));
  const [size, before] = [number(wanted, 'disk_size_gb'), number(disk?.attributes ?? {}, 'disk_size_gb')];
  if (disk === undefined || size === undefined || before === undefined || size === before) return;
  if (size < before)
    throw new AzureError(
      'ResizeDiskError',
      `Disk size reduction is not supported. Current size is ${before * 2 ** 30} bytes, requested size is ${size * 2 ** 30} bytes.`,
      409,
    );
  cloud.change(disk, { ...disk.attributes, disk_size_gb: size });
}

/** Removes what ends with a machine: the attachments of its disks for data and, if the caller wants that, its OS disk. */
export function removePartsOf(cloud: Cloud, machine: CloudObject, withDisk: boolean): void {
  for (const attachment of cloud.all('azurerm_virtual_machine_data_disk_attachment'))
    if (isSame(text(attachment.attributes, 'virtual_machine_id'), machine.id)) cloud.remove(attachment);
  const disk = cloud.find(DISK, text(machine.attributes, 'os_managed_disk_id'));
  if (withDisk && disk !== undefined) cloud.remove(disk);
}

/** The addresses of a machine's interfaces, its primary one first. */
export function addressesOf(cloud: Cloud, machine: Attributes): Attributes {
  const configurations = texts(machine, 'network_interface_ids').flatMap((nic) =>
    objects(cloud.find(INTERFACE, nic)?.attributes ?? {}, 'ip_configuration'),
  );
  const own = configurations.map((one) => text(one, 'private_ip_address'));
  const outer = configurations
    .map((one) => cloud.find('azurerm_public_ip', text(one, 'public_ip_address_id')))
    .map((address) => text(address?.attributes ?? {}, 'ip_address'))
    .filter(Boolean);
  return {
    private_ip_address: own[0] ?? '',
    private_ip_addresses: own,
    public_ip_address: outer[0] ?? '',
    public_ip_addresses: outer,
  };
}

export const virtualMachine: Rules = {
  form: FORM,
  id: (cloud, request) => cloud.id(MACHINE, text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request, id) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    if (text(request, 'os_managed_disk_id') === '') {
      if (text(request, 'computer_name') === '') computerNameFrom(text(request, 'name'));
      checkLogIn(request);
    }
    check(cloud, request, id);
    return makeMachine(cloud, request, id);
  },
  update(cloud, before, request) {
    check(cloud, request, before.id);
    resizeDisk(cloud, request);
    return { ...request, identity: withIdentities(cloud, request, before.id) };
  },
  remove: (cloud, machine, { deletesOsDisks }) => removePartsOf(cloud, machine, deletesOsDisks),
  derive: (cloud, { attributes }) => addressesOf(cloud, attributes),
};
