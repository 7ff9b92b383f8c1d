import type { Cidr } from '../../net/cidr';
import type { ReservedAddresses } from '../../net/usable-addresses';

/** The addresses of each subnet that are AWS's (Amazon VPC user guide, "Subnet sizing"). */
export const RESERVED: ReservedAddresses = { first: 4, last: 1 };

/** How many of them are at its end. */
export const RESERVED_LAST = RESERVED.last;

/** How many addresses of each subnet are AWS's. */
export const RESERVED_ADDRESSES = RESERVED.first + RESERVED.last;

/** How many addresses of a subnet nodes can have. @param taken - what network interfaces of AWS's own services have */
export function freeAddresses(subnet: Cidr, taken: number): number {
  return subnet.size - RESERVED_ADDRESSES - taken;
}
