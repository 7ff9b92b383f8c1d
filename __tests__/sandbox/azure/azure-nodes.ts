import type { ObjectValue } from '../../../sandbox/protocol/values';
import { type Azure, GROUP, idOf } from './azure-network';

/** The id of a resource of the group `lab` in any namespace, such as `Compute`. */
export function idIn(namespace: string, ...segments: readonly string[]): string {
  return `${GROUP}/providers/Microsoft.${namespace}/${segments.join('/')}`;
}

const PLACE = { resource_group_name: 'lab', location: 'japaneast' };

export const SUBNET = idOf('virtualNetworks', 'net', 'subnets', 'nodes');
export const MACHINE = idIn('Compute', 'virtualMachines', 'n1');
export const SCALE_SET = idIn('Compute', 'virtualMachineScaleSets', 'workers');

/** An Ed25519 key that nobody has: its 32 bytes are the numbers from 1 on. */
export const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g';

export function nic(name: string, more: ObjectValue = {}, configuration: ObjectValue = {}): ObjectValue {
  return {
    ...PLACE,
    name,
    ip_configuration: [
      { name: 'primary', subnet_id: SUBNET, private_ip_address_allocation: 'Dynamic', ...configuration },
    ],
    ...more,
  };
}

/** A network interface with an address of its own. */
export function fixed(name: string, address: string): ObjectValue {
  return nic(name, {}, { private_ip_address_allocation: 'Static', private_ip_address: address });
}

export const UBUNTU = {
  publisher: 'Canonical',
  offer: 'ubuntu-24_04-lts',
  sku: 'server',
  version: 'latest',
};

export const SSH_KEY = { username: 'ubuntu', public_key: PUBLIC_KEY };

/** A machine at the interface of its name. @param disk changes of its OS disk */
export function machine(name: string, more: ObjectValue = {}, disk: ObjectValue = {}): ObjectValue {
  return {
    ...PLACE,
    name,
    size: 'Standard_D2s_v5',
    admin_username: 'ubuntu',
    admin_ssh_key: [SSH_KEY],
    network_interface_ids: [idOf('networkInterfaces', name)],
    os_disk: [{ caching: 'ReadWrite', storage_account_type: 'StandardSSD_LRS', ...disk }],
    source_image_reference: [UBUNTU],
    ...more,
  };
}

/** Makes a machine and its interface, with an address that Azure chooses. */
export async function makeNode(azure: Azure, name: string, more: ObjectValue = {}): Promise<ObjectValue> {
  await azure.make('network_interface', nic(name));
  return azure.make('linux_virtual_machine', machine(name, more));
}

export function disk(name: string, more: ObjectValue = {}): ObjectValue {
  return {
    ...PLACE,
    name,
    storage_account_type: 'Premium_LRS',
    create_option: 'Empty',
    disk_size_gb: 128,
    ...more,
  };
}

export function attachment(diskName: string, more: ObjectValue = {}): ObjectValue {
  return {
    managed_disk_id: idIn('Compute', 'disks', diskName),
    virtual_machine_id: MACHINE,
    lun: 10,
    caching: 'ReadOnly',
    ...more,
  };
}

export function scaleSet(instances: number, more: ObjectValue = {}): ObjectValue {
  return {
    ...PLACE,
    name: 'workers',
    platform_fault_domain_count: 1,
    instances,
    sku_name: 'Standard_D2s_v5',
    network_interface: [
      {
        name: 'primary',
        primary: true,
        ip_configuration: [{ name: 'primary', primary: true, subnet_id: SUBNET }],
      },
    ],
    os_profile: [{ linux_configuration: [{ admin_username: 'ubuntu', admin_ssh_key: [SSH_KEY] }] }],
    os_disk: [{ caching: 'ReadWrite', storage_account_type: 'StandardSSD_LRS' }],
    source_image_reference: [UBUNTU],
    ...more,
  };
}

export function profile(name: string, count: number, more: ObjectValue = {}): ObjectValue {
  return { name, capacity: [{ minimum: count, default: count, maximum: count }], ...more };
}

export function autoscale(...profiles: readonly ObjectValue[]): ObjectValue {
  return { ...PLACE, name: 'lease', target_resource_id: SCALE_SET, profile: profiles };
}

export const placementGroup = { ...PLACE, name: 'near' };
export const identity = { ...PLACE, name: 'nodes' };

export const account = {
  ...PLACE,
  name: 'dev-lease',
  sku_name: 'Basic',
  identity: [{ type: 'SystemAssigned' }],
};

export const runbook = {
  ...PLACE,
  name: 'end-nodes',
  automation_account_name: 'dev-lease',
  runbook_type: 'PowerShell72',
  log_progress: false,
  log_verbose: false,
  content: 'param([string] $ResourceGroupName, [string] $VmNames)',
};

export function schedule(start: string, more: ObjectValue = {}): ObjectValue {
  return {
    resource_group_name: 'lab',
    name: 'end',
    automation_account_name: 'dev-lease',
    frequency: 'OneTime',
    start_time: start,
    ...more,
  };
}

export function jobSchedule(parameters: ObjectValue = {}): ObjectValue {
  return {
    resource_group_name: 'lab',
    automation_account_name: 'dev-lease',
    runbook_name: 'end-nodes',
    schedule_name: 'end',
    parameters,
  };
}

export const role = {
  name: 'dev end nodes',
  scope: GROUP,
  permissions: [{ actions: ['Microsoft.Compute/virtualMachines/delete', 'Microsoft.Compute/disks/delete'] }],
};
