import type { Cidr } from '../../model/net/cidr';

/** What one VPN connection was given at its gateway host. Its cloud says how many of each it needs. */
export interface Allocation {
  /** Blocks inside its tunnels: one for each tunnel, or one for all of them. */
  readonly insideCidrs: readonly Cidr[];
  /** Numbers of the gateway's tunnel interfaces, from 1: one for each tunnel. */
  readonly interfaces: readonly number[];
  /** The folder in Vault where the driver stored its keys: `vault://secret/vpn`. They must be there from then on. */
  readonly presharedKeys?: string;
}
