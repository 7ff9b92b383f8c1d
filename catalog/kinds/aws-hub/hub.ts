import type { Network } from '../../ground/network';
import type { AwsSettings } from '../aws/settings';
import type { AwsVpn } from '../aws/vpn';

/** What a catalog makes of transit gateways. */
export interface AwsHubCatalog {
  readonly settings: AwsSettings;
  /** Those of which anything is built here, in the order of the file. */
  readonly hubs: readonly AwsHub[];
}

/** A transit gateway with its connection to the site. Its blocks are those of all networks on it, of every environment. It publishes no entry. */
export interface AwsHub extends Network {
  readonly name: string;
  readonly region: string;
  /** Absent where everything is made. */
  readonly existing?: { readonly gateway: string; readonly routeTable: string };
  readonly amazonSideAsn: number;
  readonly ecmp: boolean;
  readonly autoAccept: boolean;
  /** The tables of networks, by name; empty where the gateway exists already. */
  readonly routeTables: readonly string[];
  readonly share: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  /** Absent for `vpn: none`. */
  readonly vpn?: HubVpn;
}

export interface HubVpn extends AwsVpn {
  readonly acceleration: boolean;
  readonly bandwidth: 'standard' | 'large';
  /** Whether all tunnels carry flows at once. */
  readonly multipath: boolean;
}
