import { DISK_TYPES, OS_DISK_GB } from '../../../model/clouds/azure/virtual-machines';
import { VM_SIZE_PATTERN } from '../../../model/clouds/azure/vm-sizes';
import { PRICE } from '../../nodes/formats';
import { CLOUD_GROUP_KEYS } from '../../nodes/keys';
import type { Refusal } from '../../shape/shape';
import {
  bare,
  choice,
  either,
  explained,
  FLAG,
  list,
  map,
  optional,
  pattern,
  text,
  whole,
  withDefault,
} from '../../shape/shapes';
import { NODE_TAGS } from '../azure/tags';

const VM_SIZE = pattern(
  'a size of virtual machines like Standard_D4s_v5',
  VM_SIZE_PATTERN,
  'Standard_D4s_v5',
);

const COMPUTE = '/subscriptions/[0-9a-fA-F-]{36}/resourceGroups/[^/\\s]+/providers/Microsoft\\.Compute';

/** An id of Azure's Resource Manager. @param type - `disks` */
const idOf = (expected: string, type: string) =>
  pattern(`${expected}: /subscriptions/…/${type}/NAME`, `^${COMPUTE}/${type}/[A-Za-z0-9_.-]{1,80}$`);

const ENCRYPTION_SET_ID = idOf("a disk encryption set's id", 'diskEncryptionSets');

/** The id of a managed disk. */
export const DISK_ID = idOf("a managed disk's id", 'disks');

const GALLERY_IMAGE = pattern(
  "an image's id: /subscriptions/…/galleries/NAME/images/NAME, with /versions/1.0.0 where one is meant, or /subscriptions/…/images/NAME",
  `^${COMPUTE}/(galleries/[^/\\s]+/images/[^/\\s]+(/versions/[0-9]+\\.[0-9]+\\.[0-9]+)?|images/[^/\\s]+)$`,
);

const IMAGE_PART = pattern(
  'a name of letters, digits, _ . -',
  '^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$',
  'Canonical',
);
const IMAGE_VERSION = pattern(
  'latest, or a version like 24.04.202506010',
  '^(latest|[0-9]+\\.[0-9]+\\.[0-9]+)$',
  'latest',
);

const CLOUD_IMAGE = either('default, or { publisher, offer, sku, version }, or { gallery }', {
  text: choice('default'),
  map: map({
    publisher: optional(text(IMAGE_PART), 'Who publishes it in the marketplace'),
    offer: optional(text(IMAGE_PART), 'Its offer'),
    sku: optional(text(IMAGE_PART), 'Its SKU'),
    version: withDefault(text(IMAGE_VERSION), 'latest', 'Its version, resolved once'),
    gallery: optional(text(GALLERY_IMAGE), 'Instead: the id of an image of a gallery, or of an own one'),
  }),
});

const SPOT = either('true, false or a map of keys', {
  flag: FLAG,
  map: map({
    max_price: optional(
      bare(PRICE),
      'US dollars an hour above which Azure takes them back; absent: the usual price',
    ),
    on_demand_base: withDefault(
      whole(0, 500),
      0,
      'How many nodes of an elastic group are none, before any is',
    ),
    on_demand_percent: withDefault(whole(0, 100), 0, 'How many of a hundred further ones are none'),
  }),
});

const VM_SIZES = either('a size, or a list of them', {
  text: text(VM_SIZE),
  list: list(text(VM_SIZE), { min: 1, max: 40, distinct: true }),
});

const volumeSize = whole(OS_DISK_GB.min, OS_DISK_GB.max);
const diskType = choice(...DISK_TYPES);

/** What a catalog says of a flavor on Azure. */
export const AZURE_FLAVOR = map({
  vm_size: optional(text(VM_SIZE), 'Size of the virtual machines'),
  volume_size: optional(volumeSize, 'GB of the OS disk'),
  managed_disk_type: optional(diskType, 'Type of the OS disk'),
});

const renamed = (ours: string): Refusal => ({
  code: 'refused-key',
  message: `is called ${ours} here`,
  fix: `write ${ours}`,
});

/** A group of `node_groups` in a network on Azure. */
export const AZURE_GROUP = map(
  {
    ...CLOUD_GROUP_KEYS,
    vm_size: optional(
      VM_SIZES,
      'Size of the virtual machines; absent: that of the flavor. A list in elastic groups, the preferred first',
    ),
    volume_size: optional(volumeSize, 'GB of the OS disk; absent: those of the flavor'),
    managed_disk_type: optional(diskType, 'Type of the OS disk; absent: that of the flavor'),
    disk_encryption_set_id: optional(
      text(ENCRYPTION_SET_ID),
      "Set with the key of the disks; absent: Azure's own keys",
    ),
    cloud_image: withDefault(
      CLOUD_IMAGE,
      'default',
      "Image of the OS disk; default: Canonical's Ubuntu 24.04. It is resolved when a node is made",
    ),
    trusted_launch: optional(
      FLAG,
      'Secure boot and a virtual TPM; absent: in fixed groups with the default image, where the size has it',
    ),
    spot: withDefault(SPOT, false, 'Unused capacity at a lower price, which Azure takes back'),
    placement: withDefault(
      explained(choice('none', 'cluster', 'spread'), {
        none: 'as Azure likes',
        cluster: 'near to each other',
        spread: 'on as many racks as Azure can: elastic groups always are',
      }),
      'none',
      'Where the nodes are to each other',
    ),
    tags: withDefault(NODE_TAGS, {}, 'Tags of everything of the group'),
  },
  { disk_size_gb: renamed('volume_size') },
);
