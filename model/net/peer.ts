import { ValueError } from '../value-error';
import { Cidr } from './cidr';

export type PeerKind = 'ipv4' | 'self' | 'prefix-list' | 'security-group';

/** What may stand in a resource address. */
const KEY = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Where traffic comes from or goes to.
 *
 * A network or an id may be an expression that Terraform resolves later. It then needs a key, because its text can't name
 * the rule in a resource address.
 */
export class Peer {
  private constructor(
    readonly kind: PeerKind,
    /** Unique and stable: part of a resource address. Dots become underscores, so 1.11.0.0 and 11.1.0.0 differ. */
    readonly key: string,
    /** The CIDR, or the id of the prefix list or security group; undefined for {@link Peer.self}. */
    readonly value?: string,
    /** The network, where it is one and is known. */
    readonly cidr?: Cidr,
  ) {}

  /**
   * A network in CIDR notation.
   *
   * @param key names the rule in its resource address; needed for an expression. @default - the network
   * @throws {@link ValueError}
   */
  static ipv4(cidr: string | Cidr, key?: string): Peer {
    if (typeof cidr === 'string' && isExpression(cidr)) return new Peer('ipv4', checkedKey(cidr, key), cidr);
    const network = typeof cidr === 'string' ? Cidr.parse(cidr) : cidr;
    const text = network.toString();
    return new Peer('ipv4', checkedKey(text.replaceAll('.', '_').replace('/', '-'), key), text, network);
  }

  /** Everybody: 0.0.0.0/0. A rule for ingress needs a written reason ({@link Rule.allowPublic}). */
  static anyIpv4(): Peer {
    return Peer.ipv4(Cidr.ANY);
  }

  /** The members of the security group that holds the rule. */
  static self(): Peer {
    return new Peer('self', 'self');
  }

  /**
   * The networks of a managed prefix list.
   *
   * @param key as for {@link Peer.ipv4}. @default - the id
   * @throws {@link ValueError}
   */
  static prefixList(prefixListId: string, key?: string): Peer {
    return new Peer('prefix-list', checkedKey(prefixListId, key), prefixListId);
  }

  /**
   * The members of another security group.
   *
   * @param key as for {@link Peer.ipv4}. @default - the id
   * @throws {@link ValueError}
   */
  static securityGroup(securityGroupId: string, key?: string): Peer {
    return new Peer('security-group', checkedKey(securityGroupId, key), securityGroupId);
  }

  /** Whether it is known to be everybody. A /1 is as good as everybody to a scanner, so it counts too. */
  get isPublic(): boolean {
    return this.cidr !== undefined && this.cidr.prefixLength <= 1;
  }

  /** Whether both stand for the same, as far as that is known. */
  equals(other: Peer): boolean {
    return this.kind === other.kind && this.value === other.value;
  }
}

/** Terraform's expressions begin with `${`, which no CIDR and no id holds. */
function isExpression(text: string): boolean {
  return text.includes('${');
}

function checkedKey(value: string, key: string | undefined): string {
  if (key !== undefined && (!KEY.test(key) || key === 'self')) {
    throw new ValueError('a key of 1 to 64 characters of A-Z a-z 0-9 _ - other than self', key);
  }
  if (key === undefined && isExpression(value)) {
    throw new ValueError('given with a key that names the rule in its resource address', value, {
      fix: "only Terraform knows the value; write for instance Peer.ipv4(vpc.cidrBlock, 'peer-vpc')",
    });
  }
  if (key === undefined && !KEY.test(value))
    throw new ValueError('an id without other characters than A-Z a-z 0-9 _ -', value);
  return key ?? value;
}
