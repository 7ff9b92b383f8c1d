import { type Attributes, filled, text, texts } from '../provider/attributes';
import { addressAt, size } from '../provider/cidr';
import { numberBelow } from '../provider/derived';
import { AwsError, inStep } from './aws-error';
import type { Cloud, CloudObject } from './cloud';
import { newAddress, privateDnsName, takenAddresses, usableAddresses } from './compute/subnet-addresses';
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

/** The instance that uses an address, as the resource of the address says, or its network interface. */
function cardOf(cloud: Cloud, attributes: Attributes): Attributes | undefined {
  const [instance, card] = [text(attributes, 'instance'), text(attributes, 'network_interface')];
  const found = cloud.find('aws_instance', instance) ?? cloud.find('aws_network_interface', card);
  if (found === undefined) return undefined;
  const private_ip = text(found.attributes, 'private_ip');
  return {
    instance,
    network_interface: text(found.attributes, 'primary_network_interface_id') || card,
    private_ip,
    private_dns: privateDnsName(cloud.region, private_ip),
  };
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
  finish(cloud, { id, attributes }, request) {
    const [instance, card] = [text(request, 'instance'), text(request, 'network_interface')];
    inStep({ subject: `associating EC2 EIP (${id})`, action: 'AssociateAddress' }, () => {
      const named = [
        ['aws_instance', instance, 'InvalidInstanceID.NotFound', 'instance'],
        ['aws_network_interface', card, 'InvalidNetworkInterfaceID.NotFound', 'networkInterface'],
      ] as const;
      for (const [type, wanted, code, noun] of named)
        if (wanted !== '') cloud.require([type], wanted, code, `The ${noun} ID '${wanted}' does not exist`);
    });
    if (instance === '' && card === '') return attributes;
    return { ...attributes, association_id: cloud.newId('eipassoc', { id, instance, card }) };
  },
  identity: [],
  remove(cloud, { id, attributes }) {
    if (userOf(cloud, id) === undefined) return;
    // The code is inferred: AWS has it for an address of an instance, and may answer AuthFailure for one of a NAT gateway.
    throw new AwsError('InvalidIPAddress.InUse', `The address '${text(attributes, 'public_ip')}' is in use.`);
  },
  derive(cloud, { id, attributes }): Attributes {
    const user = userOf(cloud, id)?.attributes;
    if (user === undefined) return cardOf(cloud, attributes) ?? {};
    const { association_id, network_interface_id, private_ip } = user;
    return {
      association_id: association_id ?? '',
      network_interface: network_interface_id ?? '',
      private_ip: private_ip ?? '',
      private_dns: privateDnsName(cloud.region, String(private_ip ?? '')),
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
    const usable = usableAddresses(text(subnetObject.attributes, 'cidr_block'));
    const taken = takenAddresses(cloud, subnetObject.id);
    const start = numberBelow(usable.length, id);
    const inOrder = [...usable.slice(start), ...usable.slice(0, start)];
    const privateAddress =
      inOrder.find((candidate) => !taken.has(candidate)) ?? newAddress(cloud, subnetObject, '');
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
