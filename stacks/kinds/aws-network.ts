import { DataAwsEc2TransitGateway } from '@cdktf/provider-aws/lib/data-aws-ec2-transit-gateway';
import { DataAwsEc2TransitGatewayRouteTable } from '@cdktf/provider-aws/lib/data-aws-ec2-transit-gateway-route-table';
import { Construct } from 'constructs';
import type { Allocation } from '../../catalog/ground/allocation';
import { complete } from '../../catalog/ground/complete';
import type { Site } from '../../catalog/ground/site';
import { ROUTE_TABLE_TAG, SITE_TABLE } from '../../catalog/kinds/aws/hub-names';
import type { AwsSettings } from '../../catalog/kinds/aws/settings';
import type { AwsVpn } from '../../catalog/kinds/aws/vpn';
import type { AwsNetwork, AwsSubnet, HubAttachment } from '../../catalog/kinds/aws-network/network';
import { DhcpOptions } from '../../constructs/aws/dhcp-options';
import { DnsForwarding } from '../../constructs/aws/dns-forwarding';
import { Network } from '../../constructs/aws/network';
import { SecurityGroup } from '../../constructs/aws/security-group';
import { SiteToSiteVpn } from '../../constructs/aws/site-to-site-vpn';
import { TransitAttachment, type TransitAttachmentProps } from '../../constructs/aws/transit-attachment';
import { VpcEndpoints } from '../../constructs/aws/vpc-endpoints';
import { VpnGateway } from '../../constructs/aws/vpn-gateway';
import { propagateRoutes } from '../../constructs/aws/vpn-routes';
import type { CatalogStackProps } from '../catalog-stack';
import { literal, literalJson } from '../literal';
import { AwsProviderStack } from './aws';
import { AwsConnectionStack, builtConnection, connectionsOf } from './aws-connection';
import type { StackBuilder } from './kind';

export interface AwsNetworkStackProps extends CatalogStackProps {
  readonly aws: AwsSettings;
  readonly network: AwsNetwork;
  /** Needed where the network has a VPN. */
  readonly site?: Site;
  /** By connection, `aws/default` or `aws/default@east`. */
  readonly allocations: ReadonlyMap<string, Allocation>;
}

/** One VPC of the catalog with its subnets, its security group and its VPN, and the entries that it makes. */
export class AwsNetworkStack extends AwsConnectionStack {
  constructor(scope: Construct, id: string, props: AwsNetworkStackProps) {
    const { network, environment } = props;
    const { existingNames } = network;
    super(scope, id, {
      ...props,
      region: network.region,
      tags: { ...network.tags, 'kakehashi:entry': `${environment}/${network.key}` },
    });
    const net = new Network(this, 'Network', {
      name: id,
      cidr: network.vpcCidr,
      egress: network.egress,
      flowLogs: network.flowLogs ? { retentionDays: 90 } : undefined,
      subnets: Object.fromEntries(
        network.subnets.map((subnet, index) => [
          subnet.born,
          {
            cidr: subnet.cidr,
            zone: subnet.zone,
            publicCidr: index === 0 ? network.publicSubnet : subnet.publicSubnet,
            tags: { 'kakehashi:entry': `${environment}/aws/${subnet.entry}` },
          },
        ]),
      ),
    });
    this.services(id, network, net);
    const group = new SecurityGroup(this, 'Nodes', {
      network: net,
      name: literal(existingNames.securityGroup ?? id),
      // A change would replace the group, so it keeps the name that the network was born with.
      description: literal(
        existingNames.securityGroupDescription ?? `Nodes of ${environment}/${network.identity}`,
      ),
      ingress: network.ingress.map((rule) => ({
        ...rule,
        description: literal(rule.description),
        allowPublic: rule.allowPublic && literal(rule.allowPublic),
      })),
    });
    this.output('catalog', catalogFragment(network, net, group.securityGroupId));
    this.vpn(id, props, net);
    this.attach(id, props, net);
  }

  /** What nodes have of AWS beside their network. */
  private services(name: string, network: AwsNetwork, net: Network): void {
    const { region, endpoints, endpointSubnets, dhcp, forwarding, subnets } = network;
    if (endpoints.length > 0) {
      const keys = subnets.filter(({ entry }) => endpointSubnets.includes(entry)).map(({ born }) => born);
      new VpcEndpoints(this, 'Endpoints', { network: net, name, region, endpoints, subnets: keys });
    }
    if (forwarding !== undefined) {
      const born = new Map(subnets.map((subnet) => [subnet.entry, subnet.born]));
      new DnsForwarding(this, 'Forwarding', {
        network: net,
        name,
        resolvers: forwarding.resolvers,
        interfaces: forwarding.interfaces.map(({ entry, ...one }) => ({
          ...one,
          subnet: complete(born.get(entry)),
        })),
      });
    }
    if (dhcp === undefined) return;
    new DhcpOptions(this, 'Dhcp', {
      network: net,
      name,
      domainNameServers: dhcp.nameServers,
      ntpServers: dhcp.ntpServers,
      ...(dhcp.domain === undefined ? {} : { domainName: dhcp.domain }),
    });
  }

  private vpn(id: string, props: AwsNetworkStackProps, net: Network): void {
    const { environment, network, site, allocations } = props;
    const { vpn, existingNames } = network;
    const connections = connectionsOf(network.key, site, allocations);
    if (!vpn || !site || connections.length === 0) {
      this.connectionOutputs(environment, undefined, []);
      return;
    }
    this.presharedKeysVariable();
    const vpnGateway = connections.some(({ gateway }) => gateway.name !== undefined)
      ? this.sharedGateway(id, vpn, net)
      : undefined;
    const built = connections.map((connection) => {
      const { gateway, allocation } = connection;
      const tunnels = this.tunnelsOf(vpn, allocation);
      const name = gateway.name === undefined ? id : `${id}-${gateway.name}`;
      // What was adopted has one connection: names that were given to it are not those of another gateway.
      const { customerGatewayDevice: deviceName = name, vpnLogGroup } =
        gateway.name === undefined ? existingNames : {};
      const siteToSiteVpn = new SiteToSiteVpn(
        this,
        gateway.name === undefined ? 'Vpn' : `Vpn-${gateway.name}`,
        {
          name,
          network: net,
          customerGateway: {
            ipAddress: gateway.publicIp,
            asn: site.asn,
            deviceName: deviceName === '' ? null : literal(deviceName),
          },
          ...(vpnGateway === undefined ? { amazonSideAsn: vpn.cloudAsn } : { vpnGateway }),
          ...(vpnGateway === undefined || vpn.routing === 'static' ? {} : { privateRouteTableIds: {} }),
          routing: vpn.routing,
          remoteNetworks: vpn.remoteNetworks,
          tunnels,
          presharedKeyStorage: vpn.presharedKeyStorage,
          logs: vpn.logs && {
            ...vpn.logs,
            ...(vpnLogGroup === undefined ? {} : { logGroupName: vpnLogGroup }),
          },
        },
      );
      return builtConnection(connection, vpn, siteToSiteVpn, tunnels, [network.vpcCidr]);
    });
    this.connectionOutputs(environment, site, built);
  }

  /** The VPC on the transit gateway of a hub, which is found by its tags unless the catalog has its ids. */
  private attach(id: string, { network }: AwsNetworkStackProps, net: Network): void {
    const { attachment } = network;
    if (attachment === undefined) return;
    const { hub, subnets, remoteNetworks } = attachment;
    const born = new Map(network.subnets.map(({ entry, born }) => [entry, born]));
    const ids = 'gateway' in hub ? adoptedHub(hub) : this.findHub(hub);
    // Its id is that of a VPN, so that a network's routes stay when it changes from one to the other.
    new TransitAttachment(this, 'Vpn', {
      name: id,
      network: net,
      ...ids,
      subnets: isList(subnets) ? subnets.map((entry) => complete(born.get(entry))) : subnets,
      remoteNetworks,
    });
  }

  private findHub({ entry, routeTable }: HubEntry): HubIds {
    const byTag = (name: string, value: string) => ({ name: `tag:${name}`, values: [literal(value)] });
    const ofEntry = byTag('kakehashi:entry', entry);
    const gateway = new DataAwsEc2TransitGateway(this, 'Hub', {
      filter: [ofEntry, { name: 'state', values: ['available'] }],
    });
    const table = (id: string, name: string): string =>
      new DataAwsEc2TransitGatewayRouteTable(this, id, {
        filter: [
          ofEntry,
          byTag(ROUTE_TABLE_TAG, name),
          { name: 'transit-gateway-id', values: [gateway.id] },
          { name: 'state', values: ['available'] },
        ],
      }).id;
    const own = table('HubTable', routeTable);
    return {
      transitGatewayId: gateway.id,
      routeTableId: own,
      propagatedRouteTableIds: { own, [SITE_TABLE]: table('HubSiteTable', SITE_TABLE) },
    };
  }

  /**
   * AWS's end of connections to gateways with names. It and its routes have the addresses of a site without names, so that
   * they stay when a gateway gets a name, comes or goes.
   */
  private sharedGateway(id: string, vpn: AwsVpn, network: Network): VpnGateway {
    const scope = new Construct(this, 'Vpn');
    const gateway = new VpnGateway(scope, 'Gateway', { network, name: id, amazonSideAsn: vpn.cloudAsn });
    if (vpn.routing === 'bgp') propagateRoutes(scope, gateway.vpnGatewayId, network.privateRouteTableIds);
    return gateway;
  }
}

type HubEntry = Extract<HubAttachment['hub'], { readonly entry: string }>;
type HubIds = Pick<TransitAttachmentProps, 'transitGatewayId' | 'routeTableId' | 'propagatedRouteTableIds'>;

/** One that exists already has one table for all. */
function adoptedHub({ gateway, routeTable }: Exclude<HubAttachment['hub'], HubEntry>): HubIds {
  return {
    transitGatewayId: gateway,
    routeTableId: routeTable,
    propagatedRouteTableIds: { own: routeTable },
  };
}

function isList(subnets: HubAttachment['subnets']): subnets is readonly string[] {
  return Array.isArray(subnets);
}

/** Builds a VPC of the catalog. */
export const buildAwsNetwork: StackBuilder<'aws-network'> = (app, stack, { catalog, allocations }, props) => {
  const { settings: aws, networks } = complete(catalog.kinds['aws-network']);
  const network = networks.find(({ key }) => key === stack.network);
  if (network === undefined) {
    new AwsProviderStack(app, stack.id, { ...props, aws, region: stack.place.region, tags: {} });
    return;
  }
  new AwsNetworkStack(app, stack.id, { ...props, aws, network, site: catalog.site, allocations });
};

/** What the stack contributes to `vpn_catalog.yml`. */
function catalogFragment(network: AwsNetwork, net: Network, securityGroupId: string): object {
  const entry = (subnet: AwsSubnet): object => ({
    aws_region: network.region,
    aws_availability_zone: net.subnetZones[subnet.born],
    aws_vpc_subnet_id: net.subnetIds[subnet.born],
    aws_vpc_security_group_id: securityGroupId,
    private_network_ipmask: subnet.cidr.toString(),
    ...literalJson(subnet.extra),
  });
  const entries = (subnets: readonly AwsSubnet[]): object =>
    Object.fromEntries(subnets.map((subnet) => [subnet.entry, entry(subnet)]));
  const spot = network.subnets.filter((subnet) => subnet.spot);
  return { aws: entries(network.subnets), ...(spot.length > 0 ? { aws_spot: entries(spot) } : {}) };
}
