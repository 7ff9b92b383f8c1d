import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute } from 'node:path';
import { type Attributes, filled, objects, text } from '../../provider/attributes';
import { uuidOf } from '../../provider/derived';
import { inStep } from '../aws-error';
import type { Cloud } from '../cloud';
import { LookupError } from '../lookup-error';
import { partitionOf } from '../regions';
import type { Rules } from '../rules';
import { requireBucket } from './buckets';

/**
 * The bytes of an object: of a file, a text or a text in Base64. A relative path is relative to the folder in which Terraform runs,
 * which the cloud does not know: the path stands for the content then.
 */
function bytesOf(request: Attributes): Buffer {
  const file = text(request, 'source');
  if (file !== '') return isAbsolute(file) && existsSync(file) ? readFileSync(file) : Buffer.from(file);
  const encoded = text(request, 'content_base64');
  return encoded === '' ? Buffer.from(text(request, 'content')) : Buffer.from(encoded, 'base64');
}

/** What S3 says of an object whose bytes were put. */
function put(cloud: Cloud, request: Attributes): Attributes {
  const [bucket = '', key = ''] = ['bucket', 'key'].map((name) => text(request, name));
  return inStep(
    { subject: `uploading S3 Object (${key}) to Bucket (${bucket})`, action: 'PutObject' },
    () => {
      requireBucket(cloud, bucket);
      const bytes = bytesOf(request);
      const [versioning = {}] = objects(
        cloud.find('aws_s3_bucket_versioning', bucket)?.attributes ?? {},
        'versioning_configuration',
      );
      const [rule = {}] = objects(
        cloud.find('aws_s3_bucket_server_side_encryption_configuration', bucket)?.attributes ?? {},
        'rule',
      );
      const [encryption = {}] = objects(rule, 'apply_server_side_encryption_by_default');
      const etag = createHash('md5').update(bytes).digest('hex');
      const isVersioned = text(versioning, 'status') === 'Enabled';
      return filled(
        { ...request, version_id: isVersioned ? uuidOf('version', bucket, key, etag) : '' },
        {
          arn: `arn:${partitionOf(cloud.region).partition}:s3:::${bucket}/${key}`,
          bucket_key_enabled: rule.bucket_key_enabled ?? false,
          cache_control: '',
          checksum_crc32: '',
          checksum_crc32c: '',
          checksum_crc64nvme: '',
          checksum_sha1: '',
          checksum_sha256: '',
          content_type: 'application/octet-stream',
          etag,
          server_side_encryption: text(encryption, 'sse_algorithm') || 'AES256',
          storage_class: 'STANDARD',
        },
      );
    },
  );
}

export const bucketObject: Rules = {
  noun: 'S3 Object',
  service: 'S3',
  actions: { create: 'PutObject', update: 'PutObject', delete: 'DeleteObject' },
  key: (attributes) => `${text(attributes, 'bucket')}/${text(attributes, 'key')}`,
  create: (cloud, request) => ({ id: text(request, 'key'), attributes: put(cloud, request) }),
  update: (cloud, { attributes }, request) => {
    const isSame = ['content', 'content_base64', 'source', 'source_hash'].every(
      (name) => text(attributes, name) === text(request, name),
    );
    return isSame ? request : put(cloud, { ...request, etag: null });
  },
  imported(_cloud, id) {
    const [, bucket = '', key = ''] = /^(?:s3:\/\/)?([^/]+)\/(.+)$/.exec(id) ?? [];
    if (bucket === '' || key === '')
      throw new LookupError(`id ${id} should be in format <bucket>/<key> or s3://<bucket>/<key>`);
    return { bucket, id: key, key };
  },
};
