import type { Path } from '../ground/path';

/** The keys of a group of nodes that an attribute of its machines comes from, by the attribute's name or the end of it. */
const KEYS: readonly (readonly [attribute: RegExp, keys: readonly string[]])[] = [
  [/http_put_response_hop_limit/, ['metadata_hops']],
  [/root_block_device|os_disk|block_device_mappings/, ['volume_size', 'os_disk']],
  [/ebs_block_device|data_disk/, ['disks']],
  [/user_data|custom_data/, ['user_init_command', 'params']],
  [/spot|market|priority|eviction|max_bid/, ['spot']],
  [/^(instance_type|size|sku_name|vm_size)/, ['instance_type', 'vm_size', 'flavor']],
  [/^(ami|image_id|source_image)/, ['cloud_image']],
  [/^(image|name)$/, ['image']],
  [/ssh_key|public_key|password_auth/, ['ssh_public_keys']],
  [/security_group/, ['security_groups']],
  [/privileged/, ['privileged']],
  [/^ports/, ['ports']],
  [/^(volumes|mounts)/, ['params']],
  [/^lease/, ['lease']],
  [/^idle/, ['idle']],
];

/** What of a group makes a resource of its stack: the key of the group that an attribute is from, else the group. */
export function groupOrigins(group: Path, type: string, attribute = ''): readonly Path[] {
  const keys = KEYS.find(([pattern]) => pattern.test(attribute))?.[1];
  const ofType = /ebs_volume|managed_disk/.test(type)
    ? ['disks']
    : /iam_|role_|identity/.test(type)
      ? ['instance_profile']
      : /scheduler|autoscaling_schedule|automation|autoscale_setting/.test(type)
        ? ['lease']
        : /docker_image/.test(type)
          ? ['image']
          : [];
  return [...(keys ?? ofType).map((key): Path => [...group, key]), group];
}
