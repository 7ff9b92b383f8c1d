import type { Cidr } from '../../model/net/cidr';
import type { CryptoProfile } from '../../model/tunnel/crypto-profiles';

/** A cloud network that the catalog creates, as all clouds have it. A kind adds what is its own. */
export interface Network {
  /** `<provider>/<entry>`, such as `aws/default`. */
  readonly key: string;
  /** The key that it had when it was made. Names at the gateway and in the cloud, and the paths of its keys, bear it. */
  readonly identity: string;
  readonly provider: string;
  /** What people call it, where they count. @default 'network' */
  readonly noun?: string;
  /** The network's blocks, of which its subnets are parts. */
  readonly cidrs: readonly Cidr[];
  /** The catalog entries that it publishes, in the order in which they are written. */
  readonly entries: readonly EntryName[];
  /** Where its cloud orders rules by a number: the priorities that the lock file keeps. */
  readonly rulePriorities?: RulePriorities;
  /** The other environment whose hub has its tunnels; absent where they are here, and where it has none. */
  readonly tunnelsOf?: string;
  /** Its connection to the site; absent for a network alone. */
  readonly vpn?: NetworkVpn;
}

/** Priorities of rules by the rule's key: `tcp-22-from-10_0_2_0-24` is 200. */
export type RulePriorities = Readonly<Record<string, number>>;

export interface EntryName {
  readonly provider: string;
  readonly name: string;
}

/** A VPN between a cloud network and the site. */
export interface NetworkVpn {
  readonly routing: 'static' | 'bgp';
  readonly mode: 'route-based' | 'policy-based';
  readonly crypto: CryptoProfile;
  readonly cloudAsn: number;
  /** Networks behind the site's gateway that the network reaches: the site's, and with `site.mesh` those of other networks. */
  readonly remoteNetworks: readonly Cidr[];
  /** Whether the cloud keeps the pre-shared keys in a store of its own, so that they are in no state. */
  readonly keysKeptByCloud: boolean;
  /** One element for each tunnel, 1 to n. */
  readonly tunnels: readonly NetworkTunnel[];
}

/** One tunnel, as far as all clouds have it. */
export interface NetworkTunnel {
  /** Only where the catalog fixes it; else it is allocated. */
  readonly insideCidr?: Cidr;
}
