import type { TunnelOptions } from '../../model/clouds/aws/tunnel-options';
import type { CidrProp } from '../cidr-prop';
import type { CustomerGatewaySettings, ICustomerGateway } from './customer-gateway';
import type { INetwork } from './imported-network';
import type { RemoteNetworks } from './remote-networks';
import type { Tags } from './tags';
import type { IVpnGateway } from './vpn-gateway';

export interface SiteToSiteVpnProps {
  /** Names every resource (tag `Name`) and the log group; unique within the stack; 1 to 50 of `[A-Za-z0-9_-]`. */
  readonly name: string;
  /** The network on AWS's side. */
  readonly network: INetwork;
  /** The gateway on the site's side: its settings, or a customer gateway that is there already. */
  readonly customerGateway: CustomerGatewaySettings | ICustomerGateway;
  /** A gateway that is attached to the VPC already. @default - one is made */
  readonly vpnGateway?: IVpnGateway;
  /** The ASN of the gateway that is made: 64512–65534 or 4200000000–4294967294. A change replaces it. @default 64512 */
  readonly amazonSideAsn?: number;
  /** Networks behind the customer gateway. @default - none */
  readonly remoteNetworks?: RemoteNetworks;
  /**
   * Static routes to `remoteNetworks`, or whatever the site announces over BGP.
   *
   * @default - static where there are remote networks, else BGP
   */
  readonly routing?: 'static' | 'bgp';
  /** The route tables that get the routes, by a key that never changes. @default - the network's private ones */
  readonly privateRouteTableIds?: Readonly<Record<string, string>>;
  /** The options of both tunnels. @default - the crypto profile `modern`; AWS chooses inside CIDRs and keys */
  readonly tunnels?: readonly [TunnelProps, TunnelProps];
  /** Where AWS keeps the pre-shared keys. @default Standard */
  readonly presharedKeyStorage?: 'Standard' | 'SecretsManager';
  /** Activity logs in CloudWatch. @default - none */
  readonly logs?: SiteToSiteVpnLogs;
  /** Tags of every resource; they win over the default `Name`. @default - none */
  readonly tags?: Tags;
}

/** One tunnel. Its key is given as a token, never as text that would stand in the configuration. */
export interface TunnelProps extends Omit<TunnelOptions, 'insideCidr'> {
  /** The /30 inside the tunnel, from 169.254.0.0/16: AWS has the first host address, the site the second. @default - AWS chooses */
  readonly insideCidr?: CidrProp;
  /** A token that stands for 8–64 of `[A-Za-z0-9._]`, not starting with 0, or for null. @default - AWS makes one */
  readonly presharedKey?: string;
}

export interface SiteToSiteVpnLogs {
  readonly format: 'json' | 'text';
  /** Days that events are kept: one of CloudWatch's values; 0 keeps them for ever. */
  readonly retentionDays: number;
  /** Whether BGP is logged too. It needs provider 6.25, and was not tried against a real provider. @default false */
  readonly bgp?: boolean;
  /** A part of the log group's name. @default 'kakehashi' */
  readonly namePrefix?: string;
  /**
   * A name outside `/aws/vendedlogs/` needs a resource policy that lets AWS deliver logs there.
   *
   * @default - `/aws/vendedlogs/<namePrefix>/<name>/vpn`
   */
  readonly logGroupName?: string;
}
