import type { DiskType, MachineImage } from '../../model/clouds/azure/virtual-machines';

/** What the machines of a group have in common, whether each has a name or not. */
export interface NodeMachineProps {
  readonly image: MachineImage;
  /** The user that logs in by SSH. A change replaces the machines. */
  readonly adminUsername: string;
  /** Public keys of OpenSSH's form. A change replaces fixed machines. */
  readonly sshPublicKeys: readonly string[];
  readonly osDisk: OsDiskProps;
  /** Ids of identities of the machines. @default - none */
  readonly identityIds?: readonly string[];
  /** Unused capacity at a lower price, which Azure takes back when it needs it: the machine is deleted. @default - none */
  readonly spot?: SpotProps;
  /** Availability zone. @default - the location decides */
  readonly zone?: string;
  /** Machines near to each other. @default - Azure places them */
  readonly proximityPlacementGroupId?: string;
}

export interface OsDiskProps {
  /** 30 to 4095. */
  readonly sizeGb: number;
  /** A change replaces the machines. */
  readonly type: DiskType;
  /** A set with an own key. @default - Azure's keys */
  readonly encryptionSetId?: string;
}

export interface SpotProps {
  /** US dollars an hour. @default - the usual price is the limit */
  readonly maxPrice?: number;
}

/** The image as arguments of a machine or of a scale set. */
export function imageArguments(image: MachineImage) {
  return 'id' in image ? { sourceImageId: image.id } : { sourceImageReference: { ...image } };
}

/** What makes a machine a spot one. An evicted machine is deleted: one that is only deallocated goes on to cost its disk. */
export function spotArguments(spot: SpotProps | undefined) {
  if (spot === undefined) return {};
  const { maxPrice } = spot;
  return {
    priority: 'Spot',
    evictionPolicy: 'Delete',
    ...(maxPrice === undefined ? {} : { maxBidPrice: maxPrice }),
  };
}

/** Arguments of an OS disk. Its cache is that of Azure's own images. */
export function osDiskArguments({ sizeGb, type, encryptionSetId }: OsDiskProps) {
  return {
    caching: 'ReadWrite',
    storageAccountType: type,
    diskSizeGb: sizeGb,
    ...(encryptionSetId === undefined ? {} : { diskEncryptionSetId: encryptionSetId }),
  };
}

/** The arguments that keep a machine's image as it was at its birth: a newer one comes with `-replace` alone. */
export const KEPT_IMAGE = ['source_image_reference', 'source_image_id'];
