import { Cidr } from './cidr';

/** Where traffic comes from or goes to: a network, or the members of the same security group. */
export class Peer {
  private constructor(
    readonly kind: 'ipv4' | 'self',
    private readonly network?: Cidr,
  ) {}

  /** A network in CIDR notation. */
  static ipv4(cidr: string | Cidr): Peer {
    return new Peer('ipv4', typeof cidr === 'string' ? Cidr.parse(cidr) : cidr);
  }

  /** Everybody: 0.0.0.0/0. A rule for ingress needs a written reason ({@link Rule.allowPublic}). */
  static anyIpv4(): Peer {
    return new Peer('ipv4', Cidr.ANY);
  }

  /** The members of the security group that holds the rule. */
  static self(): Peer {
    return new Peer('self');
  }

  /** The network, or undefined for {@link Peer.self}. */
  get cidr(): Cidr | undefined {
    return this.network;
  }

  /** Whether it is everybody. A /1 is as good as everybody to a scanner, so it counts too. */
  get isPublic(): boolean {
    return this.network !== undefined && this.network.prefixLength <= 1;
  }

  /** Unique and stable: part of a resource address. Dots become underscores, so 1.11.0.0 and 11.1.0.0 differ. */
  get key(): string {
    return this.network === undefined
      ? 'self'
      : this.network.toString().replaceAll('.', '_').replace('/', '-');
  }
}
