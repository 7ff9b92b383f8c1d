import { ref, TerraformVariable, Token } from 'cdktf';
import type { Construct } from 'constructs';
import type { Allocation } from '../../catalog/ground/allocation';
import { complete } from '../../catalog/ground/complete';
import type { Site } from '../../catalog/ground/site';
import type { AwsNetwork, AwsSubnet } from '../../catalog/kinds/aws-network/network';
import type { AwsSettings } from '../../catalog/kinds/aws-network/settings';
import { Network } from '../../constructs/aws/network';
import { SecurityGroup } from '../../constructs/aws/security-group';
import { SiteToSiteVpn, type TunnelProps } from '../../constructs/aws/site-to-site-vpn';
import { describeTunnel } from '../../model/clouds/aws/tunnel-description';
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
  readonly allocation?: Allocation;
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

  private vpn(id: string, props: AwsNetworkStackProps, net: Network): void {
    const { environment, network, site, allocation } = props;
    const { vpn, existingNames } = network;
    const { customerGatewayDevice: deviceName = id, vpnLogGroup } = existingNames;
    if (!vpn || !site || !allocation) {
      this.output('tunnels', {});
      this.output('tunnel_keys', {}, true);
      this.siteOutput(environment, undefined, {});
      return;
    }
    const keys = new TerraformVariable(this, 'preshared_keys', {
      type: 'map(string)',
      sensitive: true,
      description: 'Pre-shared keys by the inside CIDR of their tunnel; null lets AWS choose',
    });
    keys.overrideLogicalId('preshared_keys');
    // The typed property can't be null in cdktf 0.21.
    keys.addOverride('default', null);
    const tunnelOf = (index: 0 | 1): TunnelProps & { readonly insideCidr: Cidr } => {
      const insideCidr = complete(allocation.insideCidrs[index]);
      const presharedKey = Token.asString(ref(`try(var.preshared_keys["${insideCidr}"], null)`, this));
      return { ...vpn.tunnels[index], insideCidr, presharedKey };
    };
    const tunnels = [tunnelOf(0), tunnelOf(1)] as const;
    const siteToSiteVpn = new SiteToSiteVpn(this, 'Vpn', {
      name: id,
      network: net,
      customerGateway: {
        ipAddress: site.publicIp,
        asn: site.asn,
        deviceName: deviceName === '' ? null : literal(deviceName),
      },
      routing: vpn.routing,
      remoteNetworks: vpn.remoteNetworks,
      amazonSideAsn: vpn.cloudAsn,
      tunnels,
      presharedKeyStorage: vpn.presharedKeyStorage,
      logs: vpn.logs && { ...vpn.logs, ...(vpnLogGroup === undefined ? {} : { logGroupName: vpnLogGroup }) },
    });
    const keptByAws = vpn.presharedKeyStorage === 'SecretsManager';
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
    this.output('tunnels', { [network.key]: description });
    // What AWS keeps in Secrets Manager the driver reads from there: it is in no output.
    const presharedKeys = (keptByAws ? [] : tunnels).map(({ insideCidr }) => [
      String(insideCidr),
      siteToSiteVpn.tunnelPresharedKey(insideCidr),
    ]);
    this.output('tunnel_keys', Object.fromEntries(presharedKeys), true);
    this.siteOutput(environment, site, {
      [network.key]: {
        crypto: vpn.crypto,
        siteNetworks: vpn.remoteNetworks,
        interfaces: interfacesByCidr(allocation),
      },
    });
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
  const allocation = allocations.get(network.key);
  new AwsNetworkStack(app, stack.id, { ...props, aws, network, site: catalog.site, allocation });
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
