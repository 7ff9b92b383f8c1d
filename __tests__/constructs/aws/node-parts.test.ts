import '../../../stacks/fast-tokens';
import { type NodeDiskProps, NodeDisks } from '../../../constructs/aws/node-disks';
import { NodeProfile } from '../../../constructs/aws/node-profile';
import { PrivateObject } from '../../../constructs/aws/private-object';
import { StoredSecrets } from '../../../constructs/aws/stored-secrets';
import { at, only, plainAddresses, type Synthesized, synthesized } from '../../support/synthesized';
import { fixedNodes } from './node-constructs';

const statements = (synth: Synthesized, name: string): unknown =>
  JSON.parse(String(at(synth, 'aws_iam_role_policy', name)?.policy)).Statement;

describe('disks of nodes', () => {
  const build = (disks: Readonly<Record<string, NodeDiskProps>>, spot = false) =>
    synthesized((stack) => {
      new NodeDisks(stack, 'Disks', {
        nodes: fixedNodes(stack),
        nodeName: 'dev-workers',
        zone: 'ap-northeast-1a',
        disks,
        spot,
        tags: { owner: 'me' },
      });
    });
  const volume = { sizeGb: 20, type: 'gp3' };

  it('come and go with their node, or stay for ever', () => {
    const synth = build({
      data: { device: '/dev/sdf', volume: { ...volume, keep: true } },
      scratch: { device: '/dev/sdg', volume: { ...volume, keep: false } },
      old: { device: '/dev/sdh', volume: { id: 'vol-0123456789abcdef0' } },
    });
    expect(plainAddresses(synth)).toEqual([
      'aws_ebs_volume.Disks_data',
      'aws_ebs_volume.Disks_scratch',
      'aws_instance.Nodes',
      'aws_volume_attachment.Disks_data-Attachment',
      'aws_volume_attachment.Disks_old-Attachment',
      'aws_volume_attachment.Disks_scratch-Attachment',
    ]);
    expect(at(synth, 'aws_ebs_volume', 'Disks_data')).toEqual({
      availability_zone: 'ap-northeast-1a',
      encrypted: true,
      for_each: expect.stringMatching(/^\$\{local\.Nodes_All_\w+\}$/),
      lifecycle: { prevent_destroy: true },
      size: 20,
      tags: {
        Name: 'dev-workers-${each.key}-data',
        'kakehashi:node': '${each.key}',
        owner: 'me',
      },
      type: 'gp3',
    });
    expect(at(synth, 'aws_ebs_volume', 'Disks_scratch')).toMatchObject({
      for_each: expect.stringContaining('!contains(var.ended, key)'),
      lifecycle: {},
    });
    expect(at(synth, 'aws_volume_attachment', 'Disks_data-Attachment')).toEqual({
      device_name: '/dev/sdf',
      for_each: expect.stringContaining('!contains(var.ended, key)'),
      instance_id: expect.stringMatching(/^\$\{aws_instance\.Nodes_\w+\[each\.key\]\.id\}$/),
      stop_instance_before_detaching: true,
      volume_id: expect.stringMatching(/^\$\{aws_ebs_volume\.Disks_data_\w+\[each\.key\]\.id\}$/),
    });
    expect(at(synth, 'aws_volume_attachment', 'Disks_old-Attachment')).toMatchObject({
      volume_id: 'vol-0123456789abcdef0',
    });
  });

  it('of spot instances go with the instance, which can not be stopped', () => {
    const attachment = only(
      build({ data: { device: '/dev/sdf', volume: { ...volume, keep: false } } }, true),
      'aws_volume_attachment',
    );
    expect(attachment).toMatchObject({ skip_destroy: true });
    expect(attachment).not.toHaveProperty('stop_instance_before_detaching');
  });

  it.each<[string, Readonly<Record<string, NodeDiskProps>>, string]>([
    [
      'one device for two',
      {
        a: { device: '/dev/sdf', volume: { ...volume, keep: false } },
        b: { device: '/dev/sdf', volume: { ...volume, keep: false } },
      },
      'disks: must have a device each, got /dev/sdf, /dev/sdf',
    ],
    [
      'a volume that is none',
      { a: { device: '/dev/sdf', volume: { id: 'v-1' } } },
      'disks: must be an id like vol-0123456789abcdef0 or a token, got "v-1"',
    ],
  ])('refuse %s', (_, disks, message) => {
    expect(() => build(disks)).toThrow(message);
  });
});

describe('a profile', () => {
  it('may do nothing until it is granted, within a boundary', () => {
    const synth = synthesized((stack) => {
      new NodeProfile(stack, 'Profile', {
        name: 'dev-nodes-workers',
        permissionsBoundary: 'arn:aws:iam::123456789012:policy/boundary',
      });
    });
    expect(plainAddresses(synth)).toEqual(['aws_iam_instance_profile.Profile', 'aws_iam_role.Profile_Role']);
    const role = only(synth, 'aws_iam_role');
    expect(role).toMatchObject({
      name: 'dev-nodes-workers',
      permissions_boundary: 'arn:aws:iam::123456789012:policy/boundary',
    });
    expect(JSON.parse(String(role.assume_role_policy)).Statement).toEqual([
      { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' } },
    ]);
  });

  it('opens sessions without the right to read parameters', () => {
    const synth = synthesized((stack) => {
      new NodeProfile(stack, 'Profile', { name: 'a' }).grantSessions();
    });
    expect(statements(synth, 'Profile_Sessions')).toEqual([
      {
        Action: [
          'ssm:UpdateInstanceInformation',
          'ssmmessages:CreateControlChannel',
          'ssmmessages:CreateDataChannel',
          'ssmmessages:OpenControlChannel',
          'ssmmessages:OpenDataChannel',
        ],
        Effect: 'Allow',
        Resource: '*',
      },
    ]);
  });
});

describe('a private object', () => {
  const build = (bucket: string) =>
    synthesized((stack) => {
      const profile = new NodeProfile(stack, 'Profile', { name: 'a' });
      new PrivateObject(stack, 'Script', { bucket, key: 'abc', contentBase64: 'YQ==' }).grantRead(profile);
    });

  it('is in a bucket that nobody else reads, and never without TLS', () => {
    const synth = build('dev-nodes-workers-0123456789ab');
    expect(plainAddresses(synth).filter((address) => address.includes('.Script'))).toEqual([
      'aws_s3_bucket.Script_Bucket',
      'aws_s3_bucket_ownership_controls.Script_Ownership',
      'aws_s3_bucket_policy.Script_Policy',
      'aws_s3_bucket_public_access_block.Script_Access',
      'aws_s3_bucket_server_side_encryption_configuration.Script_Encryption',
      'aws_s3_bucket_versioning.Script_Versioning',
      'aws_s3_object.Script',
    ]);
    expect(only(synth, 'aws_s3_bucket')).toEqual({
      bucket: 'dev-nodes-workers-0123456789ab',
      force_destroy: true,
      tags: { Name: 'dev-nodes-workers-0123456789ab' },
    });
    expect(only(synth, 'aws_s3_bucket_public_access_block')).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(JSON.parse(String(only(synth, 'aws_s3_bucket_policy').policy)).Statement).toEqual([
      {
        Action: 's3:*',
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        Effect: 'Deny',
        Principal: '*',
        Resource: [
          expect.stringMatching(/^\$\{aws_s3_bucket\.Script_Bucket_\w+\.arn\}$/),
          expect.stringMatching(/^\$\{aws_s3_bucket\.Script_Bucket_\w+\.arn\}\/\*$/),
        ],
      },
    ]);
    expect(statements(synth, 'Profile_Script')).toEqual([
      {
        Action: 's3:GetObject',
        Effect: 'Allow',
        Resource: expect.stringMatching(
          /^\$\{aws_s3_bucket\.Script_Bucket_\w+\.arn\}\/\$\{aws_s3_object\.Script_\w+\.key\}$/,
        ),
      },
    ]);
  });

  it.each(['a', 'Dev', 'a-', 'a.b', 'a'.repeat(64)])('refuses the bucket %s', (bucket) => {
    expect(() => build(bucket)).toThrow('bucket: must be 3 to 63 characters of a-z 0-9 -');
  });
});

describe('stored secrets', () => {
  const build = (version: number) =>
    synthesized((stack) => {
      const profile = new NodeProfile(stack, 'Profile', { name: 'a' });
      StoredSecrets.valuesVariable(stack);
      const secrets = { 'registry-user': { value: 'workers/registry-user', version } };
      new StoredSecrets(stack, 'Secrets', { name: 'dev-nodes-workers', secrets }).grantRead(profile);
    });

  it('have their values from an ephemeral variable, and need a Terraform that knows write-only attributes', () => {
    const synth = build(7);
    expect(only(synth, 'aws_secretsmanager_secret')).toEqual({
      name: 'dev-nodes-workers/registry-user',
      recovery_window_in_days: 0,
      tags: { Name: 'dev-nodes-workers/registry-user' },
    });
    expect(only(synth, 'aws_secretsmanager_secret_version')).toEqual({
      secret_id: expect.stringMatching(/^\$\{aws_secretsmanager_secret\.Secrets_registry-user_\w+\.id\}$/),
      secret_string_wo: '${lookup(var.registry_auth, "workers/registry-user", "")}',
      secret_string_wo_version: 7,
    });
    expect(synth.variable).toEqual({
      registry_auth: {
        default: {},
        description: 'Values of secrets that nodes fetch',
        ephemeral: true,
        nullable: false,
        sensitive: true,
        type: 'map(string)',
      },
    });
    expect(synth.terraform).toMatchObject({ required_version: '>= 1.11.0' });
    expect(statements(synth, 'Profile_Secrets')).toEqual([
      {
        Action: 'secretsmanager:GetSecretValue',
        Effect: 'Allow',
        Resource: [
          expect.stringMatching(/^\$\{aws_secretsmanager_secret\.Secrets_registry-user_\w+\.arn\}$/),
        ],
      },
    ]);
  });

  it('refuse the version 0', () => {
    expect(() => build(0)).toThrow('secrets.registry-user.version: must be a whole number from 1 on, got 0');
  });
});
