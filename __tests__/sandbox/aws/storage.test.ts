import { join } from 'node:path';
import { simulatedSecret } from '../../../sandbox/aws/secrets';
import type { ObjectValue } from '../../../sandbox/protocol/values';
import { type Caller, SimulatedCloud } from '../simulated-cloud';
import { refusal } from './compute-cloud';

jest.setTimeout(60_000);

const BUCKET = 'aws_s3_bucket';
const OBJECT = 'aws_s3_object';
const SECRET = 'aws_secretsmanager_secret';
const VERSION = 'aws_secretsmanager_secret_version';
const CLOCK = 'KAKEHASHI_SANDBOX_NOW';

let cloud: SimulatedCloud;
let aws: Caller;
beforeEach(async () => {
  cloud = await SimulatedCloud.start();
  aws = await cloud.caller();
});
afterEach(async () => {
  delete process.env[CLOCK];
  await cloud.stop();
});

it('knows the names of buckets in all regions and accounts', async () => {
  await aws.create(BUCKET, { bucket: 'kakehashi-files' });
  const west = await cloud.caller({ region: 'us-west-2' });
  const other = await cloud.caller({ region: 'us-west-2', allowed_account_ids: ['444455556666'] });
  expect(await refusal(west.create(BUCKET, { bucket: 'kakehashi-files' }))).toBe(
    'BucketAlreadyOwnedByYou: Your previous request to create the named bucket succeeded and you already own it.: It is in ap-northeast-1.',
  );
  expect(await refusal(other.create(BUCKET, { bucket: 'kakehashi-files' }))).toMatch(
    /^BucketAlreadyExists: /,
  );
  expect(await refusal(aws.create(BUCKET, { bucket: 'Kakehashi' }))).not.toBe('accepted');
});

it('keeps a bucket with objects, unless it is to be emptied', async () => {
  const [kept, emptied] = [
    await aws.create(BUCKET, { bucket: 'kakehashi-kept' }),
    await aws.create(BUCKET, { bucket: 'kakehashi-emptied', force_destroy: true }),
  ];
  const object = (bucket: string): ObjectValue => ({ bucket, key: 'a/b', content: 'hello' });
  const [one, other] = [
    await aws.create(OBJECT, object('kakehashi-kept')),
    await aws.create(OBJECT, object('kakehashi-emptied')),
  ];
  // Two objects of one key in two buckets are two objects.
  expect(one).toMatchObject({
    id: 'a/b',
    etag: '5d41402abc4b2a76b9719d911017c592',
    bucket: 'kakehashi-kept',
  });
  expect(await refusal(aws.delete(BUCKET, kept))).toBe(
    'BucketNotEmpty: The bucket you tried to delete is not empty',
  );
  expect(await refusal(aws.delete(BUCKET, emptied))).toBe('accepted');
  expect(await aws.read(OBJECT, other)).toBeNull();
  expect(await aws.read(OBJECT, one)).toMatchObject({ bucket: 'kakehashi-kept' });
});

it('refuses what has no bucket, and a public policy that is blocked', async () => {
  await aws.create(BUCKET, { bucket: 'kakehashi-files' });
  await aws.create('aws_s3_bucket_public_access_block', {
    bucket: 'kakehashi-files',
    block_public_policy: true,
  });
  const policy = (Effect: string) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect, Principal: '*', Action: 's3:*', Resource: '*' }],
    });
  const set = (bucket: string, effect: string) =>
    refusal(aws.create('aws_s3_bucket_policy', { bucket, policy: policy(effect) }));
  expect(await set('nothing-there', 'Deny')).toBe('NoSuchBucket: The specified bucket does not exist');
  expect(await set('kakehashi-files', 'Allow')).toMatch(/^AccessDenied: .*BlockPublicPolicy/);
  expect(await set('kakehashi-files', 'Deny')).toBe('accepted');
  expect(await refusal(aws.create(OBJECT, { bucket: 'nothing-there', key: 'a', content: '' }))).toBe(
    'NoSuchBucket: The specified bucket does not exist',
  );
});

it('keeps a write-only value out of the state, and in the cloud', async () => {
  const secret = await aws.create(SECRET, { name: 'token' });
  const version = await aws.create(VERSION, {
    secret_id: secret.id ?? null,
    secret_string_wo: 'first',
    secret_string_wo_version: 1,
  });
  expect(JSON.stringify(version)).not.toContain('first');
  expect(version).toMatchObject({ has_secret_string_wo: true, version_stages: ['AWSCURRENT'] });
  const stored = () => simulatedSecret(join(cloud.folder, 'objects.jsonl'), String(secret.arn));
  expect(stored()).toBe('first');
  await aws.create(VERSION, { secret_id: secret.id ?? null, secret_string: 'second' });
  expect(stored()).toBe('second');
  expect(await aws.read(VERSION, version)).toMatchObject({ version_stages: ['AWSPREVIOUS'] });
});

it('keeps the name of a deleted secret until its window ends', async () => {
  process.env[CLOCK] = '2030-01-01T00:00:00Z';
  const create = () => aws.create(SECRET, { name: 'token', recovery_window_in_days: 7 });
  const secret = await create();
  expect(await refusal(create())).toMatch(/^ResourceExistsException: |ResourceExistsException/);
  await aws.delete(SECRET, secret);
  expect(await refusal(create())).toBe(
    "InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion.",
  );
  process.env[CLOCK] = '2030-01-08T00:00:00Z';
  expect(await refusal(create())).toBe('accepted');
});

it('forgets a secret without a window at once', async () => {
  const create = () => aws.create(SECRET, { name: 'token', recovery_window_in_days: 0 });
  await aws.delete(SECRET, await create());
  expect(await refusal(create())).toBe('accepted');
});
