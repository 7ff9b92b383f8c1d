import type { DiskType, MachineImage } from '../../../model/clouds/azure/virtual-machines';
import type { Cidr } from '../../../model/net/cidr';
import type { NodeGroup } from '../../ground/node-group';
import type { GroupSoftware } from '../../nodes/software';
import type { NetworkNames } from '../azure/names';
import type { AzureSettings } from '../azure/settings';

/** The node groups of a catalog on Azure. */
export interface AzureNodesCatalog {
  readonly settings: AzureSettings;
  /** In the order of the file. */
  readonly groups: readonly AzureNodeGroup[];
}

/** A group of nodes in a network on Azure. */
export interface AzureNodeGroup extends NodeGroup {
  /** Azure's own form of the location: `japaneast`. */
  readonly location: string;
  readonly zone?: string;
  /** What the network, its security group and the nodes' subnet are called. */
  readonly network: NetworkNames & { readonly subnet: string };
  /** The block of the subnet. Absent where the entry does not say it. */
  readonly cidr?: Cidr;
  /** Sizes of virtual machines, the preferred first; one in a fixed group. */
  readonly sizes: readonly string[];
  readonly osDisk: { readonly sizeGb: number; readonly type: DiskType; readonly encryptionSetId?: string };
  readonly image: MachineImage;
  readonly trustedLaunch: boolean;
  /** US dollars an hour of a spot node. @default - the usual price */
  readonly maxPrice?: number;
  /** Of an elastic group with spot nodes: how many are none, and how many of a hundred further ones. */
  readonly onDemand: { readonly base: number; readonly percent: number };
  /** Whether the nodes are near to each other. */
  readonly isCluster: boolean;
  /** In the order of the file, which their logical unit numbers follow. */
  readonly disks: readonly AzureNodeDisk[];
  readonly software: GroupSoftware;
  /** Of the entry; empty: those of the image, and of the virtual network. */
  readonly ntpServers: readonly string[];
  readonly dnsServers: readonly string[];
  readonly tags: { readonly [key: string]: string };
}

/** A further disk of each node: one that is made, or of a group of one node one that is there. */
export type AzureNodeDisk = {
  readonly name: string;
  readonly mount?: string;
} & ({ readonly id: string } | { readonly sizeGb: number; readonly type: DiskType; readonly keep: boolean });
