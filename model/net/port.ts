import { ValueError } from '../value-error';
import { type Protocol, parseProtocol } from './protocol';

/** What a rule allows: a protocol and, for TCP and UDP, a range of ports; for ICMP, a type and code; for others, all of it. */
export class Port {
  private constructor(
    readonly protocol: Protocol,
    /** First port, or the ICMP type; absent for other protocols. */
    readonly from?: number,
    /** Last port, or the ICMP code (-1: any); absent for other protocols. */
    readonly to?: number,
  ) {}

  /** Everything, whatever its protocol. */
  static all(): Port {
    return new Port('all');
  }

  /**
   * Everything of a protocol that has neither ports nor types, by its number: 50 is ESP.
   *
   * @throws {@link ValueError} for numbers that {@link Port.tcp} and its like are for
   */
  static ofProtocol(number: number): Port {
    const protocol = parseProtocol(number);
    if (typeof protocol !== 'number')
      throw new ValueError('a protocol without ports and types', String(number), {
        fix: `${protocol} has a factory of its own`,
      });
    return new Port(protocol);
  }

  static tcp(port: number, last: number = port): Port {
    return Port.range('tcp', port, last);
  }

  static udp(port: number, last: number = port): Port {
    return Port.range('udp', port, last);
  }

  /** ICMP of one type and code (RFC 792); -1 stands for any. */
  static icmp(type = -1, code = -1): Port {
    if (!isWhole(type, -1, 255) || !isWhole(code, -1, 255)) {
      throw new ValueError('an ICMP type and code from -1 to 255', `${type}/${code}`);
    }
    return new Port('icmp', type, code);
  }

  static icmpEcho(): Port {
    return Port.icmp(8, -1);
  }

  /** Destination unreachable, fragmentation needed: path MTU discovery breaks without it (RFC 1191). */
  static icmpFragmentationNeeded(): Port {
    return Port.icmp(3, 4);
  }

  /**
   * Parses `22` or `8000-8010`.
   *
   * @throws {@link ValueError}
   */
  static parse(protocol: 'tcp' | 'udp', text: string): Port {
    const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text);
    if (!match) throw new ValueError("a port or a range of ports like '22' or '8000-8010'", text);
    return Port.range(protocol, Number(match[1]), Number(match[2] ?? match[1]));
  }

  private static range(protocol: 'tcp' | 'udp', from: number, to: number): Port {
    const text = from === to ? `${from}` : `${from}-${to}`;
    if (!isWhole(from, 0, 65535) || !isWhole(to, 0, 65535))
      throw new ValueError('ports from 0 to 65535', text);
    if (from > to) throw new ValueError('a range from low to high', text, { suggestion: `${to}-${from}` });
    return new Port(protocol, from, to);
  }

  /** Unique and stable: part of a resource address. Only `[A-Za-z0-9_-]`. */
  get key(): string {
    if (this.protocol === 'all') return 'all';
    if (typeof this.protocol === 'number') return `protocol-${this.protocol}`;
    const number = (value = -1): string => (value < 0 ? 'any' : String(value));
    const range =
      this.from === this.to && this.protocol !== 'icmp'
        ? number(this.from)
        : `${number(this.from)}-${number(this.to)}`;
    return `${this.protocol}-${range}`;
  }
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && value >= min && value <= max;
}
