import type { Cidr } from './cidr';
import { ipv4Number } from './ipv4';

/** How many addresses at both ends of a subnet a cloud keeps for itself. */
export interface ReservedAddresses {
  readonly first: number;
  readonly last: number;
}

/** Whether a node may have the address: it is inside of the subnet, and none that the cloud keeps. */
export function isUsable(address: string, subnet: Cidr, reserved: ReservedAddresses): boolean {
  const number = ipv4Number(address);
  return (
    number !== undefined && number >= subnet.first + reserved.first && number <= subnet.last - reserved.last
  );
}

/** The first and the last address that a node may have, as dotted quads. */
export function usableRange(subnet: Cidr, reserved: ReservedAddresses): readonly [string, string] {
  return [subnet.address(reserved.first), subnet.address(subnet.size - 1 - reserved.last)];
}
