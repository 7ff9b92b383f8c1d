import type { Architecture } from '../../nodes/architecture';
import type { Range } from '../cloud-vpn';

/** Longest name of a virtual machine here: Linux takes a host name of up to 64 characters, and Azure a machine's name of up to 80. */
export const LONGEST_MACHINE_NAME = 64;

/** Longest prefix of the host names of a scale set (azurerm, `computer_name_prefix`). */
export const LONGEST_HOST_PREFIX = 58;

/** Bytes of custom data before Base64: Azure takes 65535 (learn.microsoft.com, "Custom data and cloud-init on Azure VMs"). */
export const MOST_CUSTOM_DATA = 65535;

/** Size of an OS disk in GB: the images of Ubuntu have 30, and Azure's OS disks end at 4095 (learn.microsoft.com, "Managed disks"). */
export const OS_DISK_GB: Range = { min: 30, max: 4095 };

/** Size of a data disk in GB (learn.microsoft.com, "Azure managed disk types"). */
export const DATA_DISK_GB: Range = { min: 1, max: 32767 };

/** Kinds of managed disks that VCP's `managed_disk_type` names. */
export const DISK_TYPES = ['Standard_LRS', 'StandardSSD_LRS', 'Premium_LRS'] as const;

export type DiskType = (typeof DISK_TYPES)[number];

/** Instances of a flexible scale set (recorded behaviour of azurerm 4.55, `instances`). */
export const MOST_INSTANCES = 1000;

/** How long before a runbook's schedule begins it must be made or changed (azurerm, `start_time` of a schedule). */
export const SCHEDULE_AHEAD_SECONDS = 300;

/** Sizes among which a scale set chooses: an instance mix has up to five (learn.microsoft.com, "Use multiple virtual machine sizes with instance mix"). */
export const MOST_MIXED_SIZES = 5;

/** Names of key vaults, which are unique in all of Azure (learn.microsoft.com, "Naming rules and restrictions for Azure resources"). */
export const VAULT_NAME = /^[A-Za-z](?!.*--)[A-Za-z0-9-]{1,22}[A-Za-z0-9]$/;

/** Log-ins that Azure refuses (azurerm 4.55, `admin_username`; learn.microsoft.com, "FAQ about Linux virtual machines"). */
export const REFUSED_LOGINS: readonly string[] = [
  ...['1', '123', 'a', 'actuser', 'adm', 'admin', 'admin1', 'admin2', 'administrator', 'aspnet', 'backup'],
  ...['console', 'david', 'guest', 'john', 'owner', 'root', 'server', 'sql', 'support', 'support_388945a0'],
  ...['sys', 'test', 'test1', 'test2', 'test3', 'user', 'user1', 'user2', 'user3', 'user4', 'user5'],
];

/** An image of Azure's marketplace. */
export interface MarketplaceImage {
  readonly publisher: string;
  readonly offer: string;
  readonly sku: string;
  /** A version, or `latest`. */
  readonly version: string;
}

/** Where the disk of a node comes from: an image of the marketplace, or the id of one of a gallery or of an own one. */
export type MachineImage = MarketplaceImage | { readonly id: string };

/**
 * Whether machines of a size boot images of the first generation alone: those of the A series, and those of D and E before version 4
 * that take no premium disks (learn.microsoft.com, "Support for Generation 2 VMs on Azure").
 */
export function isFirstGeneration(size: string): boolean {
  const [, family = '', letters = '', version = '0'] = SIZE.exec(size) ?? [];
  return family === 'A' || (/^[DE]$/.test(family) && !letters.includes('s') && Number(version) < 4);
}

/** Family, letters for what the size has besides, and version: `Standard_D3_v2`. */
const SIZE = /^[A-Za-z]+_([A-Z]+)[0-9]+(?:-[0-9]+)?([a-z]*)(?:_v([0-9]+))?$/;

/** The newest Ubuntu 24.04 of Canonical that machines of the size boot. */
export function ubuntuImage(architecture: Architecture, size: string): MarketplaceImage {
  const sku = isFirstGeneration(size) ? 'server-gen1' : 'server';
  return {
    publisher: 'Canonical',
    offer: 'ubuntu-24_04-lts',
    sku: architecture === 'arm64' ? 'server-arm64' : sku,
    version: 'latest',
  };
}
