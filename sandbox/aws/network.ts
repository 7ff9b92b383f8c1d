import { type Attributes, filled, text, texts } from '../provider/attributes';
import { contains, type Network, overlap, parseNetwork } from '../provider/cidr';
import { AwsError, dependencyViolation, inStep, invalidParameter } from './aws-error';
import type { Cloud, CloudObject } from './cloud';
import { interfacesIn } from './compute/subnet-addresses';
import { RESOLVER_ENDPOINT, resolverSubnets } from './dns-forwarding';
import { checkIpv6OnCreation, checkIpv6Unused, checkSubnetIpv6, vpcIpv6 } from './ipv6-blocks';
import { QUOTAS } from './quotas';
import { zonesOf } from './regions';
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

/** The network of a VPC or subnet. AWS accepts prefix lengths from 16 to 28. */
function networkOf(cidr: string, code: string): Network {
  const network = parseNetwork(cidr);
  if (network === undefined)
    throw invalidParameter(
      `Value (${cidr}) for parameter cidrBlock is invalid. This is not a valid CIDR block.`,
    );
  if (network.prefix < 16 || network.prefix > 28) throw new AwsError(code, `The CIDR '${cidr}' is invalid.`);
  return network;
}

/** Removes the objects that are part of another one and cannot outlive it, such as the routes of a route table. */
export function removeParts(cloud: Cloud, owner: string, id: string, ...types: readonly string[]): void {
  for (const part of cloud.all(...types)) {
    if (text(part.attributes, owner) === id) cloud.remove(part.type, part.id);
  }
}

export function inVpc(cloud: Cloud, vpc: string, ...types: readonly string[]): readonly CloudObject[] {
  return cloud.all(...types).filter((object) => text(object.attributes, 'vpc_id') === vpc);
}

export const vpc: Rules = {
  noun: 'EC2 VPC',
  service: 'EC2',
  create(cloud, request) {
    const cidr = text(request, 'cidr_block');
    checkNoPool(request);
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
      ...vpcIpv6(cloud, id, request),
    });
    return { id, attributes };
  },
  update(cloud, { id, attributes }, request) {
    const ipv6 = vpcIpv6(cloud, id, request, attributes);
    if (ipv6.ipv6_cidr_block === '') checkIpv6Unused(id, inVpc(cloud, id, 'aws_subnet'));
    return { ...request, ...ipv6 };
  },
  identity: ['cidr_block'],
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
      'aws_vpc_endpoint',
      'aws_ec2_transit_gateway_vpc_attachment',
    );
    if (dependents.length > 0) {
      throw dependencyViolation(`The vpc '${id}' has dependencies and cannot be deleted.`);
    }
    removeDefaultObjects(cloud, id);
  },
  derive(_cloud, { attributes }) {
    const table = attributes.main_route_table_id ?? null;
    // The provider gives the main route table, whichever it is, as the default route table too.
    return { main_route_table_id: table, default_route_table_id: table };
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
    const others = inVpc(cloud, vpcObject.id, 'aws_subnet');
    checkSubnetIpv6(vpcObject, request, others);
    for (const other of others) {
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
      ipv6_cidr_block_association_id: ipv6Association(cloud, id, request),
      private_dns_hostname_type_on_launch: 'ip-name',
    });
    return { id, attributes: { ...attributes, assign_ipv6_address_on_creation: false } };
  },
  finish(_cloud, { id, attributes }, request) {
    const subject = `creating EC2 Subnet: setting EC2 Subnet (${id}) AssignIpv6AddressOnCreation`;
    inStep({ subject, action: 'ModifySubnetAttribute' }, () => checkIpv6OnCreation(request));
    const { assign_ipv6_address_on_creation = false } = request;
    return { ...attributes, assign_ipv6_address_on_creation };
  },
  update(cloud, { id, attributes }, request) {
    const others = inVpc(cloud, text(request, 'vpc_id'), 'aws_subnet').filter((other) => other.id !== id);
    checkSubnetIpv6(requireVpc(cloud, text(request, 'vpc_id')), request, others);
    checkIpv6OnCreation(request);
    const same = text(request, 'ipv6_cidr_block') === text(attributes, 'ipv6_cidr_block');
    if (same) return request;
    return { ...request, ipv6_cidr_block_association_id: ipv6Association(cloud, id, request) };
  },
  remove(cloud, { id }) {
    const nat = cloud.all('aws_nat_gateway').find((gateway) => text(gateway.attributes, 'subnet_id') === id);
    const hasInterface =
      cloud
        .all('aws_vpc_endpoint', 'aws_ec2_transit_gateway_vpc_attachment')
        .some(({ attributes }) => texts(attributes, 'subnet_ids').includes(id)) ||
      cloud.all(RESOLVER_ENDPOINT).some((endpoint) => resolverSubnets(endpoint).includes(id)) ||
      interfacesIn(cloud, id).length > 0;
    if (nat !== undefined || hasInterface)
      throw dependencyViolation(`The subnet '${id}' has dependencies and cannot be deleted.`);
    removeParts(cloud, 'subnet_id', id, 'aws_route_table_association');
  },
};

/** The id of the association of a subnet with its IPv6 block; empty without one. */
function ipv6Association(cloud: Cloud, id: string, request: Attributes): string {
  const block = text(request, 'ipv6_cidr_block');
  return block === '' ? '' : cloud.newId('subnet-cidr-assoc', { id, block });
}

/** Refuses a pool of addresses: there is none, since IPAM is not simulated. */
function checkNoPool(request: Attributes): void {
  const id = text(request, 'ipv4_ipam_pool_id') || text(request, 'ipv6_ipam_pool_id');
  if (id !== '')
    throw new AwsError(
      'InvalidIpamPoolId.NotFound',
      `The allocation from the IPAM pool '${id}' failed: the pool does not exist`,
      'The sandbox simulates no IPAM.',
    );
}

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
