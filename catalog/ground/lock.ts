import type { Cidr } from '../../model/net/cidr';
import type { BackendType } from './catalog';

/** `catalog/<env>.lock.yml`: what must not move when the catalog changes. */
export interface Lock {
  readonly stacks: { readonly [id: string]: LockedStack };
  /** By network key, `aws/default`. */
  readonly tunnels: { readonly [key: string]: Allocation };
}

export type LockedStack = LockedNetwork | LockedVault;

export interface LockedNetwork {
  readonly kind: 'aws-network';
  readonly provider: string;
  readonly region: string;
  readonly backend: BackendType;
}

export interface LockedVault {
  readonly kind: 'vault';
  readonly provider: 'vault';
  /** The server that its resources are on. How to reach it (`ca_file`, `auth`) is in the catalog alone. */
  readonly address: string;
  readonly namespace?: string;
  readonly backend: BackendType;
}

/** What one VPN connection was given at its gateway host: one of each per tunnel. */
export interface Allocation {
  readonly insideCidrs: readonly [Cidr, Cidr];
  /** Numbers of the gateway's tunnel interfaces, from 1. */
  readonly interfaces: readonly [number, number];
  /** The folder in Vault where the driver stored its keys: `vault://secret/vpn`. They must be there from then on. */
  readonly presharedKeys?: string;
}

export const EMPTY_LOCK: Lock = { stacks: {}, tunnels: {} };
