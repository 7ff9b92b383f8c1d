import { type Attributes, filled, number, text } from '../provider/attributes';
import { AzureError, inferred, ProviderError } from './azure-error';
import { type Cloud, type CloudObject, isSame, namesIn } from './cloud';
import { premiumTier } from './disk-tiers';
import { checkLocation, checkZones } from './location-check';
import { ID_FORMS, parseId } from './resource-id';
import type { Rules } from './rules';

const DISK = 'azurerm_managed_disk';

/** The provider's own words about a disk, which differ from those about other resources. */
function subject(operation: 'create' | 'update' | 'delete', id: string): string {
  const verb = { create: 'creating/updating', update: 'expanding', delete: 'deleting' }[operation];
  const parsed = parseId(ID_FORMS[DISK], id);
  return `${verb} Managed Disk ${JSON.stringify(parsed?.names[0] ?? id)} (Resource Group ${JSON.stringify(parsed?.group ?? '')})`;
}

/** The virtual machine that a disk is attached to, as its own disk or as a disk for data. */
export function ownerOf(cloud: Cloud, disk: string): string | undefined {
  const machine = cloud
    .all('azurerm_linux_virtual_machine')
    .find(({ attributes }) => isSame(text(attributes, 'os_managed_disk_id'), disk));
  const attachment = cloud
    .all('azurerm_virtual_machine_data_disk_attachment')
    .find(({ attributes }) => isSame(text(attributes, 'managed_disk_id'), disk));
  return machine?.id ?? (attachment && text(attachment.attributes, 'virtual_machine_id'));
}

/** The arguments that a way of creation needs, in the provider's words. @throws {@link ProviderError} if one is missing */
function checkSource(request: Attributes): void {
  const option = text(request, 'create_option');
  const has = (name: string) => text(request, name) !== '';
  if (option === 'Empty' && number(request, 'disk_size_gb') === undefined)
    throw new AzureError('InvalidParameter', "Required parameter 'disk.diskSizeGB' is missing (null).");
  if (['Copy', 'Restore'].includes(option) && !has('source_resource_id'))
    throw new ProviderError(
      '`source_resource_id` must be specified when `create_option` is set to `Copy` or `Restore`',
    );
  if (option === 'FromImage' && !has('image_reference_id') && !has('gallery_image_reference_id'))
    throw new ProviderError(
      '`image_reference_id` or `gallery_image_reference_id` must be specified when `create_option` is set to `FromImage`',
    );
}

function settled(request: Attributes): Attributes {
  const tier = premiumTier(number(request, 'disk_size_gb') ?? 0);
  const isPremium = /^Premium_/.test(text(request, 'storage_account_type'));
  return filled(
    { ...request, ...(isPremium ? {} : { tier: '' }) },
    {
      tier: tier.name,
      disk_iops_read_write: isPremium ? tier.iops : 500,
      disk_mbps_read_write: isPremium ? tier.mbps : 60,
    },
  );
}

export const managedDisk: Rules = {
  form: ID_FORMS[DISK],
  subject,
  id: (cloud, request) => cloud.id(DISK, text(request, 'resource_group_name'), text(request, 'name')),
  create(cloud, request) {
    cloud.requireGroup(text(request, 'resource_group_name'));
    checkLocation(ID_FORMS[DISK], request);
    checkZones(ID_FORMS[DISK], { ...request, zones: [text(request, 'zone')].filter(Boolean) });
    checkSource(request);
    return settled(request);
  },
  update(_cloud, before, request) {
    const size = number(request, 'disk_size_gb') ?? 0;
    if (size < (number(before.attributes, 'disk_size_gb') ?? 0))
      throw new ProviderError(
        '- New size must be greater than original size. Shrinking disks is not supported on Azure',
      );
    const { tier: _, disk_iops_read_write: __, disk_mbps_read_write: ___, ...open } = request;
    return settled(size === number(before.attributes, 'disk_size_gb') ? request : open);
  },
  remove(cloud, disk) {
    const owner = ownerOf(cloud, disk.id);
    if (owner !== undefined)
      throw new AzureError(
        'OperationNotAllowed',
        `Disk ${namesIn(DISK, disk.id).at(-1)} is attached to VM ${owner}.`,
        409,
      );
  },
};

/** Makes the OS disk of a virtual machine. @throws {@link AzureError} if another disk has its name */
export function makeSystemDisk(cloud: Cloud, id: string, attributes: Attributes): CloudObject {
  if (cloud.find(DISK, id) !== undefined) {
    const parsed = parseId(ID_FORMS[DISK], id);
    throw new AzureError(
      'ConflictingUserInput',
      `Disk ${parsed?.names[0]} already exists in resource group ${parsed?.group.toUpperCase()}. Only CreateOption.Attach is supported.`,
      409,
    );
  }
  return cloud.put(DISK, id, settled({ ...attributes, create_option: 'FromImage', os_type: 'Linux' }));
}

/** @throws {@link AzureError} if a disk of a zone is to be attached to a machine that is not in it */
export function checkDiskZone(disk: CloudObject, machine: CloudObject): void {
  const [of, at] = [text(disk.attributes, 'zone'), text(machine.attributes, 'zone')];
  if (of !== at)
    throw inferred(
      'DiskAndVirtualMachineZoneMismatch',
      `Disk ${disk.id} of zone '${of}' cannot be attached to virtual machine ${machine.id} of zone '${at}'.`,
    );
}
