import { type Attributes, filled, text, texts } from './attributes';
import { AwsError, dependencyViolation, invalidParameter } from './aws-error';
import { addressAt, contains, type Network, overlap, parseNetwork, size } from './cidr';
import type { Cloud, CloudObject } from './cloud';
import { numberBelow } from './derived';
import { QUOTAS } from './quotas';
import { partitionOf, zonesOf } from './regions';
import type { Rules } from './rules';
import { defaultObjects, removeDefaultObjects } from './vpc-defaults';

export function requireVpc(cloud: Cloud, id: string): CloudObject {
  return cloud.require(['aws_vpc'], id, 'InvalidVpcID.NotFound', `The vpc ID '${id}' does not exist`);
}

export function requireSubnet(cloud: Cloud, id: string): CloudObject {
  return cloud.require(
    ['aws_subnet'],
    id,
    'InvalidSubnetID.NotFound',
    `The subnet ID '${id}' does not exist`,
  );
}

/** The network of a VPC or subnet, which AWS allows from /16 to /28. */
function networkOf(cidr: string, code: string): Network {
  const network = parseNetwork(cidr);
  if (network === undefined)
    throw invalidParameter(
      `Value (${cidr}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    );
  if (network.prefix < 16 || network.prefix > 28) throw new AwsError(code, `The CIDR '${cidr}' is invalid.`);
  return network;
}

function inVpc(cloud: Cloud, vpc: string, ...types: readonly string[]): readonly CloudObject[] {
  return cloud.all(...types).filter((object) => text(object.attributes, 'vpc_id') === vpc);
}

export const vpc: Rules = {
  noun: 'EC2 VPC',
  service: 'EC2',
  create(cloud, request) {
    const cidr = text(request, 'cidr_block');
    if (cidr === '')
      throw new AwsError('MissingParameter', 'Either CidrBlock or Ipv4IpamPoolId must be provided');
    networkOf(cidr, 'InvalidVpc.Range');
    if (cloud.all('aws_vpc').length >= QUOTAS.vpcs) {
      throw new AwsError('VpcLimitExceeded', 'The maximum number of VPCs has been reached.');
    }
    const id = cloud.newId('vpc', request);
    const { mainRouteTable, securityGroup, networkAcl } = defaultObjects(cloud, id);
    const attributes = filled(request, {
      arn: cloud.arn('ec2', `vpc/${id}`),
      owner_id: cloud.account,
      default_route_table_id: mainRouteTable,
      main_route_table_id: mainRouteTable,
      default_security_group_id: securityGroup,
      default_network_acl_id: networkAcl,
      dhcp_options_id: cloud.newId('dopt', { region: cloud.region }),
      enable_dns_hostnames: false,
      enable_network_address_usage_metrics: false,
      ipv6_association_id: '',
      ipv6_cidr_block: '',
      ipv6_cidr_block_network_border_group: '',
    });
    return { id, attributes };
  },
  remove(cloud, { id }) {
    const dependents = inVpc(
      cloud,
      id,
      'aws_subnet',
      'aws_internet_gateway',
      'aws_security_group',
      'aws_route_table',
      'aws_vpn_gateway',
      'aws_vpn_gateway_attachment',
    );
    if (dependents.length > 0) {
      throw dependencyViolation(`The vpc '${id}' has dependencies and cannot be deleted.`);
    }
    removeDefaultObjects(cloud, id);
  },
  derive(cloud, { id, attributes }) {
    const main = inVpc(cloud, id, 'aws_main_route_table_association').at(-1);
    return {
      main_route_table_id: main?.attributes.route_table_id ?? attributes.default_route_table_id ?? null,
    };
  },
};

export const subnet: Rules = {
  noun: 'EC2 Subnet',
  service: 'EC2',
  create(cloud, request) {
    const vpcObject = requireVpc(cloud, text(request, 'vpc_id'));
    const cidr = text(request, 'cidr_block');
    if (cidr === '')
      throw new AwsError('MissingParameter', 'Either CidrBlock or Ipv4IpamPoolId must be provided');
    const network = networkOf(cidr, 'InvalidSubnet.Range');
    const outer = parseNetwork(text(vpcObject.attributes, 'cidr_block'));
    if (outer === undefined || !contains(outer, network)) {
      throw new AwsError('InvalidSubnet.Range', `The CIDR '${cidr}' is invalid.`);
    }
    for (const other of inVpc(cloud, vpcObject.id, 'aws_subnet')) {
      const taken = parseNetwork(text(other.attributes, 'cidr_block'));
      if (taken !== undefined && overlap(taken, network)) {
        throw new AwsError(
          'InvalidSubnet.Conflict',
          `The CIDR '${cidr}' conflicts with another subnet`,
          `It is ${other.id} (${text(other.attributes, 'cidr_block')}).`,
        );
      }
    }
    const zone = zoneOf(cloud, text(request, 'availability_zone'), text(request, 'availability_zone_id'));
    const id = cloud.newId('subnet', request);
    const attributes = filled(request, {
      arn: cloud.arn('ec2', `subnet/${id}`),
      owner_id: cloud.account,
      availability_zone: zone.name,
      availability_zone_id: zone.id,
      ipv6_cidr_block_association_id: '',
      private_dns_hostname_type_on_launch: 'ip-name',
    });
    return { id, attributes };
  },
  remove(cloud, { id }) {
    const nat = cloud.all('aws_nat_gateway').find((gateway) => text(gateway.attributes, 'subnet_id') === id);
    if (nat !== undefined)
      throw dependencyViolation(`The subnet '${id}' has dependencies and cannot be deleted.`);
  },
};

function zoneOf(cloud: Cloud, name: string, id: string): { name: string; id: string } {
  const zones = zonesOf(cloud.region);
  const [first] = zones;
  const wanted = zones.find((zone) => zone.name === name || (name === '' && zone.id === id));
  if (wanted !== undefined) return wanted;
  if (name === '' && id === '' && first !== undefined) return first;
  const names = zones.map((zone) => zone.name).join(', ');
  throw invalidParameter(
    `Value (${name || id}) for parameter availabilityZone is invalid. Subnets can currently only be created in the following availability zones: ${names}.`,
  );
}

export const internetGateway: Rules = {
  noun: 'EC2 Internet Gateway',
  service: 'EC2',
  create(cloud, request) {
    checkAttachable(cloud, text(request, 'vpc_id'));
    const id = cloud.newId('igw', request);
    const arn = cloud.arn('ec2', `internet-gateway/${id}`);
    return { id, attributes: filled(request, { arn, owner_id: cloud.account, vpc_id: '' }) };
  },
  update(cloud, before, request) {
    const [from, to] = [text(before.attributes, 'vpc_id'), text(request, 'vpc_id')];
    if (from === to) return request;
    checkDetachable(cloud, from);
    checkAttachable(cloud, to);
    return request;
  },
  remove(cloud, object) {
    checkDetachable(cloud, text(object.attributes, 'vpc_id'));
  },
};

function checkAttachable(cloud: Cloud, id: string): void {
  if (id === '') return;
  requireVpc(cloud, id);
  if (inVpc(cloud, id, 'aws_internet_gateway').length > 0) {
    throw new AwsError(
      'Resource.AlreadyAssociated',
      `resource ${id} is already associated with an internet gateway`,
    );
  }
}

function checkDetachable(cloud: Cloud, id: string): void {
  const subnets = new Set(inVpc(cloud, id, 'aws_subnet').map((object) => object.id));
  const mapped = cloud
    .all('aws_nat_gateway')
    .filter(({ attributes }) => text(attributes, 'connectivity_type') !== 'private')
    .some(({ attributes }) => subnets.has(text(attributes, 'subnet_id')));
  if (mapped) {
    throw dependencyViolation(
      `Network ${id} has some mapped public address(es). Please unmap those public address(es) before detaching the gateway.`,
    );
  }
}

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

/** Addresses of the benchmark range 198.18.0.0/15 (RFC 2544), which is in no use on the Internet. */
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
      ipam_pool_id: '',
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
  remove(cloud, { id, attributes }) {
    if (userOf(cloud, id) === undefined) return;
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
    const vpcId = text(subnetObject.attributes, 'vpc_id');
    if (isPublic && inVpc(cloud, vpcId, 'aws_internet_gateway').length === 0) {
      throw new AwsError('Gateway.NotAttached', `Network ${vpcId} has no Internet gateway attached`);
    }
    const id = cloud.newId('nat', request);
    const network = parseNetwork(text(subnetObject.attributes, 'cidr_block')) ?? { first: 0, prefix: 24 };
    // AWS keeps the first four addresses and the last one of a subnet.
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
};

/** The public address of an allocation that is free. */
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
