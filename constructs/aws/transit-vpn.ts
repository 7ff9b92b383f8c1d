import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { Ec2TransitGatewayRoute } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route';
import { Ec2TransitGatewayRouteTableAssociation } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-association';
import { Ec2TransitGatewayRouteTablePropagation } from '@cdktf/provider-aws/lib/ec2-transit-gateway-route-table-propagation';
import { VpnConnection } from '@cdktf/provider-aws/lib/vpn-connection';
import type { Construct } from 'constructs';
import { cryptoProfileOptions } from '../../model/clouds/aws/crypto-options';
import { refuse } from '../props-error';
import {
  type CustomerGatewaySettings,
  checkCustomerGateway,
  type ICustomerGateway,
} from './customer-gateway';
import { IpsecConnection, insideCidrsOf } from './ipsec-connection';
import { checkId, checkKeys, checkName, claimName } from './names';
import { type RemoteNetwork, type RemoteNetworks, readRemoteNetworks } from './remote-networks';
import { checkAsnsDiffer, checkTunnels } from './site-to-site-vpn-checks';
import type { SiteToSiteVpnLogs, TunnelProps } from './site-to-site-vpn-props';
import { checkTags, type Tags, tagsOf } from './tags';
import type { ITransitGateway } from './transit-gateway';

export interface TransitVpnProps {
  /** Names every resource (tag `Name`) and the log group; unique within the stack; 1 to 50 of `[A-Za-z0-9_-]`. */
  readonly name: string;
  /** AWS's end. */
  readonly transitGateway: ITransitGateway;
  /** The table that packets from the site look up: it must know the networks that the site is to reach. */
  readonly routeTableId: string;
  /** Tables that get the site's routes, by a key that never changes. */
  readonly routeTableIds: Readonly<Record<string, string>>;
  /** The gateway on the site's side: its settings, or a customer gateway that is there already. */
  readonly customerGateway: CustomerGatewaySettings | ICustomerGateway;
  /** Networks behind the customer gateway; static routing needs them. @default - none */
  readonly remoteNetworks?: RemoteNetworks;
  /** Static routes to `remoteNetworks` in the tables, or whatever the site announces over BGP. */
  readonly routing: 'static' | 'bgp';
  /**
   * Whether the tunnels enter AWS's network at the nearest edge. It needs NAT traversal, and the site begins. A change replaces
   * the connection. @default false
   */
  readonly acceleration?: boolean;
  /** `large`: up to 5 Gbit/s a tunnel. It needs provider 6.25, and was not tried against a real provider. @default standard */
  readonly bandwidth?: 'standard' | 'large';
  /** The options of both tunnels. @default - the crypto profile `modern`; AWS chooses inside CIDRs and keys */
  readonly tunnels?: readonly [TunnelProps, TunnelProps];
  /** Where AWS keeps the pre-shared keys. @default Standard */
  readonly presharedKeyStorage?: 'Standard' | 'SecretsManager';
  /** Activity logs in CloudWatch. @default - none */
  readonly logs?: SiteToSiteVpnLogs;
  /** Tags of every resource; they win over the default `Name`. @default - none */
  readonly tags?: Tags;
}

/**
 * An IPsec connection between a transit gateway and one on-premises gateway, and the site's routes in the gateway's tables.
 *
 * @throws {@link PropsError} for everything that AWS would refuse
 */
export class TransitVpn extends IpsecConnection {
  readonly customerGateway: ICustomerGateway;
  readonly connection: VpnConnection;
  readonly connectionId: string;
  readonly connectionArn: string;
  /** The connection as the transit gateway sees it. */
  readonly attachmentId: string;
  /** The activity logs' group; undefined without the prop `logs`. */
  readonly logGroup?: CloudwatchLogGroup;
  protected readonly insideCidrs: readonly string[];

  constructor(scope: Construct, id: string, props: TransitVpnProps) {
    super(scope, id);
    const remoteNetworks = readRemoteNetworks(this, props.remoteNetworks ?? []);
    this.check(props, remoteNetworks);
    const { name, tags, transitGateway, routing, acceleration = false, bandwidth = 'standard' } = props;
    const tunnels = props.tunnels ?? [cryptoProfileOptions('modern'), cryptoProfileOptions('modern')];
    this.customerGateway = this.customerGatewayOf(props);
    checkAsnsDiffer(this, 'transit gateway', transitGateway.amazonSideAsn, this.customerGateway.asn);
    this.logGroup = this.logGroupOf(props);
    this.connection = new VpnConnection(this, 'Connection', {
      transitGatewayId: transitGateway.transitGatewayId,
      customerGatewayId: this.customerGateway.customerGatewayId,
      type: 'ipsec.1',
      staticRoutesOnly: routing === 'static',
      ...(acceleration ? { enableAcceleration: true } : {}),
      presharedKeyStorage: props.presharedKeyStorage ?? 'Standard',
      ...this.tunnelsOf(tunnels, props.logs, this.logGroup),
      tags: tagsOf(name, tags),
    });
    // The bindings are older than the argument.
    if (bandwidth === 'large') this.connection.addOverride('tunnel_bandwidth', bandwidth);
    this.connectionId = this.connection.id;
    this.connectionArn = this.connection.arn;
    this.attachmentId = this.connection.transitGatewayAttachmentId;
    this.insideCidrs = insideCidrsOf(tunnels);
    new Ec2TransitGatewayRouteTableAssociation(this, 'Association', {
      transitGatewayAttachmentId: this.attachmentId,
      transitGatewayRouteTableId: props.routeTableId,
    });
    this.routes(props, remoteNetworks);
  }

  private check(props: TransitVpnProps, remoteNetworks: readonly RemoteNetwork[]): void {
    const { name, tags, routing, transitGateway, customerGateway, tunnels = [], acceleration } = props;
    checkName(this, 'name', name);
    claimName(this, { prop: 'name', things: 'VPNs', name });
    checkTags(this, 'tags', tags);
    checkId(this, 'routeTableId', 'tgw-rtb', props.routeTableId);
    checkKeys(this, 'routeTableIds', props.routeTableIds);
    for (const [key, table] of Object.entries(props.routeTableIds))
      checkId(this, `routeTableIds.${key}`, 'tgw-rtb', table);
    if (!('customerGatewayId' in customerGateway))
      checkCustomerGateway(this, 'customerGateway.', customerGateway);
    checkTunnels(this, tunnels);
    if (routing === 'static' && remoteNetworks.length === 0)
      refuse(this, 'remoteNetworks: must name at least one network for static routing, got none');
    if (routing === 'static' && transitGateway.ecmp === true)
      refuse(this, 'routing: must be "bgp" on a transit gateway with ecmp, got "static"');
    if (acceleration === true && tunnels.some(({ startupAction }) => startupAction === 'start'))
      refuse(this, 'acceleration: needs the site to begin, got startupAction "start" for a tunnel');
  }

  private routes({ routing, routeTableIds }: TransitVpnProps, networks: readonly RemoteNetwork[]): void {
    for (const [table, transitGatewayRouteTableId] of Object.entries(routeTableIds)) {
      const place = { transitGatewayAttachmentId: this.attachmentId, transitGatewayRouteTableId };
      if (routing === 'bgp') {
        new Ec2TransitGatewayRouteTablePropagation(this, `Propagation-${table}`, place);
        continue;
      }
      for (const { key, text: destinationCidrBlock } of networks)
        new Ec2TransitGatewayRoute(this, `To-${key}-${table}`, { ...place, destinationCidrBlock });
    }
  }
}
