import { isUsable, type ReservedAddresses, usableRange } from '../../model/net/usable-addresses';
import type { Claims, NodeGroupClaim } from '../ground/claims';
import type { ProblemList } from '../ground/problem-list';
import { quoted } from '../ground/quoted';
import type { NodePlace } from './place-of';

/** Where fewer of a subnet's addresses than this part of them stay free, a note says so. */
const FEW = 0.2;

/**
 * Checks the addresses of a group: fixed ones are in the block of the entry, not kept by the cloud and in no other group, and the
 * block has enough for all groups in it.
 *
 * @param reserved - what the cloud keeps of a subnet
 */
export function checkAddresses(
  group: NodeGroupClaim,
  place: NodePlace,
  reserved: ReservedAddresses,
  claims: Claims,
  problems: ProblemList,
): void {
  const mates = claims.groups.filter(({ entry }) => entry === group.entry);
  checkFixed(group, place, reserved, mates, problems);
  checkFree(group, place, reserved, mates, problems);
}

function checkFixed(
  { name, addresses }: NodeGroupClaim,
  { entry, cidr }: NodePlace,
  reserved: ReservedAddresses,
  mates: readonly NodeGroupClaim[],
  problems: ProblemList,
): void {
  for (const { address, where } of addresses) {
    if (cidr !== undefined && !isUsable(address, cidr, reserved)) {
      const [first, last] = usableRange(cidr, reserved);
      const must = `must be from ${first} to ${last}, the addresses of ${cidr} that nodes of ${entry} can have`;
      problems.error('subnet-outside', where, { must, got: quoted(address) });
      continue;
    }
    const before = mates.slice(
      0,
      mates.findIndex((mate) => mate.name === name),
    );
    const other = before.find((mate) => mate.addresses.some((one) => one.address === address));
    if (other === undefined) continue;
    const message = `${address} is an address of the group ${other.name} already`;
    problems.error('address-taken', where, message, 'choose another one');
  }
}

/** The last group that finds no room is the one that is reported. */
function checkFree(
  { name, where }: NodeGroupClaim,
  { entry, cidr, interfaces }: NodePlace,
  reserved: ReservedAddresses,
  mates: readonly NodeGroupClaim[],
  problems: ProblemList,
): void {
  if (cidr === undefined) return;
  const count = mates.findIndex((mate) => mate.name === name) + 1;
  const counted = mates.slice(0, count);
  const wanted = counted.reduce((sum, { most }) => sum + most, 0);
  const kept = reserved.first + reserved.last;
  const free = cidr.size - kept - interfaces - wanted;
  const own = interfaces === 0 ? '' : `, ${interfaces} of the network's own interfaces`;
  const others = count === 1 ? '' : `, ${wanted} of ${count} groups`;
  const parts = `${kept} are the cloud's${own}${others}`;
  if (free < 0) {
    const message = `${cidr} of ${entry} has ${cidr.size} addresses, too few: ${parts}`;
    problems.error('too-much', where, message, 'make the group smaller, or the block larger');
  } else if (count === mates.length && free / cidr.size < FEW) {
    problems.note(
      'few-addresses',
      where,
      `${cidr} of ${entry} has ${free} of ${cidr.size} addresses left: ${parts}`,
    );
  }
}
