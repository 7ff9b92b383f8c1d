import { type Attributes, filled, flag, objects, text, texts } from '../../provider/attributes';
import { AwsError, invalidParameter } from '../aws-error';
import type { Cloud, CloudObject } from '../cloud';
import { requireSubnet } from '../network';
import { QUOTAS } from '../quotas';
import type { Created } from '../rules';
import { furtherDevices, rootDevice } from './block-devices';
import { requireImage } from './images';
import { checkType, threadsOf, vcpusOf } from './instance-types';
import { checkGroups, defaultGroups, newAddress, privateDnsName } from './subnet-addresses';

/** Whether an instance is a spot instance. */
export function isSpot(attributes: Attributes): boolean {
  return objects(attributes, 'instance_market_options').some(
    (options) => text(options, 'market_type') === 'spot',
  );
}

/** Checks what an instance refers to beside its network. @throws {@link AwsError} as EC2 does */
export function checkReferences(cloud: Cloud, request: Attributes): void {
  const [key, profile, group] = ['key_name', 'iam_instance_profile', 'placement_group'].map((name) =>
    text(request, name),
  );
  if (key)
    cloud.require(['aws_key_pair'], key, 'InvalidKeyPair.NotFound', `The key pair '${key}' does not exist`);
  if (profile) checkProfile(cloud, profile);
  if (group)
    cloud.require(
      ['aws_placement_group'],
      group,
      'InvalidPlacementGroup.Unknown',
      `The Placement Group '${group}' is unknown.`,
    );
}

/** @param profile the name of an instance profile, or its ARN */
function checkProfile(cloud: Cloud, profile: string): void {
  const found = cloud
    .everywhere('aws_iam_instance_profile')
    .find(({ attributes }) => [text(attributes, 'name'), text(attributes, 'arn')].includes(profile));
  if (found === undefined)
    throw invalidParameter(
      `Value (${profile}) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name`,
    );
  if (text(found.attributes, 'role') === '')
    throw invalidParameter(
      `IAM Instance Profile "${text(found.attributes, 'arn')}" has no associated IAM Roles`,
    );
}

function checkQuota(cloud: Cloud, type: string): void {
  const used = cloud
    .all('aws_instance')
    .filter(({ attributes }) => !isSpot(attributes))
    .reduce((sum, { attributes }) => sum + vcpusOf(text(attributes, 'instance_type')), 0);
  if (used + vcpusOf(type) > QUOTAS.vcpus)
    throw new AwsError(
      'VcpuLimitExceeded',
      `You have requested more vCPU capacity than your current vCPU limit of ${QUOTAS.vcpus} allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.`,
    );
}

/** The options of the spot market with what EC2 fills in; none for an instance on demand. */
function marketOptions(request: Attributes): readonly Attributes[] {
  return objects(request, 'instance_market_options').map((options) => {
    const [spot = {}] = objects(options, 'spot_options');
    const behaviour = text(spot, 'instance_interruption_behavior') || 'terminate';
    const type = text(spot, 'spot_instance_type') || 'one-time';
    if (type === 'one-time' && behaviour !== 'terminate')
      throw new AwsError(
        'InvalidParameterCombination',
        `The request with type 'one-time' is not supported when instanceInterruptionBehavior is set to '${behaviour}'.`,
      );
    const filledIn = {
      instance_interruption_behavior: behaviour,
      max_price: '',
      spot_instance_type: type,
      valid_until: '',
    };
    return {
      ...options,
      market_type: text(options, 'market_type') || 'spot',
      spot_options: [filled(spot, filledIn)],
    };
  });
}

/** The network interface that the request names in the place of a subnet. */
function givenInterface(cloud: Cloud, request: Attributes): CloudObject | undefined {
  const [first] = objects(request, 'network_interface');
  if (first === undefined) return undefined;
  const id = text(first, 'network_interface_id');
  const message = `The networkInterface ID '${id}' does not exist`;
  const card = cloud.require(['aws_network_interface'], id, 'InvalidNetworkInterfaceID.NotFound', message);
  const isUsed = cloud
    .all('aws_instance')
    .some(({ attributes }) => text(attributes, 'primary_network_interface_id') === id);
  if (isUsed) throw new AwsError('InvalidNetworkInterface.InUse', `Interface: [${id}] in use.`);
  return card;
}

function networkOf(cloud: Cloud, id: string, request: Attributes): Attributes {
  const card = givenInterface(cloud, request);
  const subnetId = text(card?.attributes ?? request, 'subnet_id');
  if (subnetId === '')
    throw new AwsError(
      'VPCIdNotSpecified',
      'No default VPC for this user',
      'The sandbox has no default VPCs; name a subnet.',
    );
  const subnet = requireSubnet(cloud, subnetId);
  const wanted =
    card === undefined ? texts(request, 'vpc_security_group_ids') : texts(card.attributes, 'security_groups');
  checkGroups(cloud, subnet, wanted);
  const address =
    card === undefined
      ? newAddress(cloud, subnet, text(request, 'private_ip'))
      : text(card.attributes, 'private_ip');
  return {
    subnet_id: subnetId,
    availability_zone: text(subnet.attributes, 'availability_zone'),
    private_ip: address,
    private_dns: privateDnsName(cloud.region, address),
    primary_network_interface_id: card?.id ?? cloud.newId('eni', { id }),
    vpc_security_group_ids: wanted.length > 0 ? wanted : defaultGroups(cloud, subnet),
    associate_public_ip_address:
      request.associate_public_ip_address ?? flag(subnet.attributes, 'map_public_ip_on_launch'),
  };
}

const METADATA: Attributes = {
  http_endpoint: 'enabled',
  http_protocol_ipv6: 'disabled',
  http_put_response_hop_limit: 2,
  http_tokens: 'required',
  instance_metadata_tags: 'disabled',
};

/** An instance that EC2 launches. @throws {@link AwsError} if it refuses */
export function launched(cloud: Cloud, request: Attributes): Created {
  const image = requireImage(cloud, text(request, 'ami'));
  const type = text(request, 'instance_type');
  checkType(type, image.architecture);
  checkReferences(cloud, request);
  const market = marketOptions(request);
  if (market.length === 0) checkQuota(cloud, type);
  const id = cloud.newId('i', request);
  const [metadata = {}] = objects(request, 'metadata_options');
  const own = {
    ...request,
    ...networkOf(cloud, id, request),
    root_block_device: [rootDevice(cloud, id, image, request)],
    ebs_block_device: furtherDevices(cloud, id, request),
    metadata_options: [filled(metadata, METADATA)],
    instance_market_options: market,
  };
  const attributes = filled(own, {
    ...computed(type),
    arn: cloud.arn('ec2', `instance/${id}`),
    instance_lifecycle: market.length > 0 ? 'spot' : '',
    spot_instance_request_id: market.length > 0 ? `sir-${id.slice(2, 10)}` : '',
  });
  return { id, attributes };
}

/** What a state has of an instance for which nothing of it is configured. */
function computed(type: string): Attributes {
  const [cores, threads] = [vcpusOf(type) / threadsOf(type), threadsOf(type)];
  const isBurstable = /^t\d/.test(type);
  return {
    capacity_reservation_specification: [
      { capacity_reservation_preference: 'open', capacity_reservation_target: [] },
    ],
    cpu_core_count: cores,
    cpu_threads_per_core: threads,
    cpu_options: [{ amd_sev_snp: '', core_count: cores, threads_per_core: threads }],
    credit_specification: isBurstable
      ? [{ cpu_credits: type.startsWith('t2') ? 'standard' : 'unlimited' }]
      : [],
    disable_api_stop: false,
    disable_api_termination: false,
    ebs_optimized: false,
    enclave_options: [{ enabled: false }],
    ephemeral_block_device: [],
    hibernation: false,
    host_id: '',
    iam_instance_profile: '',
    instance_initiated_shutdown_behavior: 'stop',
    instance_state: 'running',
    ipv6_address_count: 0,
    ipv6_addresses: [],
    key_name: '',
    launch_template: [],
    maintenance_options: [{ auto_recovery: 'default' }],
    monitoring: false,
    network_interface: [],
    outpost_arn: '',
    password_data: '',
    placement_group: '',
    placement_partition_number: 0,
    private_dns_name_options: [
      {
        enable_resource_name_dns_a_record: false,
        enable_resource_name_dns_aaaa_record: false,
        hostname_type: 'ip-name',
      },
    ],
    public_dns: '',
    public_ip: '',
    secondary_private_ips: [],
    security_groups: [],
    source_dest_check: true,
    tenancy: 'default',
  };
}
