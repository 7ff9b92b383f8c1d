import { PublicIp } from '@cdktf/provider-azurerm/lib/public-ip';
import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';
import { VirtualNetworkGateway } from '@cdktf/provider-azurerm/lib/virtual-network-gateway';
import { VirtualNetworkGatewayNatRule } from '@cdktf/provider-azurerm/lib/virtual-network-gateway-nat-rule';
import { Construct } from 'constructs';
import { DEFAULT_AZURE_ASN, isAzureAsn, RESERVED_ASNS } from '../../model/clouds/azure/asn';
import { type CidrProp, knownCidr } from '../cidr-prop';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { isKnown } from '../tokens';
import { bgpSwitch } from './bgp-switch';
import type { Network } from './network';

export interface VpnGatewayProps {
  readonly network: Network;
  /** Names the gateway, and its addresses with `-1` and `-2` after it. A change replaces the gateway. */
  readonly name: string;
  /** Block of the GatewaySubnet, /29 at least; a /27 is recommended. */
  readonly gatewaySubnet: CidrProp;
  /** `VpnGw1AZ` to `VpnGw5AZ`; a change within a generation is in place. */
  readonly sku: string;
  /** A change replaces the gateway. */
  readonly generation: 1 | 2;
  /** Zones of its public addresses, fixed at their birth: all of the location, or none where it has none. */
  readonly zones: readonly string[];
  /** Two instances that are both up. */
  readonly activeActive: boolean;
  /** @default - routes are static */
  readonly bgp?: GatewayBgp;
  /** Translation of addresses, by the rule's name. @default - none */
  readonly natRules?: Readonly<Record<string, GatewayNatRule>>;
  /** How long Terraform waits. Azure takes 30 to 60 minutes. @default 90 */
  readonly timeoutMinutes?: number;
}

export interface GatewayBgp {
  readonly asn: number;
  /** Addresses of 169.254.21.0 to 169.254.22.255 of each instance, one for each connection. @default - those of the GatewaySubnet alone */
  readonly apipaAddresses?: readonly (readonly string[])[];
}

export interface GatewayNatRule {
  readonly mode: 'EgressSnat' | 'IngressSnat';
  readonly internal: CidrProp;
  readonly external: CidrProp;
}

/** Deletion is faster than creation, whatever else is waited for. */
const DELETE_MINUTES = 60;

/**
 * A route-based virtual network gateway for site-to-site connections, in a GatewaySubnet of its own, which has no security group, no
 * NAT gateway and no route table, because Azure's gateway does not work with them.
 *
 * The peering addresses are written out for each ip configuration, also without BGP: what is left out there reads back from Azure, and
 * every apply would then update the gateway (Azure/terraform-azurerm-caf-enterprise-scale and its successors have that fault), or name
 * an instance that is gone.
 *
 * @throws {@link PropsError}
 */
export class VpnGateway extends Construct {
  readonly subnet: Subnet;
  readonly gateway: VirtualNetworkGateway;
  /** The gateway's public addresses: one for each instance. */
  readonly addresses: readonly PublicIp[];
  /** Ids of the rules, by mode. */
  readonly natRuleIds: { readonly egress: readonly string[]; readonly ingress: readonly string[] };

  constructor(
    scope: Construct,
    id: string,
    readonly props: VpnGatewayProps,
  ) {
    super(scope, id);
    checkCore(this);
    this.check();
    const { network, name, gatewaySubnet, zones, activeActive, bgp, natRules = {} } = props;
    this.subnet = new Subnet(this, 'GatewaySubnet', {
      name: 'GatewaySubnet',
      resourceGroupName: network.props.resourceGroup.groupName,
      virtualNetworkName: network.vnet.name,
      addressPrefixes: [String(gatewaySubnet)],
    });
    this.addresses = Array.from(
      { length: activeActive ? 2 : 1 },
      (_, index) =>
        new PublicIp(this, `Address-${index + 1}`, {
          ...network.common(`${name}-${index + 1}`),
          allocationMethod: 'Static',
          sku: 'Standard',
          ...(zones.length === 0 ? {} : { zones: [...zones] }),
          // Azure deletes no address that a gateway has: that of an instance which goes is deleted after the gateway has let it go.
          lifecycle: { createBeforeDestroy: true },
        }),
    );
    const minutes = `${props.timeoutMinutes ?? 90}m`;
    const isTranslated = bgp !== undefined && Object.keys(natRules).length > 0;
    this.gateway = new VirtualNetworkGateway(this, 'Gateway', {
      ...network.common(name),
      type: 'Vpn',
      vpnType: 'RouteBased',
      sku: props.sku,
      generation: `Generation${props.generation}`,
      activeActive,
      ...bgpSwitch(bgp !== undefined),
      // Else BGP announces and learns the networks as they are, whatever they are translated to.
      ...(isTranslated ? { bgpRouteTranslationForNatEnabled: true } : {}),
      ipConfiguration: this.addresses.map((address, index) => ({
        name: configurationName(index),
        publicIpAddressId: address.id,
        privateIpAddressAllocation: 'Dynamic',
        subnetId: this.subnet.id,
      })),
      bgpSettings: this.bgpSettings(bgp),
      timeouts: { create: minutes, update: minutes, delete: `${DELETE_MINUTES}m` },
    });
    this.natRuleIds = this.natRules(natRules);
  }

  /** The address of an instance in the GatewaySubnet, with which BGP speaks where no APIPA address is used; known after the apply. */
  bgpAddress(instance: number): string {
    return `\${${this.gateway.fqn}.bgp_settings[0].peering_addresses[${instance}].default_addresses[0]}`;
  }

  private bgpSettings({ asn, apipaAddresses = [] }: GatewayBgp = { asn: DEFAULT_AZURE_ASN }) {
    return {
      asn,
      peeringAddresses: this.addresses.map((_, index) => ({
        ipConfigurationName: configurationName(index),
        apipaAddresses: [...(apipaAddresses[index] ?? [])],
      })),
    };
  }

  private natRules(rules: Readonly<Record<string, GatewayNatRule>>): VpnGateway['natRuleIds'] {
    let before: VirtualNetworkGatewayNatRule | undefined;
    const made = Object.entries(rules).map(([name, { mode, internal, external }]) => {
      const rule = new VirtualNetworkGatewayNatRule(this, `NatRule-${name}`, {
        name,
        resourceGroupName: this.props.network.props.resourceGroup.groupName,
        virtualNetworkGatewayId: this.gateway.id,
        mode,
        type: 'Static',
        internalMapping: [{ addressSpace: String(internal) }],
        externalMapping: [{ addressSpace: String(external) }],
        ...(before === undefined ? {} : { dependsOn: [before] }),
      });
      before = rule;
      return { mode, id: rule.id };
    });
    const of = (wanted: GatewayNatRule['mode']) =>
      made.filter(({ mode }) => mode === wanted).map(({ id }) => id);
    return { egress: of('EgressSnat'), ingress: of('IngressSnat') };
  }

  private check(): void {
    const { sku, generation, bgp, activeActive } = this.props;
    this.checkSubnet();
    if (sku === 'VpnGw1AZ' && generation !== 1) refuse(this, 'generation: must be 1 for VpnGw1AZ, got 2');
    if ((sku === 'VpnGw4AZ' || sku === 'VpnGw5AZ') && generation !== 2)
      refuse(this, `generation: must be 2 for ${sku}, got 1`);
    const lists = bgp?.apipaAddresses?.length ?? 0;
    if (lists > (activeActive ? 2 : 1))
      refuse(this, `bgp.apipaAddresses: must be a list for each instance, got ${lists}`);
    if (bgp !== undefined && isKnown(bgp.asn) && !isAzureAsn(bgp.asn))
      refuse(this, `bgp.asn: must not be one of ${RESERVED_ASNS}, got ${bgp.asn}`);
    this.checkNatRules();
  }

  private checkSubnet(): void {
    const { gatewaySubnet, network } = this.props;
    const subnet = knownCidr(this, 'gatewaySubnet', gatewaySubnet);
    if (subnet === undefined) return;
    if (subnet.prefixLength > 29) refuse(this, `gatewaySubnet: must be a /29 at least, got ${subnet}`);
    const blocks = network.props.cidrs.map((cidr) => knownCidr(this, 'network', cidr));
    if (!blocks.some((block) => block?.contains(subnet) ?? true))
      refuse(this, `gatewaySubnet: must lie in the network (${blocks.join(', ')}), got ${subnet}`);
    for (const [key, { cidr }] of Object.entries(network.props.subnets)) {
      if (knownCidr(this, 'network', cidr)?.overlaps(subnet))
        refuse(this, `gatewaySubnet: ${subnet} overlaps subnets.${key} of the network (${cidr})`);
    }
  }

  private checkNatRules(): void {
    const { natRules = {}, sku, bgp } = this.props;
    if (Object.keys(natRules).length === 0) return;
    if (sku === 'VpnGw1AZ')
      refuse(this, 'natRules: must be none with VpnGw1AZ, which translates no addresses');
    if (bgp?.apipaAddresses?.some((addresses) => addresses.length > 0))
      refuse(this, 'natRules: must be none where BGP speaks between APIPA addresses');
    for (const [name, { internal, external }] of Object.entries(natRules)) {
      const inside = knownCidr(this, `natRules.${name}.internal`, internal);
      const outside = knownCidr(this, `natRules.${name}.external`, external);
      if (inside && outside && inside.prefixLength !== outside.prefixLength)
        refuse(
          this,
          `natRules.${name}.external: must have the prefix length of internal (/${inside.prefixLength}), got ${outside}`,
        );
    }
  }
}

function configurationName(index: number): string {
  return `instance-${index + 1}`;
}
