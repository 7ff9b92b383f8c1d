import type { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { VpnConnection } from '@cdktf/provider-aws/lib/vpn-connection';
import type { Construct } from 'constructs';
import { cryptoProfileOptions } from '../../model/clouds/aws/crypto-options';
import type { ICustomerGateway } from './customer-gateway';
import { IpsecConnection, insideCidrsOf } from './ipsec-connection';
import { readRemoteNetworks } from './remote-networks';
import { checkAsnsDiffer, checkSiteToSiteVpnProps } from './site-to-site-vpn-checks';
import type { SiteToSiteVpnProps } from './site-to-site-vpn-props';
import { tagsOf } from './tags';
import { type IVpnGateway, VpnGateway } from './vpn-gateway';
import { propagateRoutes, staticRoutes } from './vpn-routes';

export type { RemoteNetworks } from './remote-networks';
export type { SiteToSiteVpnLogs, SiteToSiteVpnProps, TunnelProps } from './site-to-site-vpn-props';

/**
 * An IPsec connection between a VPC and one on-premises gateway, on a virtual private gateway.
 *
 * Defines the VPN gateway and the customer gateway unless they are given, the connection with its two tunnels, its log
 * group, and the routes: one static route per remote network in the connection and in every private route table, or for
 * BGP the propagation into those tables.
 *
 * @throws {@link PropsError} for everything that AWS would refuse
 */
export class SiteToSiteVpn extends IpsecConnection {
  readonly vpnGateway: IVpnGateway;
  readonly customerGateway: ICustomerGateway;
  readonly connection: VpnConnection;
  readonly connectionId: string;
  readonly connectionArn: string;
  /** The activity logs' group; undefined without the prop `logs`. */
  readonly logGroup?: CloudwatchLogGroup;
  protected readonly insideCidrs: readonly string[];

  constructor(scope: Construct, id: string, props: SiteToSiteVpnProps) {
    super(scope, id);
    const remoteNetworks = readRemoteNetworks(this, props.remoteNetworks ?? []);
    checkSiteToSiteVpnProps(this, props, remoteNetworks);
    const { name, network, tags, routing = remoteNetworks.length > 0 ? 'static' : 'bgp' } = props;
    const tunnels = props.tunnels ?? [cryptoProfileOptions('modern'), cryptoProfileOptions('modern')];
    this.vpnGateway =
      props.vpnGateway ??
      new VpnGateway(this, 'Gateway', { network, name, amazonSideAsn: props.amazonSideAsn, tags });
    this.customerGateway = this.customerGatewayOf(props);
    checkAsnsDiffer(this, 'virtual private gateway', this.vpnGateway.amazonSideAsn, this.customerGateway.asn);
    this.logGroup = this.logGroupOf(props);
    this.connection = new VpnConnection(this, 'Connection', {
      vpnGatewayId: this.vpnGateway.vpnGatewayId,
      customerGatewayId: this.customerGateway.customerGatewayId,
      type: 'ipsec.1',
      staticRoutesOnly: routing === 'static',
      presharedKeyStorage: props.presharedKeyStorage ?? 'Standard',
      ...this.tunnelsOf(tunnels, props.logs, this.logGroup),
      tags: tagsOf(name, tags),
    });
    this.connectionId = this.connection.id;
    this.connectionArn = this.connection.arn;
    this.insideCidrs = insideCidrsOf(tunnels);
    const tables = props.privateRouteTableIds ?? network.privateRouteTableIds;
    if (routing === 'bgp') propagateRoutes(this, this.vpnGateway.vpnGatewayId, tables);
    else staticRoutes(this, this.connectionId, this.vpnGateway.vpnGatewayId, tables, remoteNetworks);
  }
}
