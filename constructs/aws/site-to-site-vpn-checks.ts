import type { IConstruct } from 'constructs';
import { parseInsideCidr } from '../../model/clouds/aws/inside-cidr';
import { optionValueProblems, tunnelOptionProblems } from '../../model/clouds/aws/tunnel-option-problems';
import { optionKey } from '../../model/clouds/aws/tunnel-options';
import type { Cidr } from '../../model/net/cidr';
import { knownCidr } from '../cidr-prop';
import { checked, refuse } from '../props-error';
import { isKnown, isOneToken } from '../tokens';
import { checkAmazonSideAsn } from './asn-prop';
import { checkCustomerGateway } from './customer-gateway';
import { checkKeys, checkName, claimName } from './names';
import type { RemoteNetwork } from './remote-networks';
import type { SiteToSiteVpnProps, TunnelProps } from './site-to-site-vpn-props';
import { checkTags } from './tags';

/**
 * Checks everything that AWS would refuse, each by itself, as far as it is known.
 *
 * @throws {@link PropsError}
 */
export function checkSiteToSiteVpnProps(
  vpn: IConstruct,
  props: SiteToSiteVpnProps,
  remoteNetworks: readonly RemoteNetwork[],
): void {
  checkName(vpn, 'name', props.name);
  claimName(vpn, { prop: 'name', things: 'VPNs', name: props.name });
  checkTags(vpn, 'tags', props.tags);
  if (props.privateRouteTableIds) checkKeys(vpn, 'privateRouteTableIds', props.privateRouteTableIds);
  checkGateways(vpn, props);
  checkTunnels(vpn, props.tunnels ?? []);
  checkRoutes(vpn, props, remoteNetworks);
}

function checkGateways(vpn: IConstruct, props: SiteToSiteVpnProps): void {
  const { customerGateway, vpnGateway, amazonSideAsn } = props;
  if (!('customerGatewayId' in customerGateway))
    checkCustomerGateway(vpn, 'customerGateway.', customerGateway);
  if (amazonSideAsn === undefined) return;
  if (vpnGateway !== undefined)
    refuse(vpn, `amazonSideAsn: must be absent where vpnGateway has its own, got ${amazonSideAsn}`);
  checkAmazonSideAsn(vpn, 'amazonSideAsn', amazonSideAsn);
}

/**
 * @param gateway AWS's end in words, for the message
 * @throws {@link PropsError} where both ends would have one ASN, as far as both are known
 */
export function checkAsnsDiffer(
  vpn: IConstruct,
  gateway: string,
  amazonSideAsn: number | undefined,
  asn: number | undefined,
): void {
  if (asn === undefined || amazonSideAsn !== asn || !isKnown(asn)) return;
  refuse(vpn, `amazonSideAsn: must differ from customerGateway.asn on a ${gateway}, got ${asn} for both`);
}

/** @throws {@link PropsError} for options that AWS would refuse, each by itself and together */
export function checkTunnels(vpn: IConstruct, tunnels: readonly TunnelProps[]): void {
  const [first, second] = tunnels.map((tunnel, index) => checkTunnel(vpn, `tunnels[${index}]`, tunnel));
  if (first && second && first.overlaps(second))
    refuse(vpn, `tunnels: must have different inside CIDRs, got ${first} for both`);
}

/** @returns the inside CIDR, where it is known */
function checkTunnel(vpn: IConstruct, prop: string, tunnel: TunnelProps): Cidr | undefined {
  const { presharedKey, insideCidr, ...options } = tunnel;
  const inside = insideCidr === undefined ? undefined : knownCidr(vpn, `${prop}.insideCidr`, insideCidr);
  if (inside) checked(vpn, `${prop}.insideCidr`, () => parseInsideCidr(inside.toString()));
  const given = Object.entries(options);
  const known = given.filter(([, value]) => isKnown(value));
  const problems =
    known.length === given.length
      ? tunnelOptionProblems(options)
      : optionValueProblems(Object.fromEntries(known));
  for (const { option, message } of problems)
    refuse(vpn, `${prop}.${option} (${optionKey(option)}): ${message}`);
  if (presharedKey !== undefined && !isOneToken(presharedKey)) {
    refuse(
      vpn,
      `${prop}.presharedKey: must be one token, for instance a sensitive variable's stringValue, so that no key stands in the configuration`,
    );
  }
  return inside;
}

function checkRoutes(
  vpn: IConstruct,
  { network, routing }: SiteToSiteVpnProps,
  remoteNetworks: readonly RemoteNetwork[],
): void {
  if (routing === 'static' && remoteNetworks.length === 0)
    refuse(vpn, 'remoteNetworks: must name at least one network for static routing, got none');
  const vpcCidr = network.vpcCidr === undefined ? undefined : knownCidr(vpn, 'network', network.vpcCidr);
  if (vpcCidr === undefined) return;
  for (const { cidr } of remoteNetworks) {
    if (cidr?.overlaps(vpcCidr)) refuse(vpn, `remoteNetworks: ${cidr} overlaps the VPC (${vpcCidr})`);
  }
}
