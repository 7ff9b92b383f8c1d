import { CloudwatchLogGroup } from '@cdktf/provider-aws/lib/cloudwatch-log-group';
import { VpnConnection } from '@cdktf/provider-aws/lib/vpn-connection';
import { Construct } from 'constructs';
import { cryptoProfileOptions } from '../../model/clouds/aws/crypto-options';
import { VENDED_LOGS } from '../../model/clouds/aws/logs';
import { type CidrProp, knownCidr } from '../cidr-prop';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { CustomerGateway, type ICustomerGateway } from './customer-gateway';
import { checkLogGroupName, checkRetention } from './log-group-checks';
import { readRemoteNetworks } from './remote-networks';
import { checkAsnsDiffer, checkSiteToSiteVpnProps } from './site-to-site-vpn-checks';
import type { SiteToSiteVpnLogs, SiteToSiteVpnProps, TunnelProps } from './site-to-site-vpn-props';
import { tagsOf } from './tags';
import { type TunnelLogArguments, tunnelArguments } from './tunnel-arguments';
import { tunnelAttribute } from './tunnel-attribute';
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
export class SiteToSiteVpn extends Construct {
  readonly vpnGateway: IVpnGateway;
  readonly customerGateway: ICustomerGateway;
  readonly connection: VpnConnection;
  readonly connectionId: string;
  readonly connectionArn: string;
  /** The activity logs' group; undefined without the prop `logs`. */
  readonly logGroup?: CloudwatchLogGroup;
  private readonly insideCidrs: readonly string[];

  constructor(scope: Construct, id: string, props: SiteToSiteVpnProps) {
    super(scope, id);
    checkCore(this);
    const remoteNetworks = readRemoteNetworks(this, props.remoteNetworks ?? []);
    checkSiteToSiteVpnProps(this, props, remoteNetworks);
    const { name, network, tags, routing = remoteNetworks.length > 0 ? 'static' : 'bgp' } = props;
    const tunnels = props.tunnels ?? [cryptoProfileOptions('modern'), cryptoProfileOptions('modern')];
    this.vpnGateway =
      props.vpnGateway ??
      new VpnGateway(this, 'Gateway', { network, name, amazonSideAsn: props.amazonSideAsn, tags });
    this.customerGateway =
      'customerGatewayId' in props.customerGateway
        ? props.customerGateway
        : new CustomerGateway(this, 'CustomerGateway', { ...props.customerGateway, name, tags });
    checkAsnsDiffer(this, this.vpnGateway.amazonSideAsn, this.customerGateway.asn);
    this.logGroup = props.logs && this.log(props, props.logs);
    this.connection = new VpnConnection(this, 'Connection', {
      vpnGatewayId: this.vpnGateway.vpnGatewayId,
      customerGatewayId: this.customerGateway.customerGatewayId,
      type: 'ipsec.1',
      staticRoutesOnly: routing === 'static',
      presharedKeyStorage: props.presharedKeyStorage ?? 'Standard',
      ...this.tunnels(tunnels, props.logs),
      tags: tagsOf(name, tags),
    });
    this.connectionId = this.connection.id;
    this.connectionArn = this.connection.arn;
    this.insideCidrs = tunnels.flatMap(({ insideCidr }) =>
      insideCidr === undefined ? [] : [insideCidr.toString()],
    );
    const tables = props.privateRouteTableIds ?? network.privateRouteTableIds;
    if (routing === 'bgp') propagateRoutes(this, this.vpnGateway.vpnGatewayId, tables);
    else staticRoutes(this, this.connectionId, this.vpnGateway.vpnGatewayId, tables, remoteNetworks);
  }

  /**
   * AWS's public address of the tunnel with this inside CIDR, known after apply.
   *
   * @throws {@link PropsError} for a CIDR that no tunnel was given
   */
  tunnelAddress(insideCidr: CidrProp): string {
    return tunnelAttribute(this.connection, 'address', this.checkedInsideCidr(insideCidr));
  }

  /**
   * The pre-shared key of the tunnel with this inside CIDR, known after apply. It is sensitive.
   *
   * @throws {@link PropsError} for a CIDR that no tunnel was given
   */
  tunnelPresharedKey(insideCidr: CidrProp): string {
    return tunnelAttribute(this.connection, 'preshared_key', this.checkedInsideCidr(insideCidr));
  }

  private checkedInsideCidr(insideCidr: CidrProp): string {
    const text = (knownCidr(this, 'insideCidr', insideCidr) ?? insideCidr).toString();
    if (!this.insideCidrs.includes(text)) {
      const given = this.insideCidrs.join(', ') || 'none, because AWS chooses them';
      refuse(this, `insideCidr: must be that of a tunnel (${given}), got ${text}`);
    }
    return text;
  }

  /** AWS delivers only to groups whose name begins with /aws/vendedlogs/ without a resource policy of its own. */
  private log({ name, tags }: SiteToSiteVpnProps, logs: SiteToSiteVpnLogs): CloudwatchLogGroup {
    const { namePrefix = 'kakehashi', logGroupName = `${VENDED_LOGS}${namePrefix}/${name}/vpn` } = logs;
    checkLogGroupName(this, 'logs.logGroupName', logGroupName);
    checkRetention(this, 'logs.retentionDays', logs.retentionDays);
    return new CloudwatchLogGroup(this, 'Log', {
      name: logGroupName,
      retentionInDays: logs.retentionDays,
      tags: tagsOf(name, tags),
    });
  }

  private tunnels(
    [first, second]: readonly [TunnelProps, TunnelProps],
    logs: SiteToSiteVpnLogs | undefined,
  ): ReturnType<typeof tunnelArguments> {
    const log: TunnelLogArguments | undefined = logs &&
      this.logGroup && { groupArn: this.logGroup.arn, format: logs.format, bgp: logs.bgp ?? false };
    return { ...tunnelArguments(1, first, log), ...tunnelArguments(2, second, log) };
  }
}
