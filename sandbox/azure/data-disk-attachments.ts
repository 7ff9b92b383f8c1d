import { number, text } from '../provider/attributes';
import { AzureError, ProviderError } from './azure-error';
import { isSame, namesIn } from './cloud';
import { checkDiskZone, ownerOf } from './managed-disks';
import { describeId, ID_FORMS } from './resource-id';
import type { Rules } from './rules';

const ATTACHMENT = 'azurerm_virtual_machine_data_disk_attachment';
const DISK = 'azurerm_managed_disk';
const MACHINE = 'azurerm_linux_virtual_machine';

function describeMachine(id: string): string {
  return describeId({ ...ID_FORMS[MACHINE], noun: 'Virtual Machine' }, id);
}

/** The attachment of a data disk, which Azure keeps as part of the virtual machine. */
export const dataDiskAttachment: Rules = {
  subject(operation, id) {
    const [machine = '', disk = ''] = id.split('/dataDisks/');
    return operation === 'delete'
      ? `removing Disk ${JSON.stringify(disk)} from ${describeMachine(machine)}`
      : `updating ${describeMachine(machine)} with Disk ${JSON.stringify(disk)}`;
  },
  id(_cloud, request) {
    const disk = namesIn(DISK, text(request, 'managed_disk_id')).at(-1) ?? '';
    return `${text(request, 'virtual_machine_id')}/dataDisks/${disk}`;
  },
  create(cloud, request) {
    const machineId = text(request, 'virtual_machine_id');
    const machine = cloud.find(MACHINE, machineId);
    if (machine === undefined) throw new ProviderError(`${describeMachine(machineId)} was not found`);
    const diskId = text(request, 'managed_disk_id');
    const disk = cloud.find(DISK, diskId);
    if (disk === undefined)
      throw new ProviderError(
        `retrieving Managed Disk ${JSON.stringify(diskId)}: managed disk ${JSON.stringify(describeId(ID_FORMS[DISK], diskId))} was not found`,
      );
    const owner = ownerOf(cloud, disk.id);
    if (owner !== undefined)
      throw new AzureError(
        'ConflictingUserInput',
        `Disk '${disk.id}' cannot be attached as the disk is already owned by VM '${owner}'.`,
        409,
      );
    checkDiskZone(disk, machine);
    const lun = number(request, 'lun');
    const isTaken = cloud
      .all(ATTACHMENT)
      .some(
        ({ attributes }) =>
          isSame(text(attributes, 'virtual_machine_id'), machine.id) && number(attributes, 'lun') === lun,
      );
    if (isTaken) throw new AzureError('InvalidParameter', `A disk at LUN ${lun} already exists.`);
    return request;
  },
  exists: (cloud, { attributes }) =>
    cloud.find(MACHINE, text(attributes, 'virtual_machine_id')) !== undefined &&
    cloud.find(DISK, text(attributes, 'managed_disk_id')) !== undefined,
  imported(id) {
    const [machine = '', disk, ...rest] = id.split('/dataDisks/');
    if (disk === undefined || rest.length > 0)
      throw new ProviderError(`parsing Data Disk ID: ID was missing the \`dataDisks\` element`);
    return { id, virtual_machine_id: machine };
  },
};
