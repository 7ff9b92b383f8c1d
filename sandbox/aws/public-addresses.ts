import { type Attributes, filled, text, texts } from '../provider/attributes';
import { addressAt, parseNetwork, size } from '../provider/cidr';
import { numberBelow } from '../provider/derived';
import { AwsError, inStep } from './aws-error';
import type { Cloud, CloudObject } from './cloud';
import { inVpc, requireSubnet } from './network';
import { partitionOf } from './regions';
import type { Rules } from './rules';

/** The NAT gateway that uses an address. */
function userOf(cloud: Cloud, allocation: string): CloudObject | undefined {
  return cloud
    .all('aws_nat_gateway')
    .find(
      ({ attributes }) =>
        text(attributes, 'allocation_id') === allocation ||
        texts(attributes, 'secondary_allocation_ids').includes(allocation),
    );
}

/** A free address of the benchmark range 198.18.0.0/15 (RFC 2544), which is not used on the Internet. */
export function publicAddress(
  cloud: Cloud,
  half: 'tunnels' | 'elastic',
  seed: string,
  taken: readonly string[],
): string {
  const network = { first: half === 'tunnels' ? 0xc6120000 : 0xc6130000, prefix: 16 };
  const start = numberBelow(size(network), seed, cloud.region);
  for (let step = 0; ; step++) {
    const address = addressAt(network, (start + step) % size(network));
    if (!/\.(0|255)$/.test(address) && !taken.includes(address)) return address;
  }
}

function notThere(code: string, noun: string, id: string): AwsError {
  return new AwsError(code, `The ${noun} ID '${id}' does not exist`, `The sandbox simulates no ${noun}s.`);
}

export const elasticIp: Rules = {
  noun: 'EC2 EIP',
  service: 'EC2',
  actions: { create: 'AllocateAddress', delete: 'ReleaseAddress' },
  create(cloud, request) {
    const id = cloud.newId('eipalloc', request);
    const taken = cloud.everywhere('aws_eip').map(({ attributes }) => text(attributes, 'public_ip'));
    const address = publicAddress(cloud, 'elastic', id, taken);
    const { dnsSuffix } = partitionOf(cloud.region);
    const zone = cloud.region === 'us-east-1' ? 'compute-1' : `${cloud.region}.compute`;
    const attributes = filled(request, {
      allocation_id: id,
      arn: cloud.arn('ec2', `elastic-ip/${id}`),
      association_id: '',
      carrier_ip: '',
      customer_owned_ip: '',
      domain: 'vpc',
      instance: '',
      network_border_group: cloud.region,
      network_interface: '',
      private_ip: '',
      ptr_record: '',
      public_dns: `ec2-${address.replaceAll('.', '-')}.${zone}.${dnsSuffix}`,
      public_ip: address,
      public_ipv4_pool: 'amazon',
      vpc: true,
    });
    return { id, attributes };
  },
  // Instances and network interfaces are not simulated, so an address cannot be associated with one.
  finish(_cloud, { id, attributes }, request) {
    const [instance, card] = [text(request, 'instance'), text(request, 'network_interface')];
    inStep({ subject: `associating EC2 EIP (${id})`, action: 'AssociateAddress' }, () => {
      if (instance !== '') throw notThere('InvalidInstanceID.NotFound', 'instance', instance);
      if (card !== '') throw notThere('InvalidNetworkInterfaceID.NotFound', 'networkInterface', card);
    });
    return attributes;
  },
  identity: [],
  remove(cloud, { id, attributes }) {
    if (userOf(cloud, id) === undefined) return;
    // The code is inferred: AWS has it for an address of an instance, and may answer AuthFailure for one of a NAT gateway.
    throw new AwsError('InvalidIPAddress.InUse', `The address '${text(attributes, 'public_ip')}' is in use.`);
  },
  derive(cloud, { id }): Attributes {
    const user = userOf(cloud, id)?.attributes;
    if (user === undefined) return {};
    const { association_id, network_interface_id, private_ip } = user;
    return {
      association_id: association_id ?? '',
      network_interface: network_interface_id ?? '',
      private_ip: private_ip ?? '',
      private_dns: `ip-${String(private_ip ?? '').replaceAll('.', '-')}.${cloud.region === 'us-east-1' ? 'ec2' : `${cloud.region}.compute`}.internal`,
    };
  },
};

export const natGateway: Rules = {
  noun: 'EC2 NAT Gateway',
  service: 'EC2',
  create(cloud, request) {
    const subnetObject = requireSubnet(cloud, text(request, 'subnet_id'));
    const isPublic = text(request, 'connectivity_type') !== 'private';
    const address = isPublic ? allocationFor(cloud, text(request, 'allocation_id')) : undefined;
    const id = cloud.newId('nat', request);
    const network = parseNetwork(text(subnetObject.attributes, 'cidr_block')) ?? { first: 0, prefix: 24 };
    // AWS reserves the first four addresses and the last one of a subnet.
    const privateAddress = addressAt(network, 4 + numberBelow(size(network) - 5, id));
    const attributes = filled(request, {
      association_id: isPublic ? cloud.newId('eipassoc', { id }) : '',
      network_interface_id: cloud.newId('eni', { id }),
      private_ip: privateAddress,
      public_ip: address ?? '',
      secondary_private_ip_address_count: 0,
      secondary_private_ip_addresses: [],
    });
    return { id, attributes };
  },
  // AWS accepts the request; the gateway fails a little later, and stays as a failed one.
  finish(cloud, { id, attributes }, request) {
    const isPublic = text(request, 'connectivity_type') !== 'private';
    const subject = `waiting for EC2 NAT Gateway (${id}) create: unexpected state 'failed', wanted target 'available'`;
    const vpcId = text(requireSubnet(cloud, text(request, 'subnet_id')).attributes, 'vpc_id');
    inStep({ subject }, () => {
      if (isPublic && inVpc(cloud, vpcId, 'aws_internet_gateway').length === 0)
        throw new AwsError('Gateway.NotAttached', `Network ${vpcId} has no Internet gateway attached`);
    });
    return attributes;
  },
};

/** The public address of an allocation that is not in use. */
function allocationFor(cloud: Cloud, allocation: string): string {
  if (allocation === '')
    throw new AwsError('MissingParameter', 'The request must contain the parameter AllocationId');
  const message = `The allocation ID '${allocation}' does not exist`;
  const { attributes } = cloud.require(['aws_eip'], allocation, 'InvalidAllocationID.NotFound', message);
  if (userOf(cloud, allocation) === undefined) return text(attributes, 'public_ip');
  throw new AwsError(
    'Resource.AlreadyAssociated',
    `Elastic IP address [${allocation}] is already associated`,
  );
}
