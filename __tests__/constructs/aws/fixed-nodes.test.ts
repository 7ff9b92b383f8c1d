import '../../../stacks/fast-tokens';
import type { FixedNodesProps } from '../../../constructs/aws/fixed-nodes';
import { NodeImage } from '../../../constructs/aws/node-image';
import { Lease } from '../../../constructs/lease';
import { only, plainAddresses, type Synthesized, synthesized } from '../../support/synthesized';
import { fixedNodes } from './node-constructs';

const build = (props: Partial<FixedNodesProps> = {}): Synthesized =>
  synthesized((stack) => {
    fixedNodes(stack, props);
  });

describe('fixed nodes', () => {
  it('are one instance for each key, closed to the outside and gone when they shut down', () => {
    const synth = build();
    expect(plainAddresses(synth)).toEqual(['aws_instance.Nodes']);
    expect(only(synth, 'aws_instance')).toEqual({
      ami: 'ami-0123456789abcdef0',
      associate_public_ip_address: false,
      for_each: expect.stringMatching(
        /^\$\{\{for key, node in local\.Nodes_All_\w+ : key => node if !contains\(var\.ended, key\)\}\}$/,
      ),
      iam_instance_profile: 'existing',
      instance_initiated_shutdown_behavior: 'terminate',
      instance_type: 'm7i.large',
      lifecycle: {},
      metadata_options: {
        http_endpoint: 'enabled',
        http_put_response_hop_limit: 1,
        http_tokens: 'required',
        instance_metadata_tags: 'enabled',
      },
      root_block_device: {
        delete_on_termination: true,
        encrypted: true,
        tags: { Name: 'dev-workers-${each.key}', 'kakehashi:node': '${each.key}' },
        volume_size: 16,
        volume_type: 'gp3',
      },
      subnet_id: 'subnet-0123456789abcdef0',
      tags: { Name: 'dev-workers-${each.key}', 'kakehashi:node': '${each.key}' },
      user_data_base64: 'IyEvYmluL3NoCg==',
      user_data_replace_on_change: true,
      vpc_security_group_ids: ['sg-0123456789abcdef0'],
    });
    expect(Object.values(synth.locals ?? {})).toEqual([{ n1: { address: null }, n2: { address: null } }]);
    expect(synth.variable).toEqual({
      ended: {
        default: [],
        description: 'Nodes that ended by themselves and are not made anew',
        nullable: false,
        type: 'list(string)',
      },
    });
  });

  it('have addresses of their own, and leave public ones to a subnet that gives none', () => {
    const synth = build({
      nodes: { '10.1.1.10': { address: '10.1.1.10' }, b: {} },
      isPrivateSubnet: true,
      metadataHops: 2,
      placementGroup: 'near',
      rootVolume: { sizeGb: 100, type: 'io2', kmsKeyId: 'arn:aws:kms:ap-northeast-1:123456789012:key/a' },
      tags: { owner: 'me' },
    });
    const instance = only(synth, 'aws_instance');
    expect(instance).toMatchObject({
      private_ip: '${each.value.address}',
      placement_group: 'near',
      root_block_device: {
        iops: 300,
        kms_key_id: 'arn:aws:kms:ap-northeast-1:123456789012:key/a',
        tags: { owner: 'me' },
      },
      metadata_options: { http_put_response_hop_limit: 2 },
    });
    expect(instance).not.toHaveProperty('associate_public_ip_address');
    expect(Object.values(synth.locals ?? {})).toEqual([
      { '10.1.1.10': { address: '10.1.1.10' }, b: { address: null } },
    ]);
  });

  it('are none after the end of their lease', () => {
    const synth = synthesized((stack) => {
      Lease.nowVariable(stack);
      fixedNodes(stack, { lease: new Lease(stack, 'Lease', { seconds: 600 }) });
    });
    expect(only(synth, 'aws_instance').for_each).toMatch(
      /if !contains\(var\.ended, key\) && \(timecmp\(timeadd\(terraform_data\.Lease_\w+\.input, "600s"\), coalesce\(var\.now, plantimestamp\(\)\)\) > 0\)\}\}$/,
    );
  });

  it('keep the image that was the newest at their birth', () => {
    const synth = build({ image: NodeImage.ubuntu('arm64') });
    expect(only(synth, 'aws_instance')).toMatchObject({
      ami: expect.stringMatching(/^\$\{data\.aws_ssm_parameter\.Nodes_Image_\w+\.insecure_value\}$/),
      lifecycle: { ignore_changes: ['ami'] },
    });
    expect(Object.values(synth.data?.aws_ssm_parameter ?? {})).toEqual([
      { name: '/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id' },
    ]);
  });

  it('of spot are asked for once, and replaced where another type is meant, because they can not be stopped', () => {
    const synth = build({ spot: { maxPrice: '0.05' } });
    expect(plainAddresses(synth)).toEqual(['aws_instance.Nodes', 'terraform_data.Nodes_Type']);
    expect(only(synth, 'terraform_data')).toEqual({ input: 'm7i.large' });
    expect(only(synth, 'aws_instance')).toMatchObject({
      instance_market_options: {
        market_type: 'spot',
        spot_options: {
          instance_interruption_behavior: 'terminate',
          max_price: '0.05',
          spot_instance_type: 'one-time',
        },
      },
      lifecycle: { replace_triggered_by: [expect.stringMatching(/^terraform_data\.Nodes_Type_\w+$/)] },
    });
  });

  it.each<[string, Partial<FixedNodesProps>, string]>([
    ['no node', { nodes: {} }, 'nodes: must have at least one, got none'],
    [
      'a key with a slash',
      { nodes: { 'a/b': {} } },
      'nodes: must have keys of 1 to 64 characters of A-Z a-z 0-9 . _ -, got "a/b"',
    ],
    ['a long name', { name: 'a'.repeat(51) }, 'name: must be 1 to 50 characters'],
    ['a subnet that is none', { subnetId: 'vpc-1' }, 'subnetId: must be an id like subnet-0123456789abcdef0'],
    ['no security group', { securityGroupIds: [] }, 'securityGroupIds: must name at least one, got none'],
    [
      'an image that is none',
      { image: NodeImage.fromId('i-1') },
      'image: must be an id like ami-0123456789abcdef0',
    ],
    [
      'user data of 16385 bytes',
      { userDataBase64: Buffer.alloc(16_385).toString('base64') },
      'userDataBase64: must be at most 16384 bytes before Base64, got 16385',
    ],
  ])('refuse %s', (_, props, message) => {
    expect(() => build(props)).toThrow(message);
  });

  it('take 16384 bytes of user data', () => {
    expect(() => build({ userDataBase64: Buffer.alloc(16_384).toString('base64') })).not.toThrow();
  });
});
