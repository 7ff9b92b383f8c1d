import { ref, TerraformVariable, Token } from 'cdktf';
import type { Construct } from 'constructs';
import type { Allocation } from '../../catalog/ground/allocation';
import { complete } from '../../catalog/ground/complete';
import type { Site } from '../../catalog/ground/site';
import { connectionNameOf, gatewayNameOf } from '../../catalog/kinds/azure-network/names';
import type { AzureNetwork, AzureSubnet, AzureVpn } from '../../catalog/kinds/azure-network/network';
import { Network } from '../../constructs/azure/network';
import { type IResourceGroup, ResourceGroup } from '../../constructs/azure/resource-group';
import { SecurityGroup } from '../../constructs/azure/security-group';
import { SiteConnection } from '../../constructs/azure/site-connection';
import { VpnGateway } from '../../constructs/azure/vpn-gateway';
import { IKE_LIFETIME_SECONDS } from '../../model/clouds/azure/azure-vpn';
import { tunnelAddresses } from '../../model/clouds/azure/inside-addresses';
import { policyProposals } from '../../model/clouds/azure/ipsec-policy';
import { PRESHARED_KEY } from '../../model/clouds/azure/preshared-key';
import type { Cidr } from '../../model/net/cidr';
import type { NetworkTunnels, TunnelDescription } from '../../model/tunnel/description';
import { literal, literalJson } from '../literal';
import { AzureProviderStack, type AzureProviderStackProps } from './azure';
import type { StackBuilder } from './kind';

export interface AzureNetworkStackProps extends AzureProviderStackProps {
  readonly network: AzureNetwork;
  /** Needed where the network has a VPN. */
  readonly site?: Site;
  /** By connection: `azure/default`, `azure/default@east`. */
  readonly allocations: ReadonlyMap<string, Allocation>;
}

/** One virtual network of the catalog with its subnets, its security group and its VPN gateway, and the entries that it makes. */
export class AzureNetworkStack extends AzureProviderStack {
  constructor(scope: Construct, id: string, props: AzureNetworkStackProps) {
    super(scope, id, props);
    const { network, environment } = props;
    const tags = {
      environment,
      'managed-by': 'kakehashi',
      'kakehashi:entry': `${environment}/${network.key}`,
      ...literalValues(network.tags),
    };
    const resourceGroup = this.resourceGroup(network, tags);
    const net = new Network(this, 'Network', {
      resourceGroup,
      name: id,
      vnetName: network.vnetName,
      cidrs: network.vnetCidrs,
      subnets: Object.fromEntries(network.subnets.map(({ born, name, cidr }) => [born, { name, cidr }])),
      ...(network.dnsServers === undefined ? {} : { dnsServers: network.dnsServers }),
      ...(network.egress === 'none' ? {} : { nat: network.nat }),
      ...(network.flowLogsStorageAccountId === undefined
        ? {}
        : { flowLogsStorageAccountId: network.flowLogsStorageAccountId }),
      tags,
    });
    const group = new SecurityGroup(this, 'Nodes', {
      network: net,
      name: network.securityGroupName,
      ingress: network.ingress.map(({ key, priority, rule }) => ({
        key,
        priority,
        rule: {
          ...rule,
          description: literal(rule.description),
          allowPublic: rule.allowPublic && literal(rule.allowPublic),
        },
      })),
    });
    this.output('catalog', catalogFragment(network, net, resourceGroup, group.securityGroup.name));
    this.vpn(id, props, net);
  }

  private resourceGroup(network: AzureNetwork, tags: Readonly<Record<string, string>>): IResourceGroup {
    const { location } = network;
    const { name, create } = network.resourceGroup;
    return create
      ? new ResourceGroup(this, 'ResourceGroup', { name, location, tags })
      : ResourceGroup.fromName(this, 'ResourceGroup', name, location);
  }

  private vpn(id: string, props: AzureNetworkStackProps, net: Network): void {
    const { environment, network, site, allocations } = props;
    const { vpn, gatewaySubnet } = network;
    const connections = (vpn?.connections ?? []).flatMap(({ key, gateway }) => {
      const allocation = allocations.get(key);
      return allocation === undefined
        ? []
        : [{ key, gateway, block: complete(allocation.insideCidrs[0]), interfaces: allocation.interfaces }];
    });
    if (!vpn || !site || !gatewaySubnet || connections.length === 0) {
      this.output('tunnels', {});
      this.output('tunnel_keys', {}, true);
      this.siteOutput(environment, undefined, {});
      return;
    }
    const blocks = connections.map(({ block }) => block);
    this.keysVariable(blocks);
    const keyOf = (block: Cidr) => Token.asString(ref(`var.preshared_keys["${block}"]`, this));
    const gateway = new VpnGateway(this, 'Vpn', {
      network: net,
      name: gatewayNameOf(id),
      gatewaySubnet,
      sku: vpn.sku,
      generation: vpn.generation,
      zones: vpn.zones,
      activeActive: vpn.activeActive,
      ...(vpn.routing === 'bgp' ? { bgp: gatewayBgp(vpn, blocks) } : {}),
      natRules: Object.fromEntries(vpn.natRules.map(({ name, ...rule }) => [name, rule])),
      timeoutMinutes: network.timeouts.gatewayMinutes,
    });
    let before: SiteConnection | undefined;
    for (const { gateway: own, block } of connections) {
      const suffix = own.name === undefined ? '' : `-${own.name}`;
      const inside = tunnelAddresses(block, instancesOf(vpn));
      const isApipa = vpn.bgpPeering === 'apipa';
      before = new SiteConnection(this, `Connection${suffix}`, {
        gateway,
        name: connectionNameOf(id, own),
        siteAddress: own.publicIp,
        siteNetworks: vpn.remoteNetworks,
        ...(vpn.routing === 'bgp'
          ? {
              bgp: {
                asn: site.asn,
                address: isApipa ? complete(inside[0]).site : own.address,
                ...(isApipa ? { cloudAddresses: inside.map(({ cloud }) => cloud) } : {}),
              },
            }
          : {}),
        presharedKey: keyOf(block),
        policy: vpn.policy,
        saLifetimeSeconds: vpn.saLifetimeSeconds,
        saDatasizeKb: vpn.saDatasizeKb,
        dpdSeconds: vpn.dpdSeconds,
        connectionMode: vpn.connectionMode,
        ...(vpn.mode === 'policy-based' ? { trafficSelectors: network.vnetCidrs } : {}),
        routingWeight: vpn.routingWeight,
        timeoutMinutes: network.timeouts.connectionMinutes,
        ...(before === undefined ? {} : { after: before }),
      });
    }
    const described = connections.map(({ key, gateway: own, block }) => [
      key,
      {
        ...describe(vpn, block, gateway, own.address),
        cloud_connection: {
          resource_group: literal(network.resourceGroup.name),
          name: connectionNameOf(id, own),
        },
      },
    ]);
    this.output('tunnels', Object.fromEntries(described));
    this.output(
      'tunnel_keys',
      Object.fromEntries(blocks.map((block) => [String(block), keyOf(block)])),
      true,
    );
    const ends = connections.map(({ key, block, interfaces }) => {
      const keys = tunnelAddresses(block, instancesOf(vpn)).map((one) => String(one.key));
      return [
        key,
        {
          crypto: vpn.crypto,
          siteNetworks: vpn.remoteNetworks,
          interfaces: Object.fromEntries(keys.map((one, index) => [one, complete(interfaces[index])])),
        },
      ];
    });
    this.siteOutput(environment, site, Object.fromEntries(ends));
  }

  /** Azure chooses no keys, so that they must be given; the driver does. */
  private keysVariable(blocks: readonly Cidr[]): void {
    const variable = new TerraformVariable(this, 'preshared_keys', {
      type: 'map(string)',
      sensitive: true,
      nullable: false,
      description: 'Pre-shared keys by the inside block of their connection',
    });
    variable.overrideLogicalId('preshared_keys');
    const list = blocks.map((block) => `"${block}"`).join(', ');
    const example = blocks.map((block) => `"${block}":"KEY"`).join(',');
    variable.addOverride('validation', [
      {
        condition: `\${alltrue([for block in [${list}] : can(regex("${PRESHARED_KEY.pattern.source}", var.preshared_keys[block]))])}`,
        error_message: `Set TF_VAR_preshared_keys to {${example}}: ${PRESHARED_KEY.expected} for each connection.`,
      },
    ]);
  }
}

function instancesOf({ activeActive }: AzureVpn): number {
  return activeActive ? 2 : 1;
}

function gatewayBgp(vpn: AzureVpn, blocks: readonly Cidr[]) {
  if (vpn.bgpPeering !== 'apipa') return { asn: vpn.cloudAsn };
  const apipaAddresses = Array.from({ length: instancesOf(vpn) }, (_, instance) =>
    blocks.map((block) => complete(tunnelAddresses(block, instancesOf(vpn))[instance]).cloud),
  );
  return { asn: vpn.cloudAsn, apipaAddresses };
}

function describe(vpn: AzureVpn, block: Cidr, gateway: VpnGateway, siteAddress: string): NetworkTunnels {
  const isBeyond = vpn.routing === 'bgp' && vpn.bgpPeering === 'gateway-subnet';
  const tunnel = (index: number, cloud: string, site: string): TunnelDescription => ({
    outside_address: complete(gateway.addresses[index]).ipAddress,
    cloud_inside_address: cloud,
    site_inside_address: site,
    ike_versions: [2],
    ...policyProposals(vpn.policy),
    lifetimes: { ike_seconds: IKE_LIFETIME_SECONDS, esp_seconds: vpn.saLifetimeSeconds },
    dpd: { timeout_seconds: vpn.dpdSeconds, action: 'restart' },
    startup: vpn.connectionMode === 'InitiatorOnly' ? 'cloud' : 'site',
    ...(isBeyond
      ? { bgp_peering: { cloud_address: gateway.bgpAddress(index), site_address: siteAddress } }
      : {}),
  });
  return {
    mode: vpn.mode,
    routing: vpn.routing,
    networks: vpn.seenNetworks.map(String),
    cloud_asn: vpn.cloudAsn,
    tunnels: Object.fromEntries(
      tunnelAddresses(block, instancesOf(vpn)).map(({ key, cloud, site }, index) => [
        String(key),
        tunnel(index, cloud, site),
      ]),
    ),
  };
}

/** Builds a virtual network of the catalog. */
export const buildAzureNetwork: StackBuilder<'azure-network'> = (
  app,
  stack,
  { catalog, allocations },
  props,
) => {
  const { settings: azure, networks } = complete(catalog.kinds['azure-network']);
  const network = networks.find(({ key }) => key === stack.network);
  if (network === undefined) {
    new AzureProviderStack(app, stack.id, { ...props, azure });
    return;
  }
  new AzureNetworkStack(app, stack.id, { ...props, azure, network, site: catalog.site, allocations });
};

/** What the stack contributes to `vpn_catalog.yml`. */
function catalogFragment(
  network: AzureNetwork,
  net: Network,
  { groupName }: IResourceGroup,
  securityGroupName: string,
): object {
  const entry = ({ born, cidr, zone, extra }: AzureSubnet): object => ({
    azure_resource_group_name: groupName,
    azure_vnet_name: net.vnet.name,
    azure_subnet_name: complete(net.subnets[born]).name,
    azure_security_group_name: securityGroupName,
    azure_location: network.shownLocation,
    ...(zone === undefined ? {} : { azure_zone: zone }),
    private_network_ipmask: cidr.toString(),
    ...literalJson(extra),
  });
  return { azure: Object.fromEntries(network.subnets.map((subnet) => [subnet.entry, entry(subnet)])) };
}

function literalValues(map: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [literal(key), literal(value)]));
}
