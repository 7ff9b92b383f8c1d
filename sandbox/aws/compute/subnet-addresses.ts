import { isIPv4 } from 'node:net';
import { type Attributes, objects, text, texts } from '../../provider/attributes';
import { addressAt, contains, parseNetwork, size } from '../../provider/cidr';
import { AwsError, invalidParameter } from '../aws-error';
import type { Cloud, CloudObject } from '../cloud';

/** How many addresses of a subnet are AWS's at its beginning; the last one is too. */
const RESERVED_FIRST = 4;

/** The addresses of a network that are not AWS's own, in order. */
export function usableAddresses(cidr: string): readonly string[] {
  const network = parseNetwork(cidr);
  if (network === undefined) return [];
  const count = Math.max(0, size(network) - RESERVED_FIRST - 1);
  return Array.from({ length: count }, (_, index) => addressAt(network, RESERVED_FIRST + index));
}

/** The addresses of an object's network interfaces in a subnet. */
function addressesOf({ type, attributes }: CloudObject, subnet: string): readonly string[] {
  if (type === 'aws_route53_resolver_endpoint')
    return objects(attributes, 'ip_address')
      .filter((address) => text(address, 'subnet_id') === subnet)
      .map((address) => text(address, 'ip'));
  if (text(attributes, 'subnet_id') !== subnet) return [];
  return [text(attributes, 'private_ip'), ...texts(attributes, 'private_ips')];
}

/** The addresses of a subnet that are in use. */
export function takenAddresses(cloud: Cloud, subnet: string): ReadonlySet<string> {
  const holders = cloud.all(
    'aws_instance',
    'aws_network_interface',
    'aws_nat_gateway',
    'aws_route53_resolver_endpoint',
  );
  return new Set(
    holders.flatMap((holder) => addressesOf(holder, subnet)).filter((address) => address !== ''),
  );
}

/** The objects with a network interface of their own in a subnet. */
export function interfacesIn(cloud: Cloud, subnet: string): readonly CloudObject[] {
  return cloud
    .all('aws_instance', 'aws_network_interface')
    .filter(({ attributes }) => text(attributes, 'subnet_id') === subnet);
}

/** The objects whose network interfaces are in a security group. */
export function interfacesWith(cloud: Cloud, group: string): readonly CloudObject[] {
  return cloud
    .all('aws_instance', 'aws_network_interface')
    .filter(({ attributes }) =>
      [...texts(attributes, 'vpc_security_group_ids'), ...texts(attributes, 'security_groups')].includes(
        group,
      ),
    );
}

/** Checks an address that a request names. @throws {@link AwsError} if it is outside, AWS's own or in use */
function checkAddress(address: string, cidr: string, taken: ReadonlySet<string>): void {
  const network = parseNetwork(cidr);
  const single = parseNetwork(`${address}/32`);
  if (!isIPv4(address) || network === undefined || single === undefined || !contains(network, single))
    throw invalidParameter(`Address ${address} does not fall within the subnet's address range`);
  if (!usableAddresses(cidr).includes(address))
    throw invalidParameter(`Address ${address} is in subnet's reserved address range`);
  if (taken.has(address)) throw new AwsError('InvalidIPAddress.InUse', `Address ${address} is in use.`);
}

/**
 * The address of a new network interface: the one that is asked for, or the first that is free.
 *
 * @param wanted the address that the request names; empty for any
 * @param others addresses of the same request, which are not stored yet. @default - none
 * @throws {@link AwsError} for an address that cannot be had, or a subnet without a free one
 */
export function newAddress(
  cloud: Cloud,
  subnet: CloudObject,
  wanted: string,
  others: readonly string[] = [],
): string {
  const cidr = text(subnet.attributes, 'cidr_block');
  const taken = new Set([...takenAddresses(cloud, subnet.id), ...others]);
  if (wanted !== '') {
    checkAddress(wanted, cidr, taken);
    return wanted;
  }
  const free = usableAddresses(cidr).find((address) => !taken.has(address));
  if (free !== undefined) return free;
  throw new AwsError(
    'InsufficientFreeAddressesInSubnet',
    `There are not enough free addresses in subnet '${subnet.id}' to satisfy the requested number of instances.`,
  );
}

/** The name of a private address in the DNS of a VPC. */
export function privateDnsName(region: string, address: string): string {
  const zone = region === 'us-east-1' ? 'ec2' : `${region}.compute`;
  return `ip-${address.replaceAll('.', '-')}.${zone}.internal`;
}

/** Checks that security groups exist and belong to the network of a subnet. */
export function checkGroups(cloud: Cloud, subnet: CloudObject, groups: readonly string[]): void {
  for (const id of groups) {
    const group = cloud.require(
      ['aws_security_group', 'aws_default_security_group'],
      id,
      'InvalidGroup.NotFound',
      `The security group '${id}' does not exist`,
    );
    if (text(group.attributes, 'vpc_id') !== text(subnet.attributes, 'vpc_id'))
      throw new AwsError(
        'InvalidParameter',
        `Security group ${id} and subnet ${subnet.id} belong to different networks.`,
      );
  }
}

/** The groups of an interface for which the request names none: the default one of the VPC. */
export function defaultGroups(cloud: Cloud, subnet: CloudObject): readonly string[] {
  const isDefault = ({ attributes }: { readonly attributes: Attributes }) =>
    text(attributes, 'vpc_id') === text(subnet.attributes, 'vpc_id') &&
    text(attributes, 'name') === 'default';
  return cloud
    .all('aws_default_security_group')
    .filter(isDefault)
    .map(({ id }) => id);
}
