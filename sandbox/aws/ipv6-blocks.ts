import { type Attributes, flag, text } from '../provider/attributes';
import { numberBelow } from '../provider/derived';
import {
  containsIpv6,
  formatIpv6,
  type Ipv6Network,
  ipv6NetworkAt,
  overlapIpv6,
  parseIpv6Network,
} from '../provider/ipv6';
import { AwsError, invalidParameter } from './aws-error';
import type { Cloud, CloudObject } from './cloud';

/** The documentation range 2001:db8::/32 (RFC 3849), in place of Amazon's own addresses. */
const POOL: Ipv6Network = { first: 0x20010db8n << 96n, prefix: 32 };
const VPC_PREFIX = 56;
const SUBNET_PREFIX = 64;

const NONE = { ipv6_association_id: '', ipv6_cidr_block: '', ipv6_cidr_block_network_border_group: '' };

function blocksOf(objects: readonly CloudObject[]): readonly Ipv6Network[] {
  return objects
    .map(({ attributes }) => parseIpv6Network(text(attributes, 'ipv6_cidr_block')))
    .filter((network) => network !== undefined);
}

/** The IPv6 attributes of a VPC: a /56 if the request asks for one, as AWS gives it from its own addresses. */
export function vpcIpv6(cloud: Cloud, id: string, request: Attributes, before?: Attributes): Attributes {
  if (!flag(request, 'assign_generated_ipv6_cidr_block')) return NONE;
  if (before !== undefined && text(before, 'ipv6_cidr_block') !== '') return {};
  const taken = blocksOf(cloud.everywhere('aws_vpc'));
  const count = 2 ** (VPC_PREFIX - POOL.prefix);
  const start = numberBelow(count, id);
  let step = 0;
  let block = ipv6NetworkAt(POOL, VPC_PREFIX, start);
  while (taken.some((network) => overlapIpv6(network, block)))
    block = ipv6NetworkAt(POOL, VPC_PREFIX, (start + ++step) % count);
  return {
    ipv6_association_id: cloud.newId('vpc-cidr-assoc', { id, block: formatIpv6(block) }),
    ipv6_cidr_block: formatIpv6(block),
    ipv6_cidr_block_network_border_group: cloud.region,
  };
}

/** Checks that a VPC may lose its IPv6 block. The code is inferred. */
export function checkIpv6Unused(vpc: string, subnets: readonly CloudObject[]): void {
  const user = subnets.find(({ attributes }) => text(attributes, 'ipv6_cidr_block') !== '');
  if (user !== undefined)
    throw new AwsError(
      'InvalidCidrBlock.InUse',
      `The IPv6 CIDR block of '${vpc}' is in use by '${user.id}' and cannot be disassociated.`,
    );
}

/** Checks the IPv6 block of a subnet against its VPC and the other subnets. */
export function checkSubnetIpv6(vpc: CloudObject, request: Attributes, others: readonly CloudObject[]): void {
  const cidr = text(request, 'ipv6_cidr_block');
  if (cidr === '') return;
  const network = parseIpv6Network(cidr);
  if (network === undefined || network.prefix !== SUBNET_PREFIX)
    throw invalidParameter(
      `Value (${cidr}) for parameter ipv6CidrBlock is invalid. It must be a /${SUBNET_PREFIX}.`,
    );
  const outer = parseIpv6Network(text(vpc.attributes, 'ipv6_cidr_block'));
  if (outer === undefined || !containsIpv6(outer, network))
    throw new AwsError('InvalidSubnet.Range', `The CIDR '${cidr}' is invalid.`);
  if (blocksOf(others).some((taken) => overlapIpv6(taken, network)))
    throw new AwsError('InvalidSubnet.Conflict', `The CIDR '${cidr}' conflicts with another subnet`);
}

/** Checks what AWS demands of a subnet whose network cards get IPv6 addresses. */
export function checkIpv6OnCreation(request: Attributes): void {
  if (flag(request, 'assign_ipv6_address_on_creation') && text(request, 'ipv6_cidr_block') === '')
    throw invalidParameter(
      "Invalid value 'true' for assignIpv6AddressOnCreation. The subnet has no IPv6 CIDR block.",
    );
}
