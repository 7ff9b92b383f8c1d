import type { Cidr } from '../net/cidr';
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

/**
 * The facts of a cloud's VPN service that the gateway's files depend on. Each cloud has one value of this type in its
 * folder beside this file; code outside of these folders gets it passed in and names no cloud.
 */
export interface CloudVpn {
  /** The cloud's name in messages and files: `AWS`. */
  readonly name: string;
  readonly ike: PhaseLimits;
  readonly esp: PhaseLimits;
  readonly dpdTimeoutSeconds: Range;
  readonly presharedKey: KeyForm;
  /** Parses the inside CIDR of a tunnel. @throws ValueError where the cloud would refuse it */
  readonly parseInsideCidr: (text: string) => Cidr;
  /** BGP hold time at the cloud's end. */
  readonly bgpHoldSeconds: number;
  /** Where the state of a tunnel can be seen: a place of the console, and a shell command. */
  readonly tunnelStatus: { readonly console: string; readonly command: string };
}
