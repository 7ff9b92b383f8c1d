import { type Attributes, objects, text } from '../provider/attributes';
import { addressAt, contains, format, type Network, overlap, parseNetwork, size } from '../provider/cidr';
import { containsIpv6, overlapIpv6, parseIpv6Network } from '../provider/ipv6';
import { EngineError } from './docker-error';
import type { EngineObject } from './engine';

/** The networks that an engine hands out where none is configured: 172.17 to 172.31, then /20 networks of 192.168. */
const POOLS: readonly Network[] = [
  ...Array.from({ length: 15 }, (_, index) => `172.${17 + index}.0.0/16`),
  ...Array.from({ length: 16 }, (_, index) => `192.168.${16 * index}.0/20`),
].flatMap((cidr) => parseNetwork(cidr) ?? []);

function isOverlapping(one: string, other: string): boolean {
  const [first, second] = [parseNetwork(one), parseNetwork(other)];
  if (first !== undefined && second !== undefined) return overlap(first, second);
  const [long, longer] = [parseIpv6Network(one), parseIpv6Network(other)];
  return long !== undefined && longer !== undefined && overlapIpv6(long, longer);
}

function isInside(subnet: string, cidr: string): boolean {
  const [outer, inner] = [parseNetwork(subnet), parseNetwork(cidr)];
  if (outer !== undefined && inner !== undefined) return contains(outer, inner);
  const [long, longer] = [parseIpv6Network(subnet), parseIpv6Network(cidr)];
  return long !== undefined && longer !== undefined && containsIpv6(long, longer);
}

function isNetwork(cidr: string): boolean {
  return parseNetwork(cidr) !== undefined || parseIpv6Network(cidr) !== undefined;
}

function checkPool(pool: Attributes): void {
  const [subnet, gateway] = ['subnet', 'gateway'].map((name) => text(pool, name));
  if (subnet === undefined || subnet === '') return;
  if (!isNetwork(subnet)) throw new EngineError(`Invalid subnet ${subnet} : invalid CIDR address: ${subnet}`);
  if (
    gateway !== undefined &&
    gateway !== '' &&
    !isInside(subnet, `${gateway}/${gateway.includes(':') ? 128 : 32}`)
  )
    throw new EngineError(`failed to allocate gateway (${gateway}): Requested address is out of range`);
}

function subnetsOf({ attributes }: EngineObject): readonly string[] {
  return objects(attributes, 'ipam_config').map((pool) => text(pool, 'subnet'));
}

/**
 * @param isIpv6 whether the network has IPv6, for which the engine has no pool of its own
 * @throws {@link EngineError} for a pool that is wrong by itself, or overlaps one of another network, or a missing one
 */
export function checkPools(
  pools: readonly Attributes[],
  others: readonly EngineObject[],
  isIpv6: boolean,
): void {
  for (const pool of pools) checkPool(pool);
  const taken = others.flatMap(subnetsOf);
  const clashes = pools.some((pool) => taken.some((subnet) => isOverlapping(subnet, text(pool, 'subnet'))));
  if (clashes) throw new EngineError('Pool overlaps with other one on this address space');
  if (isIpv6 && !pools.some((pool) => parseIpv6Network(text(pool, 'subnet')) !== undefined)) throw noPool(6);
}

function noPool(version: 4 | 6): EngineError {
  return new EngineError(
    `could not find an available, non-overlapping IPv${version} address pool among the defaults to assign to the network`,
  );
}

/** The first pool that no other network overlaps. @throws {@link EngineError} if there is none left */
export function freePool(others: readonly EngineObject[]): Attributes {
  const taken = others.flatMap(subnetsOf);
  const free = POOLS.find((pool) => !taken.some((subnet) => isOverlapping(subnet, format(pool))));
  if (free === undefined) throw noPool(4);
  return { subnet: format(free), gateway: addressAt(free, 1) };
}

/**
 * The first free address of a pool for a container: after its gateway, and in its range if it has one.
 *
 * @throws {@link EngineError} if there is none left
 */
export function freeAddress(pool: Attributes, taken: ReadonlySet<string>): string {
  const range = parseNetwork(text(pool, 'ip_range') || text(pool, 'subnet'));
  if (range === undefined) return '';
  const first = text(pool, 'ip_range') === '' ? 2 : 0;
  for (let index = first; index < size(range) - 1; index++) {
    const address = addressAt(range, index);
    if (!taken.has(address)) return address;
  }
  throw new EngineError("no available IPv4 addresses on this network's address pools");
}

/** Whether an address lies in a pool. */
export function hasAddress(pool: Attributes, address: string): boolean {
  return isInside(text(pool, 'subnet'), `${address}/${address.includes(':') ? 128 : 32}`);
}
