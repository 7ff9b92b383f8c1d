import { S3Bucket } from '@cdktf/provider-aws/lib/s3-bucket';
import { S3BucketOwnershipControls } from '@cdktf/provider-aws/lib/s3-bucket-ownership-controls';
import { S3BucketPolicy } from '@cdktf/provider-aws/lib/s3-bucket-policy';
import { S3BucketPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-bucket-public-access-block';
import { S3BucketServerSideEncryptionConfigurationA as Encryption } from '@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration';
import { S3BucketVersioningA as Versioning } from '@cdktf/provider-aws/lib/s3-bucket-versioning';
import { S3Object } from '@cdktf/provider-aws/lib/s3-object';
import { Construct } from 'constructs';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { isKnown } from '../tokens';
import { policyText } from './iam-policy';
import type { NodeProfile } from './node-profile';
import { checkTags, type Tags, tagsOf } from './tags';

export interface PrivateObjectProps {
  /** Of all of AWS: 3 to 63 of `[a-z0-9-]`, with a letter or a digit at both ends. */
  readonly bucket: string;
  /** What the object is called in the bucket: its digest, so that another content has another name. */
  readonly key: string;
  readonly contentBase64: string;
  /** Tags of the bucket; they win over the default `Name`. @default - none */
  readonly tags?: Tags;
}

/** The form of a bucket's name, without dots, which TLS would not take (S3 user guide, "Bucket naming rules"). */
const BUCKET = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/**
 * One object in a bucket of its own, which only who may read it by a role can read, over TLS.
 *
 * The bucket goes with all that is in it.
 *
 * @throws {@link PropsError}
 */
export class PrivateObject extends Construct {
  readonly bucket: S3Bucket;
  readonly object: S3Object;

  constructor(scope: Construct, id: string, { bucket: name, key, contentBase64, tags }: PrivateObjectProps) {
    super(scope, id);
    checkCore(this);
    checkTags(this, 'tags', tags);
    if (isKnown(name) && !BUCKET.test(name))
      refuse(
        this,
        `bucket: must be 3 to 63 characters of a-z 0-9 - with no - at an end, got ${JSON.stringify(name)}`,
      );
    this.bucket = new S3Bucket(this, 'Bucket', {
      bucket: name,
      forceDestroy: true,
      tags: tagsOf(name, tags),
    });
    const bucket = this.bucket.id;
    const access = new S3BucketPublicAccessBlock(this, 'Access', {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new S3BucketOwnershipControls(this, 'Ownership', {
      bucket,
      rule: { objectOwnership: 'BucketOwnerEnforced' },
    });
    new Encryption(this, 'Encryption', {
      bucket,
      rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
    });
    const versioning = new Versioning(this, 'Versioning', {
      bucket,
      versioningConfiguration: { status: 'Enabled' },
    });
    new S3BucketPolicy(this, 'Policy', {
      bucket,
      policy: policyText({
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [this.bucket.arn, `${this.bucket.arn}/*`],
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
      // Two changes of a bucket at once are refused.
      dependsOn: [access],
    });
    this.object = new S3Object(this, 'Resource', {
      bucket,
      key,
      contentBase64,
      // Before its versions are kept, none would be.
      dependsOn: [versioning],
    });
  }

  /** Lets nodes read the object, and nothing else. */
  grantRead(profile: NodeProfile): void {
    profile.grant('Script', {
      Action: 's3:GetObject',
      Resource: `${this.bucket.arn}/${this.object.key}`,
    });
    profile.grants.push(this.object);
  }
}
