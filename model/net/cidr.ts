import { type ValueAdvice, ValueError } from '../value-error';
import { ipv4Number, ipv4Text } from './ipv4';

/**
 * An IPv4 network in CIDR notation (RFC 4632).
 *
 * Its host bits are always zero. IPv6 is not built and is refused with a line that says so.
 */
export class Cidr {
  private constructor(
    /** First address as an unsigned 32-bit number. */
    readonly first: number,
    /** Prefix length, 0 to 32. */
    readonly prefixLength: number,
  ) {}

  static readonly ANY = new Cidr(0, 0);

  /**
   * Parses `a.b.c.d/n`.
   *
   * @throws {@link ValueError} when it is no IPv4 CIDR or when host bits are set; the message names the network
   */
  static parse(text: string): Cidr {
    const { address, prefixLength } = addressAndPrefix(text, 'an IPv4 CIDR like 172.30.0.0/16');
    const first = (address & mask(prefixLength)) >>> 0;
    if (first !== address) {
      throw new ValueError('a network address (no host bits set)', text, {
        suggestion: `${ipv4Text(first)}/${prefixLength}`,
      });
    }
    return new Cidr(first, prefixLength);
  }

  /** The network whose first address and prefix length are given; host bits are cut off. */
  static of(address: number, prefixLength: number): Cidr {
    return new Cidr((address & mask(prefixLength)) >>> 0, prefixLength);
  }

  /** Last address as an unsigned 32-bit number (the broadcast address of a classic subnet). */
  get last(): number {
    return this.first + this.size - 1;
  }

  /** How many addresses it holds. */
  get size(): number {
    return 2 ** (32 - this.prefixLength);
  }

  /** The n-th address, counted from 0, as a dotted quad. */
  address(n: number): string {
    return ipv4Text(this.first + n);
  }

  contains(other: Cidr): boolean {
    return other.first >= this.first && other.last <= this.last;
  }

  containsAddress(address: string): boolean {
    const value = ipv4Number(address);
    return value !== undefined && value >= this.first && value <= this.last;
  }

  overlaps(other: Cidr): boolean {
    return this.first <= other.last && other.first <= this.last;
  }

  equals(other: Cidr): boolean {
    return this.first === other.first && this.prefixLength === other.prefixLength;
  }

  toString(): string {
    return `${ipv4Text(this.first)}/${this.prefixLength}`;
  }
}

/** A host's address together with its network: `10.0.2.15/24`, as in `VCP_VCC_PRIVATE_IPMASK`. */
export interface InterfaceAddress {
  readonly address: string;
  readonly network: Cidr;
}

/**
 * Parses a host address with its prefix length.
 *
 * @throws {@link ValueError}
 */
export function parseInterfaceAddress(text: string): InterfaceAddress {
  const { address, prefixLength } = addressAndPrefix(
    text,
    'an IPv4 address with a prefix length like 10.0.2.15/24',
  );
  return { address: ipv4Text(address), network: Cidr.of(address, prefixLength) };
}

/** Order by first address, then the wider network first. */
export function compareCidrs(a: Cidr, b: Cidr): number {
  return a.first - b.first || a.prefixLength - b.prefixLength;
}

function addressAndPrefix(text: string, expected: string): { address: number; prefixLength: number } {
  const [addressText = '', prefixText, ...rest] = text.split('/');
  const address = ipv4Number(addressText);
  if (address === undefined || prefixText === undefined || rest.length > 0) {
    throw new ValueError(expected, text, adviceFor(text, address !== undefined && prefixText === undefined));
  }
  if (!/^(0|[1-9][0-9]?)$/.test(prefixText) || Number(prefixText) > 32) {
    throw new ValueError('a prefix length from 0 to 32 after the slash', text);
  }
  return { address, prefixLength: Number(prefixText) };
}

function adviceFor(text: string, isAddress: boolean): ValueAdvice {
  if (text.includes(':')) return { fix: 'IPv6 is not built yet' };
  return isAddress ? { suggestion: `${text}/32` } : {};
}

function mask(prefixLength: number): number {
  return prefixLength === 0 ? 0 : (0xffffffff << (32 - prefixLength)) >>> 0;
}
