import { type Attributes, filled, objects, text } from '../../provider/attributes';
import { AwsError, inStep } from '../aws-error';
import type { Cloud } from '../cloud';
import type { Rules } from '../rules';
import { requireBucket } from './buckets';
import { hasPublicAccess } from './public-policies';

/** Something that is set for a bucket as a whole: setting it again overwrites it. */
interface Setting {
  /** What the provider calls it, as in `creating S3 Bucket (x) Versioning`. */
  readonly words: string;
  /** The API's actions that set and unset it. */
  readonly actions: readonly [put: string, remove: string];
  check?(cloud: Cloud, request: Attributes): void;
  fill?(request: Attributes): Attributes;
}

function setting({ words, actions: [put, remove], check, fill = (request) => request }: Setting): Rules {
  const applied = (cloud: Cloud, request: Attributes): Attributes => {
    const name = text(request, 'bucket');
    return inStep({ subject: `creating S3 Bucket (${name}) ${words}`, action: put }, () => {
      requireBucket(cloud, name);
      check?.(cloud, request);
      return fill(request);
    });
  };
  return {
    noun: `S3 Bucket ${words}`,
    service: 'S3',
    actions: { create: put, update: put, delete: remove },
    create: (cloud, request) => ({ id: text(request, 'bucket'), attributes: applied(cloud, request) }),
    update: (cloud, _before, request) => applied(cloud, request),
  };
}

export const publicAccessBlock = setting({
  words: 'Public Access Block',
  actions: ['PutPublicAccessBlock', 'DeletePublicAccessBlock'],
});

export const bucketEncryption = setting({
  words: 'Server-side Encryption Configuration',
  actions: ['PutBucketEncryption', 'DeleteBucketEncryption'],
  fill: (request) => ({
    ...request,
    rule: objects(request, 'rule').map((rule) => ({
      ...rule,
      apply_server_side_encryption_by_default: objects(rule, 'apply_server_side_encryption_by_default').map(
        (given) => filled(given, { kms_master_key_id: '' }),
      ),
    })),
  }),
});

export const bucketVersioning = setting({
  words: 'Versioning',
  actions: ['PutBucketVersioning', 'PutBucketVersioning'],
  fill: (request) => ({
    ...request,
    versioning_configuration: objects(request, 'versioning_configuration').map((given) =>
      filled(given, { mfa_delete: '' }),
    ),
  }),
});

export const bucketOwnership = setting({
  words: 'Ownership Controls',
  actions: ['PutBucketOwnershipControls', 'DeleteBucketOwnershipControls'],
});

export const bucketPolicy = setting({
  words: 'Policy',
  actions: ['PutBucketPolicy', 'DeleteBucketPolicy'],
  check(cloud, request) {
    const name = text(request, 'bucket');
    const block = cloud.find('aws_s3_bucket_public_access_block', name)?.attributes ?? {};
    if (block.block_public_policy !== true || !hasPublicAccess(text(request, 'policy'))) return;
    throw new AwsError(
      'AccessDenied',
      `User: arn:aws:iam::${cloud.account}:user/kakehashi-sandbox is not authorized to perform: s3:PutBucketPolicy on resource: "arn:aws:s3:::${name}" because public policies are blocked by the BlockPublicPolicy block public access setting.`,
    );
  },
});
