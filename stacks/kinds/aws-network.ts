import { ref, TerraformVariable, Token } from 'cdktf';
import { Construct } from 'constructs';
import type { Allocation } from '../../catalog/ground/allocation';
import { complete } from '../../catalog/ground/complete';
import type { Site } from '../../catalog/ground/site';
import type { AwsSettings } from '../../catalog/kinds/aws/settings';
import type { AwsNetwork, AwsSubnet, AwsVpn } from '../../catalog/kinds/aws-network/network';
import { DhcpOptions } from '../../constructs/aws/dhcp-options';
import { Network } from '../../constructs/aws/network';
import { SecurityGroup } from '../../constructs/aws/security-group';
import { SiteToSiteVpn, type TunnelProps } from '../../constructs/aws/site-to-site-vpn';
import { VpcEndpoints } from '../../constructs/aws/vpc-endpoints';
import { VpnGateway } from '../../constructs/aws/vpn-gateway';
import { propagateRoutes } from '../../constructs/aws/vpn-routes';
import { describeTunnel } from '../../model/clouds/aws/tunnel-description';
import { connectionKey } from '../../model/gateway/site-gateway';
import type { Cidr } from '../../model/net/cidr';
import type { NetworkTunnels } from '../../model/tunnel/description';
import type { CatalogStackProps } from '../catalog-stack';
import { literal, literalJson } from '../literal';
import { AwsProviderStack } from './aws';
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
export class AwsNetworkStack extends AwsProviderStack {
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
  }

  /** What nodes have of AWS beside their network. */
  private services(name: string, network: AwsNetwork, net: Network): void {
    const { region, endpoints, endpointSubnets, dhcp, subnets } = network;
    if (endpoints.length > 0) {
      const keys = subnets.filter(({ entry }) => endpointSubnets.includes(entry)).map(({ born }) => born);
      new VpcEndpoints(this, 'Endpoints', { network: net, name, region, endpoints, subnets: keys });
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
    const connections = (site?.gateways ?? []).flatMap((gateway) => {
      const key = connectionKey(network.key, gateway);
      const allocation = allocations.get(key);
      return allocation === undefined ? [] : [{ key, gateway, allocation }];
    });
    if (!vpn || !site || connections.length === 0) {
      this.output('tunnels', {});
      this.output('tunnel_keys', {}, true);
      this.siteOutput(environment, undefined, {});
      return;
    }
    const variable = new TerraformVariable(this, 'preshared_keys', {
      type: 'map(string)',
      sensitive: true,
      description: 'Pre-shared keys by the inside CIDR of their tunnel; null lets AWS choose',
    });
    variable.overrideLogicalId('preshared_keys');
    // The typed property can't be null in cdktf 0.21.
    variable.addOverride('default', null);
    const vpnGateway = connections.some(({ gateway }) => gateway.name !== undefined)
      ? this.sharedGateway(id, vpn, net)
      : undefined;
    const keptByAws = vpn.presharedKeyStorage === 'SecretsManager';
    const built = connections.map(({ key, gateway, allocation }) => {
      const tunnels = [this.tunnel(vpn, allocation, 0), this.tunnel(vpn, allocation, 1)] as const;
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
      const description: NetworkTunnels = {
        mode: vpn.mode,
        routing: vpn.routing,
        networks: [network.vpcCidr.toString()],
        cloud_asn: vpn.cloudAsn,
        ...(keptByAws ? { preshared_key_arn: siteToSiteVpn.connection.presharedKeyArn } : {}),
        tunnels: Object.fromEntries(
          tunnels.map(({ presharedKey: _, ...options }) => [
            String(options.insideCidr),
            describeTunnel(options, siteToSiteVpn.tunnelAddress(options.insideCidr)),
          ]),
        ),
      };
      // What AWS keeps in Secrets Manager the driver reads from there: it is in no output.
      const presharedKeys = (keptByAws ? [] : tunnels).map(
        ({ insideCidr }) => [String(insideCidr), siteToSiteVpn.tunnelPresharedKey(insideCidr)] as const,
      );
      const siteConnection = {
        crypto: vpn.crypto,
        siteNetworks: vpn.remoteNetworks,
        interfaces: interfacesByCidr(allocation),
      };
      return { key, description, presharedKeys, siteConnection };
    });
    this.output('tunnels', Object.fromEntries(built.map(({ key, description }) => [key, description])));
    this.output('tunnel_keys', Object.fromEntries(built.flatMap((one) => one.presharedKeys)), true);
    this.siteOutput(
      environment,
      site,
      Object.fromEntries(built.map(({ key, siteConnection }) => [key, siteConnection])),
    );
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

  private tunnel(
    { tunnels }: AwsVpn,
    { insideCidrs }: Allocation,
    index: 0 | 1,
  ): TunnelProps & { readonly insideCidr: Cidr } {
    const insideCidr = complete(insideCidrs[index]);
    const presharedKey = Token.asString(ref(`try(var.preshared_keys["${insideCidr}"], null)`, this));
    return { ...tunnels[index], insideCidr, presharedKey };
  }
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

function interfacesByCidr({ insideCidrs, interfaces }: Allocation): Readonly<Record<string, number>> {
  return Object.fromEntries(insideCidrs.map((cidr, index) => [cidr.toString(), complete(interfaces[index])]));
}

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
