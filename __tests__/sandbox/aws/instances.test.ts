import type { ObjectValue } from '../../../sandbox/protocol/values';
import { ComputeCloud, refusal, UBUNTU, UBUNTU_ARM } from './compute-cloud';

jest.setTimeout(60_000);

const INSTANCE = 'aws_instance';

let compute: ComputeCloud;
beforeEach(async () => {
  compute = await ComputeCloud.start();
});
afterEach(() => compute.stop());

const create = (changes: ObjectValue = {}) => compute.aws.create(INSTANCE, compute.instance(changes));

it('launches an instance with what EC2 chooses', async () => {
  const made = await create({ vpc_security_group_ids: [compute.id('group')], key_name: 'node' });
  expect(made).toMatchObject({
    private_ip: '10.0.0.4',
    private_dns: 'ip-10-0-0-4.ap-northeast-1.compute.internal',
    instance_state: 'running',
    availability_zone: 'ap-northeast-1a',
    cpu_core_count: 1,
    cpu_threads_per_core: 2,
    primary_network_interface_id: expect.stringMatching(/^eni-[0-9a-f]{17}$/),
    root_block_device: [
      expect.objectContaining({
        device_name: '/dev/sda1',
        volume_size: 8,
        volume_type: 'gp3',
        iops: 3000,
        throughput: 125,
        volume_id: expect.stringMatching(/^vol-[0-9a-f]{17}$/),
      }),
    ],
  });
  expect(made.id).toMatch(/^i-[0-9a-f]{17}$/);
});

it('gives the default group of the VPC to an instance without groups', async () => {
  const made = await create();
  expect(made.vpc_security_group_ids).toEqual([compute.state('vpc').default_security_group_id]);
});

it('holds the digest of user data in the state', async () => {
  const made = await create({ user_data: '#!/bin/sh\n' });
  // printf '#!/bin/sh\n' | sha1sum
  expect(made.user_data).toBe('bd971bec88149956458a10fc9c5ecb3eb99dd452');
});

it.each<[string, () => ObjectValue, string]>([
  [
    'a subnet that does not exist',
    () => ({ subnet_id: 'subnet-0123456789abcdef0' }),
    "InvalidSubnetID.NotFound: The subnet ID 'subnet-…' does not exist",
  ],
  [
    'no subnet',
    () => ({ subnet_id: null }),
    'VPCIdNotSpecified: No default VPC for this user: The sandbox has no default VPCs; name a subnet.',
  ],
  [
    'a group that does not exist',
    () => ({ vpc_security_group_ids: ['sg-0123456789abcdef0'] }),
    "InvalidGroup.NotFound: The security group 'sg-…' does not exist",
  ],
  [
    'a group of another network',
    () => ({ vpc_security_group_ids: [compute.id('other group')] }),
    'InvalidParameter: Security group sg-… and subnet subnet-… belong to different networks.',
  ],
  [
    'an image that does not exist',
    () => ({ ami: 'ami-0123456789abcdef0' }),
    "InvalidAMIID.NotFound: The image id '[ami-…]' does not exist: The sandbox has made-up images alone: those of public SSM parameters, and what a search by name finds.",
  ],
  [
    'an image of another form',
    () => ({ ami: 'ubuntu' }),
    'InvalidAMIID.Malformed: Invalid id: "ubuntu" (expecting "ami-...")',
  ],
  [
    'a key pair that does not exist',
    () => ({ key_name: 'nobody' }),
    "InvalidKeyPair.NotFound: The key pair 'nobody' does not exist",
  ],
  [
    'a profile that does not exist',
    () => ({ iam_instance_profile: 'nobody' }),
    'InvalidParameterValue: Value (nobody) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name',
  ],
  [
    'a placement group that does not exist',
    () => ({ placement_group: 'nowhere' }),
    "InvalidPlacementGroup.Unknown: The Placement Group 'nowhere' is unknown.",
  ],
  [
    'a template that does not exist',
    () => ({ launch_template: [{ id: 'lt-0123456789abcdef0' }] }),
    'InvalidLaunchTemplateId.NotFound: The specified launch template, with template ID lt-…, does not exist.',
  ],
  [
    'an instance type of another form',
    () => ({ instance_type: 'large' }),
    "InvalidParameterValue: Invalid value 'large' for InstanceType.",
  ],
  [
    'an image for another processor',
    () => ({ ami: UBUNTU_ARM }),
    "InvalidParameterValue: The architecture 'x86_64' of the specified instance type does not match the architecture 'arm64' of the specified AMI. Specify an instance type and an AMI that have matching architectures, and try again.",
  ],
  ['a Graviton type with its image', () => ({ ami: UBUNTU_ARM, instance_type: 'm7g.medium' }), 'accepted'],
  [
    'an address outside of the subnet',
    () => ({ private_ip: '10.0.1.5' }),
    "InvalidParameterValue: Address 10.0.1.5 does not fall within the subnet's address range",
  ],
  [
    'the fourth address of the subnet',
    () => ({ private_ip: '10.0.0.3' }),
    "InvalidParameterValue: Address 10.0.0.3 is in subnet's reserved address range",
  ],
  [
    'the last address of the subnet',
    () => ({ private_ip: '10.0.0.15' }),
    "InvalidParameterValue: Address 10.0.0.15 is in subnet's reserved address range",
  ],
  ['the fifth address of the subnet', () => ({ private_ip: '10.0.0.4' }), 'accepted'],
  [
    'a root volume smaller than its image',
    () => ({ root_block_device: [{ volume_size: 4 }] }),
    "InvalidBlockDeviceMapping: Volume of size 4GB is smaller than snapshot 'snap-1b0e19acf81f79a2c', expect size >= 8GB",
  ],
  ['16,384 bytes of user data', () => ({ user_data: `#${'x'.repeat(16382)}\n` }), 'accepted'],
  [
    '16,385 bytes of user data',
    () => ({ user_data: `#${'x'.repeat(16383)}\n` }),
    'InvalidParameterValue: User data is limited to 16384 bytes: It has 16385 bytes before Base64.',
  ],
  [
    '16,385 bytes in Base64',
    () => ({ user_data_base64: Buffer.alloc(16385).toString('base64') }),
    'InvalidParameterValue: User data is limited to 16384 bytes: It has 16385 bytes before Base64.',
  ],
  [
    'a one-time spot instance that stops',
    () => ({
      instance_market_options: [
        {
          market_type: 'spot',
          spot_options: [{ instance_interruption_behavior: 'stop', spot_instance_type: 'one-time' }],
        },
      ],
    }),
    "InvalidParameterCombination: The request with type 'one-time' is not supported when instanceInterruptionBehavior is set to 'stop'.",
  ],
])('AWS answers to %s', async (_name, changes, message) => {
  const answer = await refusal(create(changes()));
  expect(answer.replace(/snap-[0-9a-f]{17}/, 'snap-1b0e19acf81f79a2c')).toBe(message);
});

it('refuses an address in use, and frees that of an instance that ends', async () => {
  const first = await create({ private_ip: '10.0.0.10' });
  expect(await refusal(create({ private_ip: '10.0.0.10' }))).toBe(
    'InvalidIPAddress.InUse: Address 10.0.0.10 is in use.',
  );
  await compute.aws.delete(INSTANCE, first);
  expect(await refusal(create({ private_ip: '10.0.0.10' }))).toBe('accepted');
});

it('has as many instances as a subnet has free addresses', async () => {
  await compute.aws.create('aws_network_interface', {
    subnet_id: compute.id('subnet'),
    private_ips: ['10.0.0.4'],
  });
  const made = [];
  for (let count = 0; count < 10; count++) made.push(await create());
  expect(made.map(({ private_ip }) => private_ip)).toEqual(
    Array.from({ length: 10 }, (_, index) => `10.0.0.${index + 5}`),
  );
  expect(await refusal(create())).toBe(
    "InsufficientFreeAddressesInSubnet: There are not enough free addresses in subnet 'subnet-…' to satisfy the requested number of instances.",
  );
});

it('holds its subnet, group and placement group, and its role not', async () => {
  await compute.make('near', 'aws_placement_group', { name: 'near', strategy: 'cluster' });
  const made = await create({
    vpc_security_group_ids: [compute.id('group')],
    placement_group: 'near',
    iam_instance_profile: 'node',
  });
  const answers = async () => [
    await refusal(compute.aws.delete('aws_subnet', compute.state('subnet'))),
    await refusal(compute.aws.delete('aws_security_group', compute.state('group'))),
    await refusal(compute.aws.delete('aws_placement_group', compute.state('near'))),
    await refusal(compute.aws.delete('aws_vpc', compute.state('vpc'))),
  ];
  expect(await answers()).toEqual([
    "DependencyViolation: The subnet 'subnet-…' has dependencies and cannot be deleted.",
    'DependencyViolation: resource sg-… has a dependent object',
    "InvalidPlacementGroup.InUse: The placement group 'near' is in use and may not be deleted.",
    "DependencyViolation: The vpc 'vpc-…' has dependencies and cannot be deleted.",
  ]);
  await compute.aws.delete(INSTANCE, made);
  expect(await answers()).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
});

it('does not end an instance that is protected from it', async () => {
  const made = await create({ disable_api_termination: true });
  expect(await refusal(compute.aws.delete(INSTANCE, made))).toBe(
    "OperationNotPermitted: The instance 'i-…' may not be terminated. Modify its 'disableApiTermination' instance attribute and try again.",
  );
});

it('changes the type in place, but not that of a one-time spot instance, which cannot be stopped', async () => {
  const spot = { instance_market_options: [{ market_type: 'spot' }] };
  const [plain, once] = [await create(), await create(spot)];
  const bigger = { instance_type: 'm7i.xlarge' };
  const changed = await compute.aws.update(INSTANCE, plain, compute.instance(bigger));
  expect(changed).toMatchObject({ id: plain.id, instance_type: 'm7i.xlarge' });
  expect(await refusal(compute.aws.update(INSTANCE, once, compute.instance({ ...spot, ...bigger })))).toBe(
    "UnsupportedOperation: You can't stop the Spot Instance 'i-…' because it is associated with a one-time Spot Instance request. You can only stop Spot Instances associated with persistent Spot Instance requests.",
  );
});

it.each([
  ['user data where that is asked for', { user_data: 'b', user_data_replace_on_change: true }, ['user_data']],
  ['user data', { user_data: 'b' }, []],
  ['the type', { user_data: 'a', instance_type: 'm7i.xlarge' }, []],
  ['the image', { user_data: 'a', ami: 'ami-0123456789abcdef0' }, ['ami']],
  [
    'a further disk',
    { user_data: 'a', ebs_block_device: [{ device_name: '/dev/sdg', volume_size: 1 }] },
    ['ebs_block_device'],
  ],
])('a change of %s replaces the instance, or does not', async (_name, changes, replaces) => {
  const before = compute.instance({ user_data: 'a' });
  const made = await compute.aws.create(INSTANCE, before);
  const plan = await compute.aws.plan(INSTANCE, made, compute.instance(changes));
  expect(plan.replaces).toEqual(replaces);
});

it('attaches volumes of its zone, each once', async () => {
  const made = await create();
  const volume = { availability_zone: 'ap-northeast-1a', size: 10, type: 'gp3' };
  const [one, far] = [
    await compute.aws.create('aws_ebs_volume', volume),
    await compute.aws.create('aws_ebs_volume', { ...volume, availability_zone: 'ap-northeast-1c' }),
  ];
  const attach = (volume_id: ObjectValue[string], device_name: string) =>
    compute.aws.create('aws_volume_attachment', { device_name, volume_id, instance_id: made.id ?? null });
  const attachment = await attach(one.id ?? null, '/dev/sdf');
  expect(await refusal(attach(far.id ?? null, '/dev/sdg'))).toBe(
    "InvalidVolume.ZoneMismatch: The volume 'vol-…' is not in the same availability zone as instance 'i-…'",
  );
  expect(await refusal(attach(one.id ?? null, '/dev/sdg'))).toBe(
    'VolumeInUse: vol-… is already attached to an instance',
  );
  expect(await refusal(compute.aws.delete('aws_ebs_volume', one))).toBe(
    'VolumeInUse: Volume vol-… is currently attached to i-…',
  );
  expect(await compute.aws.read(INSTANCE, made)).toMatchObject({
    ebs_block_device: [{ device_name: '/dev/sdf', volume_id: one.id }],
  });
  // An instance that ends lets go of its volumes.
  await compute.aws.delete(INSTANCE, made);
  expect(await compute.aws.read('aws_volume_attachment', attachment)).toBeNull();
  expect(await refusal(compute.aws.delete('aws_ebs_volume', one))).toBe('accepted');
});

it.each([
  [
    'a name that is taken',
    { key_name: 'node', public_key: 'ssh-ed25519 AAAA' },
    "InvalidKeyPair.Duplicate: The keypair 'node' already exists.",
  ],
  [
    'a key that is none',
    { key_name: 'a', public_key: 'ssh-ed25519 AAAA' },
    'InvalidKey.Format: Key is not in valid OpenSSH public key format',
  ],
  [
    'a key of another kind',
    { key_name: 'a', public_key: 'ecdsa-sha2-nistp256 AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY=' },
    'InvalidKey.Format: Key is not in valid OpenSSH public key format',
  ],
])('AWS answers to a key pair with %s', async (_name, config, message) => {
  expect(await refusal(compute.aws.create('aws_key_pair', config))).toBe(message);
});

it('finds images by their SSM parameter and by name', async () => {
  const read = (type: string, config: ObjectValue) => compute.aws.readData(type, config);
  const parameter = '/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id';
  expect(await read('aws_ssm_parameter', { name: parameter })).toMatchObject({
    value: UBUNTU,
    insecure_value: UBUNTU,
    arn: `arn:aws:ssm:ap-northeast-1::parameter${parameter}`,
  });
  const named = { owners: ['099720109477'], filter: [{ name: 'name', values: ['*-24.04-amd64-*'] }] };
  expect(await read('aws_ami', named)).toMatchObject({
    id: UBUNTU,
    architecture: 'x86_64',
    root_device_name: '/dev/sda1',
  });
  expect(await read('aws_ami', { owners: ['amazon'], most_recent: true })).toMatchObject({
    owner_id: '137112412989',
  });
  await expect(read('aws_ssm_parameter', { name: '/nothing/there' })).rejects.toThrow(
    "reading SSM Parameter (/nothing/there): couldn't find resource",
  );
  await expect(read('aws_ami', { owners: ['amazon'] })).rejects.toThrow(
    'Your query returned more than one result.',
  );
  await expect(read('aws_ami', { owners: ['self'] })).rejects.toThrow('Your query returned no results.');
});

it('refuses a role with policies, and takes one out of its profiles', async () => {
  const policy_arn = 'arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore';
  const attached = await compute.aws.create('aws_iam_role_policy_attachment', { role: 'node', policy_arn });
  expect(await refusal(compute.aws.delete('aws_iam_role', compute.state('role')))).toBe(
    'DeleteConflict: Cannot delete entity, must detach all policies first.',
  );
  await compute.aws.delete('aws_iam_role_policy_attachment', attached);
  await compute.aws.delete('aws_iam_role', compute.state('role'));
  expect(await compute.aws.read('aws_iam_instance_profile', compute.state('profile'))).toMatchObject({
    role: '',
  });
  expect(await refusal(create({ iam_instance_profile: 'node' }))).toMatch(/has no associated IAM Roles$/);
});
