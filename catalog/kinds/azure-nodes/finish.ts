import { locationName } from '../../../model/clouds/azure/locations';
import {
  DISK_TYPES,
  type DiskType,
  isFirstGeneration,
  ubuntuImage,
} from '../../../model/clouds/azure/virtual-machines';
import { complete } from '../../ground/complete';
import type { Json, JsonMap } from '../../ground/json';
import { machineWords } from '../../nodes/machine-words';
import { placeOf } from '../../nodes/place-of';
import type { Infer } from '../../shape/shape';
import { baseName, networkNames, subnetName } from '../azure/names';
import type { Around } from '../kind';
import { type GroupDraft, sizesOf } from './draft';
import type { AzureNodeDisk, AzureNodeGroup } from './group';
import type { AZURE_GROUP } from './keys';

type Keys = Infer<typeof AZURE_GROUP>;

/** The group of a draft in which no error was found. */
export function finishGroup(group: GroupDraft, around: Around<unknown>): AzureNodeGroup {
  const { key, name, entry, terms, flavor } = group;
  const keys = complete(group.value);
  const members = complete(group.members);
  const place = complete(placeOf(entry, around));
  const { values, cidr, network = entry } = place;
  const { environment, identities } = around;
  const sizes = sizesOf(group);
  const osType = keys.managedDiskType ?? diskType(flavor?.volumeType);
  const { maxPrice, onDemandBase = 0, onDemandPercent = 0 } = typeof keys.spot === 'object' ? keys.spot : {};
  return {
    key,
    name,
    entry,
    provider: 'azure',
    kind: members.kind,
    nodes: members.nodes,
    initial: members.initial,
    most: members.most,
    spot: keys.spot !== false,
    ...terms,
    ...(keys.group === undefined ? {} : { unitGroup: keys.group }),
    location: locationName(String(values.azure_location)),
    ...zoneOf(values),
    network: {
      ...networkNames(values, baseName(environment, identities, network)),
      subnet: subnetName(values, baseName(environment, identities, entry)),
    },
    ...(cidr === undefined ? {} : { cidr }),
    sizes,
    machine: machineWords(sizes),
    osDisk: {
      sizeGb: complete(keys.volumeSize ?? flavor?.volumeSize),
      type: osType,
      ...(keys.diskEncryptionSetId === undefined ? {} : { encryptionSetId: keys.diskEncryptionSetId }),
    },
    image: imageOf(keys, complete(sizes[0])),
    trustedLaunch: keys.trustedLaunch ?? hasTrustedLaunch(keys, sizes),
    ...(maxPrice === undefined ? {} : { maxPrice }),
    onDemand: { base: onDemandBase, percent: onDemandPercent },
    isCluster: keys.placement === 'cluster',
    disks: Object.entries(keys.disks).map(([disk, given]) => diskOf(disk, given, osType)),
    software: complete(group.software),
    ntpServers: texts(values.ntp_servers),
    dnsServers: texts(values.cloud_instance_dns_servers),
    tags: keys.tags,
  };
}

function zoneOf({ azure_zone: zone }: JsonMap): { readonly zone?: string } {
  return zone === undefined || zone === null ? {} : { zone: String(zone) };
}

function texts(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

function imageOf({ cloudImage, architecture }: Keys, size: string): AzureNodeGroup['image'] {
  if (cloudImage === 'default') return ubuntuImage(architecture, size);
  const { publisher, offer, sku, version, gallery } = cloudImage;
  if (gallery !== undefined) return { id: gallery };
  return { publisher: complete(publisher), offer: complete(offer), sku: complete(sku), version };
}

/** Of other images nobody knows whether they boot so, and not all sizes of Arm do. */
function hasTrustedLaunch({ cloudImage, architecture, kind }: Keys, sizes: readonly string[]): boolean {
  return (
    kind === 'fixed' &&
    cloudImage === 'default' &&
    architecture === 'x86_64' &&
    !sizes.some(isFirstGeneration)
  );
}

function diskOf(name: string, given: Keys['disks'][string] | undefined, osType: DiskType): AzureNodeDisk {
  const { size, type, mount, keep, volumeId } = complete(given);
  const common = { name, ...(mount === undefined ? {} : { mount }) };
  if (volumeId !== undefined) return { ...common, id: volumeId };
  return { ...common, sizeGb: complete(size), type: type === undefined ? osType : diskType(type), keep };
}

function diskType(text: string | undefined): DiskType {
  return complete(DISK_TYPES.find((type) => type === text));
}
