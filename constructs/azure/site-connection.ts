import { LocalNetworkGateway } from '@cdktf/provider-azurerm/lib/local-network-gateway';
import { VirtualNetworkGatewayConnection } from '@cdktf/provider-azurerm/lib/virtual-network-gateway-connection';
import { Construct } from 'constructs';
import { DEFAULT_AZURE_ASN, isSiteAsn, RESERVED_ASNS } from '../../model/clouds/azure/asn';
import { DPD_TIMEOUT_SECONDS, SA_LIFETIME_SECONDS } from '../../model/clouds/azure/azure-vpn';
import { type IpsecPolicy, policyProblems } from '../../model/clouds/azure/ipsec-policy';
import { ROUTING_WEIGHT, SA_DATASIZE_KB } from '../../model/clouds/azure/limits';
import type { Range } from '../../model/clouds/cloud-vpn';
import type { CidrProp } from '../cidr-prop';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { isKnown, isOneToken } from '../tokens';
import { bgpSwitch } from './bgp-switch';
import type { VpnGateway } from './vpn-gateway';

export interface SiteConnectionProps {
  readonly gateway: VpnGateway;
  /** Names the connection, and the local network gateway with `-site` after it. A change replaces both. */
  readonly name: string;
  /** The site's gateway: its public address. */
  readonly siteAddress: string;
  /** Networks behind it; with BGP it announces them itself, and the list may be empty. */
  readonly siteNetworks: readonly CidrProp[];
  /** @default - routes are static */
  readonly bgp?: SiteBgp;
  /**
   * The pre-shared key, 16 to 64 letters and digits; one for all tunnels of the connection. It must be one token, for instance a
   * sensitive variable's `stringValue`: a key does not stand in the configuration.
   */
  readonly presharedKey: string;
  readonly policy: IpsecPolicy;
  readonly saLifetimeSeconds: number;
  readonly saDatasizeKb: number;
  /** A change replaces the connection. */
  readonly dpdSeconds: number;
  /** A change replaces the connection. */
  readonly connectionMode: 'Default' | 'ResponderOnly' | 'InitiatorOnly';
  /** Choose traffic by pairs of these networks and those of the site. @default - by routes */
  readonly trafficSelectors?: readonly CidrProp[];
  /** @default 10 */
  readonly routingWeight?: number;
  /** @default 60 */
  readonly timeoutMinutes?: number;
  /**
   * The connection of the same gateway that is made before this one and deleted after it. Azure refuses a second operation on a gateway
   * (`AnotherOperationInProgress`), and Terraform would begin both at once. @default - none
   */
  readonly after?: SiteConnection;
}

export interface SiteBgp {
  readonly asn: number;
  /** The address with which the site speaks BGP. */
  readonly address: string;
  /** Azure's addresses of this connection, by instance. @default - those of the GatewaySubnet */
  readonly cloudAddresses?: readonly string[];
}

/**
 * A connection of a gateway to one gateway of the site: one key, one policy, and a tunnel of each instance.
 *
 * @throws {@link PropsError}
 */
export class SiteConnection extends Construct {
  readonly localGateway: LocalNetworkGateway;
  readonly connection: VirtualNetworkGatewayConnection;

  constructor(scope: Construct, id: string, props: SiteConnectionProps) {
    super(scope, id);
    checkCore(this);
    this.check(props);
    const { gateway, name, bgp, siteNetworks, trafficSelectors } = props;
    const { network } = gateway.props;
    this.localGateway = new LocalNetworkGateway(this, 'Site', {
      ...network.common(`${name}-site`),
      gatewayAddress: props.siteAddress,
      ...(bgp === undefined
        ? { addressSpace: siteNetworks.map(String) }
        : { bgpSettings: { asn: bgp.asn, bgpPeeringAddress: bgp.address } }),
    });
    const minutes = `${props.timeoutMinutes ?? 60}m`;
    const { egress, ingress } = gateway.natRuleIds;
    const [primary, secondary] = bgp?.cloudAddresses ?? [];
    this.connection = new VirtualNetworkGatewayConnection(this, 'Connection', {
      ...network.common(name),
      type: 'IPsec',
      virtualNetworkGatewayId: gateway.gateway.id,
      localNetworkGatewayId: this.localGateway.id,
      sharedKey: props.presharedKey,
      connectionProtocol: 'IKEv2',
      connectionMode: props.connectionMode,
      dpdTimeoutSeconds: props.dpdSeconds,
      routingWeight: props.routingWeight ?? 10,
      ...bgpSwitch(bgp !== undefined),
      ...(primary === undefined
        ? {}
        : { customBgpAddresses: { primary, ...(secondary === undefined ? {} : { secondary }) } }),
      ipsecPolicy: {
        ...props.policy,
        saLifetime: props.saLifetimeSeconds,
        saDatasize: props.saDatasizeKb,
      },
      ...(trafficSelectors === undefined
        ? {}
        : {
            usePolicyBasedTrafficSelectors: true,
            trafficSelectorPolicy: [
              {
                localAddressCidrs: trafficSelectors.map(String),
                remoteAddressCidrs: siteNetworks.map(String),
              },
            ],
          }),
      ...(egress.length === 0 ? {} : { egressNatRuleIds: [...egress] }),
      ...(ingress.length === 0 ? {} : { ingressNatRuleIds: [...ingress] }),
      ...(props.after === undefined ? {} : { dependsOn: [props.after.connection] }),
      timeouts: { create: minutes, update: minutes, delete: minutes },
    });
  }

  private check(props: SiteConnectionProps): void {
    const { gateway, bgp, siteNetworks, trafficSelectors, presharedKey, policy } = props;
    if (bgp === undefined && siteNetworks.length === 0)
      refuse(this, 'siteNetworks: must hold at least one without BGP, got none');
    if (bgp !== undefined && trafficSelectors !== undefined)
      refuse(this, 'trafficSelectors: cannot be combined with BGP');
    if (bgp !== undefined && gateway.props.bgp === undefined)
      refuse(this, 'bgp: must be absent, because the gateway has no bgp');
    if (bgp !== undefined && isKnown(bgp.asn) && !isSiteAsn(bgp.asn))
      refuse(this, `bgp.asn: must not be ${DEFAULT_AZURE_ASN} or one of ${RESERVED_ASNS}, got ${bgp.asn}`);
    if (!isOneToken(presharedKey))
      refuse(
        this,
        "presharedKey: must be one token, for instance a sensitive variable's stringValue, so that no key stands in the configuration",
      );
    for (const { field, must } of policyProblems(policy))
      refuse(this, `policy.${field}: ${must}, got ${JSON.stringify(policy[field])}`);
    this.checkRange('saLifetimeSeconds', props.saLifetimeSeconds, SA_LIFETIME_SECONDS);
    this.checkRange('saDatasizeKb', props.saDatasizeKb, SA_DATASIZE_KB);
    this.checkRange('dpdSeconds', props.dpdSeconds, DPD_TIMEOUT_SECONDS);
    this.checkRange('routingWeight', props.routingWeight ?? 10, ROUTING_WEIGHT);
  }

  private checkRange(prop: string, value: number, { min, max }: Range): void {
    if (isKnown(value) && (value < min || value > max))
      refuse(this, `${prop}: must be from ${min} to ${max}, got ${value}`);
  }
}
