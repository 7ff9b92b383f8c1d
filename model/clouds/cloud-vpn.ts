import type { Cidr } from '../net/cidr';
import type { CloudConnection } from '../tunnel/description';
import type { KeyForm } from '../tunnel/key-form';

/** Bounds that are both allowed. */
export interface Range {
  readonly min: number;
  readonly max: number;
}

/** What a cloud takes in one phase of a tunnel. */
export interface PhaseLimits {
  readonly encryption: readonly string[];
  readonly integrity: readonly string[];
  readonly dhGroups: readonly number[];
  readonly lifetimeSeconds: Range;
}

/** How much a cloud wants in one packet of a tunnel, where that is less than what fits, in bytes. */
export interface TunnelLimit {
  readonly mtu: number;
  /** Maximum segment size of TCP. */
  readonly mss: number;
}

/**
 * The facts of a cloud's VPN service that the gateway's files depend on. Each cloud has one value of this type in its
 * folder beside this file; code outside of these folders gets it passed in and names no cloud.
 *
 * A connection has inside CIDRs, which the lock file keeps, and tunnels, each with a key: a CIDR too, by which outputs, files
 * and messages name it. Where a tunnel has an inside CIDR of its own, the two are the same.
 */
export interface CloudVpn {
  /** The cloud's name in messages and files: `AWS`. */
  readonly name: string;
  readonly ike: PhaseLimits;
  readonly esp: PhaseLimits;
  /** Whether ESP's lifetime may be longer than IKE's. @default false */
  readonly espMayOutliveIke?: boolean;
  readonly dpdTimeoutSeconds: Range;
  readonly presharedKey: KeyForm;
  /** Parses the key of a tunnel. @throws ValueError where the cloud would refuse it */
  readonly parseInsideCidr: (text: string) => Cidr;
  /** The keys of a connection's tunnels from its inside CIDRs, in the order of their interface numbers. @param count - how many tunnels */
  readonly tunnelKeys: (insideCidrs: readonly Cidr[], count: number) => readonly Cidr[];
  /** The inside CIDR that a tunnel's key belongs to: both ends have an address of it, and it names the pre-shared key. */
  readonly insideCidrOf: (tunnelKey: Cidr) => Cidr;
  /** @default - what fits the link */
  readonly tunnelLimit?: TunnelLimit;
  /** BGP hold time at the cloud's end. */
  readonly bgpHoldSeconds: number;
  /** Why BGP uses one tunnel of a network at a time, unless its description says that all carry flows: a comment. */
  readonly onePath: string;
  /** Whether the cloud's end answers pings to its inside address. */
  readonly answersPings: boolean;
  /** Whether a policy-based tunnel holds one pair of security associations. */
  readonly onePolicyPair: boolean;
  /** Where the state of a tunnel can be seen. */
  readonly tunnelStatus: TunnelStatusSource;
}

export interface TunnelStatusSource {
  /** A place of the cloud's console. */
  readonly console: string;
  /** A shell command. @param connection - absent where the cloud's commands tell of all connections at once */
  readonly command: (connection?: CloudConnection) => string;
  /** The cloud's word for a tunnel that is up. */
  readonly up: string;
}
