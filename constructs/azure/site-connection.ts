import { LocalNetworkGateway } from '@cdktf/provider-azurerm/lib/local-network-gateway';
import { VirtualNetworkGatewayConnection } from '@cdktf/provider-azurerm/lib/virtual-network-gateway-connection';
import { Construct } from 'constructs';
import type { IpsecPolicy } from '../../model/clouds/azure/ipsec-policy';
import type { CidrProp } from '../cidr-prop';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { isOneToken } from '../tokens';
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
    const { gateway, name, bgp, siteNetworks, trafficSelectors } = props;
    if (!isOneToken(props.presharedKey))
      refuse(
        this,
        "presharedKey: must be one token, for instance a sensitive variable's stringValue, so that no key stands in the configuration",
      );
    if (bgp === undefined && siteNetworks.length === 0)
      refuse(this, 'siteNetworks: must hold at least one without BGP, got none');
    if (bgp !== undefined && trafficSelectors !== undefined)
      refuse(this, 'trafficSelectors: cannot be combined with BGP');
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
}
