import { isIPv4 } from 'node:net';

/** An IPv4 network as numbers: its first address and its prefix length. */
export interface Network {
  readonly first: number;
  readonly prefix: number;
}

function toNumber(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function toAddress(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}

export function size(network: Network): number {
  return 2 ** (32 - network.prefix);
}

/** The network of an IPv4 CIDR block, without its host bits; undefined for any other text. */
export function parseNetwork(cidr: string): Network | undefined {
  const [address = '', length = ''] = cidr.split('/');
  const prefix = Number(length);
  if (!isIPv4(address) || !/^\d{1,2}$/.test(length) || prefix > 32) return undefined;
  const value = toNumber(address);
  return { first: value - (value % 2 ** (32 - prefix)), prefix };
}

export function contains(outer: Network, inner: Network): boolean {
  return inner.first >= outer.first && inner.first + size(inner) <= outer.first + size(outer);
}

export function overlap(one: Network, other: Network): boolean {
  return contains(one, other) || contains(other, one);
}

export function format(network: Network): string {
  return `${toAddress(network.first)}/${network.prefix}`;
}

/** The n-th address of a network, counted from its first. */
export function addressAt(network: Network, index: number): string {
  return toAddress(network.first + index);
}
