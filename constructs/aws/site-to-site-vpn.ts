import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { CustomerGateway } from '@cdktf/provider-aws/lib/customer-gateway';
import { Route } from '@cdktf/provider-aws/lib/route';
import { VpnConnection } from '@cdktf/provider-aws/lib/vpn-connection';
import { VpnConnectionRoute } from '@cdktf/provider-aws/lib/vpn-connection-route';
import { VpnGateway } from '@cdktf/provider-aws/lib/vpn-gateway';
import { VpnGatewayRoutePropagation } from '@cdktf/provider-aws/lib/vpn-gateway-route-propagation';
import { Construct } from 'constructs';
import type { TunnelOptions } from '../../model/clouds/aws/tunnel-options';
import type { Cidr } from '../../model/net/cidr';
import { checkSiteToSiteVpnProps } from './site-to-site-vpn-props';
import { type TunnelLogArguments, tunnelArguments } from './tunnel-arguments';

export interface SiteToSiteVpnProps {
  /** Names every resource (tag `Name`) and the log group; 1 to 50 of `[A-Za-z0-9_-]`. */
  readonly name: string;
  readonly vpcId: string;
  /** The VPC's block. */
  readonly vpcCidr: Cidr;
  /** Route tables that hold nodes, by a key that never changes. */
  readonly nodeRouteTableIds: Readonly<Record<string, string>>;
  readonly customerGateway: CustomerGatewayProps;
  /** Static routes to `remoteNetworks`, or whatever the site announces over BGP. */
  readonly routing: 'static' | 'bgp';
  /** Networks behind the customer gateway. Unused for BGP. */
  readonly remoteNetworks: readonly Cidr[];
  /** 64512–65534 or 4200000000–4294967294; differs from the customer gateway's. A change replaces the gateway. @default 64512 */
  readonly amazonSideAsn?: number;
  /** The options of both tunnels. */
  readonly tunnels: readonly [TunnelProps, TunnelProps];
  /** Where AWS keeps the pre-shared keys. @default Standard */
  readonly presharedKeyStorage?: 'Standard' | 'SecretsManager';
  /** Activity logs in CloudWatch. @default - none */
  readonly logs?: SiteToSiteVpnLogs;
  /** On every resource, beside `Name`. @default - none */
  readonly tags?: Readonly<Record<string, string>>;
}

export interface CustomerGatewayProps {
  /** Public IPv4 address. */
  readonly ipAddress: string;
  readonly asn: number;
  /**
   * Tells this gateway from others of the same address and ASN: AWS hands back an existing one that is
   * identical, and then two states would own it. 1 to 255 characters.
   */
  readonly deviceName: string;
}

/** One tunnel. Its key is given as an expression, never as text that would stand in the configuration. */
export interface TunnelProps extends TunnelOptions {
  /** A Terraform expression that gives 8–64 of `[A-Za-z0-9._]`, not starting with 0, or null. @default - AWS makes one */
  readonly presharedKey?: string;
}

export interface SiteToSiteVpnLogs {
  readonly format: 'json' | 'text';
  /** One of CloudWatch's values; 0 keeps for ever. */
  readonly retentionDays: number;
  /** BGP logs too. Needs provider 6.25; not tried against a real provider. @default false */
  readonly bgp?: boolean;
}

/**
 * An IPsec connection between a VPC and one on-premises gateway, on a virtual private gateway.
 *
 * Defines the VPN gateway, the customer gateway, the connection with its two tunnels, its log group, and the routes:
 * one static route per remote network in the connection and in every table that holds nodes, or for BGP the propagation
 * into those tables.
 *
 * @throws {@link PropsError} for everything that AWS would refuse
 */
export class SiteToSiteVpn extends Construct {
  readonly connection: VpnConnection;

  constructor(scope: Construct, id: string, props: SiteToSiteVpnProps) {
    super(scope, id);
    checkSiteToSiteVpnProps(this.node.path, props);
    const tags = { ...props.tags, Name: props.name };
    const gateway = new VpnGateway(this, 'Gateway', {
      vpcId: props.vpcId,
      amazonSideAsn: String(props.amazonSideAsn ?? 64512),
      tags,
    });
    const { asn, ipAddress, deviceName } = props.customerGateway;
    const customerGateway = new CustomerGateway(this, 'CustomerGateway', {
      // AWS takes larger numbers only in the other argument (EC2 API reference, CreateCustomerGateway).
      ...(asn > 2147483647 ? { bgpAsnExtended: String(asn) } : { bgpAsn: String(asn) }),
      ipAddress,
      type: 'ipsec.1',
      deviceName,
      tags,
      lifecycle: { createBeforeDestroy: true },
    });
    const log = props.logs && this.log(props.name, props.logs, tags);
    const [first, second] = props.tunnels;
    this.connection = new VpnConnection(this, 'Connection', {
      vpnGatewayId: gateway.id,
      customerGatewayId: customerGateway.id,
      type: 'ipsec.1',
      staticRoutesOnly: props.routing === 'static',
      presharedKeyStorage: props.presharedKeyStorage ?? 'Standard',
      ...tunnelArguments(1, withoutKey(first), first.presharedKey, log),
      ...tunnelArguments(2, withoutKey(second), second.presharedKey, log),
      tags,
    });
    this.routes(props, gateway);
  }

  /** AWS delivers only to groups whose name begins with /aws/vendedlogs/ without a resource policy of its own. */
  private log(name: string, logs: SiteToSiteVpnLogs, tags: Record<string, string>): TunnelLogArguments {
    const group = new CloudwatchLogGroup(this, 'Log', {
      name: `/aws/vendedlogs/kakehashi/${name}/vpn`,
      retentionInDays: logs.retentionDays,
      tags,
    });
    return { groupArn: group.arn, format: logs.format, bgp: logs.bgp ?? false };
  }

  private routes(props: SiteToSiteVpnProps, gateway: VpnGateway): void {
    if (props.routing === 'bgp') {
      for (const [key, routeTableId] of Object.entries(props.nodeRouteTableIds)) {
        new VpnGatewayRoutePropagation(this, `Propagation-${key}`, {
          vpnGatewayId: gateway.id,
          routeTableId,
        });
      }
      return;
    }
    for (const network of props.remoteNetworks) {
      const to = `To-${network.toString().replaceAll('.', '_').replace('/', '-')}`;
      new VpnConnectionRoute(this, to, {
        vpnConnectionId: this.connection.id,
        destinationCidrBlock: network.toString(),
      });
      for (const [key, routeTableId] of Object.entries(props.nodeRouteTableIds)) {
        new Route(this, `${to}-${key}`, {
          routeTableId,
          destinationCidrBlock: network.toString(),
          gatewayId: gateway.id,
        });
      }
    }
  }
}

function withoutKey({ presharedKey: _, ...options }: TunnelProps): TunnelOptions {
  return options;
}
