import type { Proposal } from './proposal';

/**
 * One tunnel as both ends need it, without its key. The keys are those of the `tunnels` output, in snake_case, because
 * Terraform stores them and the gateway's renderer reads them back.
 */
export interface TunnelDescription<Address = string> {
  /** The cloud's public address. */
  readonly outside_address: Address;
  /** The cloud's address inside the tunnel, which BGP speaks to and pings reach. */
  readonly cloud_inside_address: string;
  /** The site's address inside the tunnel. */
  readonly site_inside_address: string;
  readonly ike_versions: readonly number[];
  readonly ike: readonly Proposal[];
  readonly esp: readonly Proposal[];
  readonly lifetimes: { readonly ike_seconds: number; readonly esp_seconds: number };
  readonly dpd: { readonly timeout_seconds: number; readonly action: string };
  /**
   * What BGP speaks between, where that is not the inside addresses: an address of the cloud's own network, which is reached
   * through this tunnel only, and one of the site. @default - the inside addresses
   */
  readonly bgp_peering?: { readonly cloud_address: Address; readonly site_address: string };
  /** Which end starts the negotiation. */
  readonly startup: 'site' | 'cloud';
}

/** A connection in the cloud, as its own commands name it. */
export interface CloudConnection {
  readonly resource_group: string;
  readonly name: string;
}

/** The tunnels of one network: the value of one key of the `tunnels` output. */
export interface NetworkTunnels<Address = string> {
  readonly mode: 'route-based' | 'policy-based';
  readonly routing: 'static' | 'bgp';
  /** Whether all tunnels carry flows at once: with BGP only, and where the cloud sends over all of them too. @default false */
  readonly multipath?: boolean;
  /** The cloud's networks. */
  readonly networks: readonly string[];
  readonly cloud_asn: number;
  /** Names the secret of the cloud's own store that holds the keys; absent where Terraform's state holds them. */
  readonly preshared_key_arn?: Address;
  /** What the cloud's own commands call the connection. @default - they tell of all connections at once */
  readonly cloud_connection?: CloudConnection;
  /** One or more, by the key that the cloud gives a tunnel: its inside CIDR. Never by number: a provider may swap numbers. */
  readonly tunnels: Readonly<Record<string, TunnelDescription<Address>>>;
}

/** Whether the cloud's own store holds the keys of a network's tunnels, so that they are not in Terraform's state. */
export function cloudKeepsKeys({ preshared_key_arn }: NetworkTunnels): boolean {
  return preshared_key_arn !== undefined;
}
