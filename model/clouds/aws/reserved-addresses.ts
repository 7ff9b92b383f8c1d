import type { Cidr } from '../../net/cidr';

/** How many addresses of each subnet are AWS's: the first four and the last (Amazon VPC user guide, "Subnet sizing"). */
export const RESERVED_ADDRESSES = 5;

/** How many of them are at its end. */
export const RESERVED_LAST = 1;

/** How many addresses of a subnet nodes can have. @param taken - what network interfaces of AWS's own services have */
export function freeAddresses(subnet: Cidr, taken: number): number {
  return subnet.size - RESERVED_ADDRESSES - taken;
}
