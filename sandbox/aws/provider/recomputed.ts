import { isList, isObject, type ObjectValue, unordered, type Value } from '../../protocol/values';
import type { ResourceType } from '../../provider/resource-type';

/** Whether the legacy SDK, which has no null, treats a value as not set. */
function isUnset(value: Value | undefined): boolean {
  return (
    value === undefined ||
    value === null ||
    value === '' ||
    value === false ||
    value === 0 ||
    (isList(value) && value.length === 0) ||
    (isObject(value) && Object.keys(value).length === 0)
  );
}

function changes(prior: ObjectValue, planned: ObjectValue, name: string): boolean {
  const [before, after] = [prior[name], planned[name]];
  return !(isUnset(before) && isUnset(after)) && unordered(before ?? null) !== unordered(after ?? null);
}

/** Arguments of a launch template that make no new version. */
const OF_TEMPLATE = [
  'arn',
  'default_version',
  'description',
  'id',
  'latest_version',
  'name',
  'name_prefix',
  'update_default_version',
];

/** Arguments whose change puts an object of S3 anew. */
const OF_CONTENT =
  'bucket_key_enabled cache_control checksum_algorithm content content_base64 content_disposition content_encoding content_language content_type etag kms_key_id metadata server_side_encryption source source_hash storage_class website_redirect'.split(
    ' ',
  );

type Recomputed = (changed: (name: string) => boolean, planned: ObjectValue) => readonly string[];

function when(condition: boolean, ...names: readonly string[]): readonly string[] {
  return condition ? names : [];
}

/** What a change in place makes unknown, by the type: answers of the provider's executable to such changes. */
const RECOMPUTED: Readonly<Record<string, Recomputed>> = {
  aws_instance: (changed) =>
    when(['instance_type', 'user_data', 'user_data_base64'].some(changed), 'public_dns', 'public_ip'),
  aws_launch_template: (changed, planned) => {
    const isVersion = Object.keys(planned).some((name) => !OF_TEMPLATE.includes(name) && changed(name));
    const isDefault = isVersion && planned.update_default_version === true;
    return [...when(isVersion, 'latest_version'), ...when(isDefault, 'default_version')];
  },
  aws_network_interface: (changed) => when(changed('private_ips_count'), 'private_ip_list', 'private_ips'),
  aws_s3_object: (changed) => when(OF_CONTENT.some(changed), 'version_id'),
  aws_vpc: (changed) =>
    when(changed('assign_generated_ipv6_cidr_block'), 'ipv6_association_id', 'ipv6_cidr_block'),
};

/** Computed attributes that a change in place makes unknown. */
export function recomputed(
  { name }: ResourceType,
  prior: ObjectValue,
  planned: ObjectValue,
): readonly string[] {
  return RECOMPUTED[name]?.((attribute) => changes(prior, planned, attribute), planned) ?? [];
}

/** User data replaces an instance where `user_data_replace_on_change` is set. */
export function replacing(
  { name }: ResourceType,
  prior: ObjectValue,
  planned: ObjectValue,
): readonly string[] {
  if (name !== 'aws_instance' || planned.user_data_replace_on_change !== true) return [];
  return ['user_data', 'user_data_base64'].filter((attribute) => changes(prior, planned, attribute));
}
