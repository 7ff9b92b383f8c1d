import { type Attributes, filled, flag, objects, text } from '../../provider/attributes';
import { hex } from '../../provider/derived';
import { AwsError } from '../aws-error';
import type { Cloud, CloudObject } from '../cloud';
import { generatedName, prefixOf } from '../generated-name';
import { namedCreation } from '../named-creation';
import { partitionOf } from '../regions';
import type { Rules } from '../rules';

export const BUCKET = 'aws_s3_bucket';
const OBJECT = 'aws_s3_object';

/** The types of what is set for a bucket, and goes with it. */
const SETTINGS = [
  'aws_s3_bucket_ownership_controls',
  'aws_s3_bucket_policy',
  'aws_s3_bucket_public_access_block',
  'aws_s3_bucket_server_side_encryption_configuration',
  'aws_s3_bucket_versioning',
];

/** @throws {@link AwsError} if a region has no such bucket */
export function requireBucket(cloud: Cloud, name: string): CloudObject {
  return cloud.require([BUCKET], name, 'NoSuchBucket', 'The specified bucket does not exist');
}

/** The names of buckets are unique in all accounts and regions. */
function checkFree(cloud: Cloud, name: string): void {
  const other = cloud.everywhere(BUCKET).find(({ id }) => id === name);
  if (other === undefined) return;
  if (text(other.attributes, 'owner') === cloud.account)
    throw new AwsError(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      `It is in ${other.region}.`,
    );
  throw new AwsError(
    'BucketAlreadyExists',
    'The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please select a different name and try again.',
  );
}

/** The rules of S3 for names (S3 user guide, "General purpose bucket naming rules"). */
function checkName(name: string): void {
  const isForm = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name);
  const isRefused = /\.\.|^xn--|^sthree-|^amzn-s3-demo-|-s3alias$|--ol-s3$|^\d+\.\d+\.\d+\.\d+$/.test(name);
  if (!isForm || isRefused) throw new AwsError('InvalidBucketName', 'The specified bucket is not valid.');
}

function settingOf(cloud: Cloud, type: string, bucket: string): Attributes | undefined {
  return cloud.find(type, bucket)?.attributes;
}

const BUCKET_RULES: Rules = {
  noun: 'S3 Bucket',
  service: 'S3',
  actions: { create: 'CreateBucket', delete: 'DeleteBucket' },
  create(cloud, request) {
    const name = generatedName(cloud, request, cloud.newId('bucket', request), 'bucket');
    checkName(name);
    checkFree(cloud, name);
    const { partition, dnsSuffix } = partitionOf(cloud.region);
    const attributes = filled(request, {
      acceleration_status: '',
      arn: `arn:${partition}:s3:::${name}`,
      bucket: name,
      bucket_domain_name: `${name}.s3.${dnsSuffix}`,
      bucket_prefix: prefixOf(name),
      bucket_regional_domain_name: `${name}.s3.${cloud.region}.${dnsSuffix}`,
      hosted_zone_id: `Z${hex(13, 's3', cloud.region).toUpperCase()}`,
      object_lock_enabled: false,
      region: cloud.region,
      request_payer: 'BucketOwner',
    });
    const owner = { id: hex(64, 'canonical', cloud.account), permissions: ['FULL_CONTROL'] };
    const grant = [{ ...owner, type: 'CanonicalUser', uri: '' }];
    return { id: name, attributes: { ...attributes, grant, owner: cloud.account } };
  },
  identity: [],
  remove(cloud, { id, attributes }) {
    const content = cloud.all(OBJECT).filter((object) => text(object.attributes, 'bucket') === id);
    if (content.length > 0 && !flag(attributes, 'force_destroy'))
      throw new AwsError('BucketNotEmpty', 'The bucket you tried to delete is not empty');
    const settings = cloud.all(...SETTINGS).filter((setting) => setting.id === id);
    for (const part of [...content, ...settings]) cloud.remove(part.type, part.id);
  },
  // What other resources set for a bucket is listed here too.
  derive(cloud, { id }) {
    const [versioning = {}] = objects(
      settingOf(cloud, 'aws_s3_bucket_versioning', id) ?? {},
      'versioning_configuration',
    );
    const encryption = settingOf(cloud, 'aws_s3_bucket_server_side_encryption_configuration', id);
    const plain = {
      apply_server_side_encryption_by_default: [{ kms_master_key_id: '', sse_algorithm: 'AES256' }],
      bucket_key_enabled: false,
    };
    return {
      policy: text(settingOf(cloud, 'aws_s3_bucket_policy', id) ?? {}, 'policy'),
      versioning: [
        {
          enabled: text(versioning, 'status') === 'Enabled',
          mfa_delete: text(versioning, 'mfa_delete') === 'Enabled',
        },
      ],
      server_side_encryption_configuration: [{ rule: encryption?.rule ?? [plain] }],
    };
  },
};

export const bucket: Rules = namedCreation(BUCKET_RULES, (request) => text(request, 'bucket'));
