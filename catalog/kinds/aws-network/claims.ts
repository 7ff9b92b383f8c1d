import { AWS_VPN } from '../../../model/clouds/aws/aws-vpn';
import { insideCidrPool } from '../../../model/clouds/aws/inside-cidr';
import { describeTunnel } from '../../../model/clouds/aws/tunnel-description';
import type { NetworkTunnels } from '../../../model/tunnel/description';
import type { AdoptedEntry } from '../../ground/adopted-entry';
import type { Allocation } from '../../ground/allocation';
import {
  type Claims,
  type ConnectionClaim,
  type EntryClaim,
  NO_CLAIMS,
  type TunnelPart,
} from '../../ground/claims';
import type { Path } from '../../ground/path';
import type { Where } from '../../ground/problem';
import { type NetworkDraft, subnetsOf, type VpnDraft } from './draft';

/** What a network claims for itself. */
export function claimsOf(network: NetworkDraft): Claims {
  const { key, entry, place, draft, vpn } = network;
  const create = place.below('create');
  const cidr = draft.create?.vpcCidr;
  return {
    ...NO_CLAIMS,
    networks: cidr
      ? [
          {
            key,
            cidr,
            name: `aws.${entry}.create.vpc_cidr`,
            where: create.at('vpc_cidr'),
            connected: vpn !== undefined,
            holds: (adopted) => isWithin(adopted, network),
          },
        ]
      : [],
    entries: entriesOf(network),
    asns: vpn
      ? [
          {
            key,
            asn: vpn.keys.amazonSideAsn,
            routing: vpn.keys.routing,
            where: create.at('vpn', 'amazon_side_asn'),
            fix: 'choose another from 64512 to 65534',
          },
        ]
      : [],
    gateways: vpn ? [connectionOf(network, vpn)] : [],
  };
}

/** An adopted subnet of the same region inside the VPC is taken for one of this VPC, as its spot copy is. */
function isWithin({ provider, values, cidr }: AdoptedEntry, { draft }: NetworkDraft): boolean {
  const isOfAws = provider === 'aws' || provider === 'aws_spot';
  const vpcCidr = draft.create?.vpcCidr;
  return (
    isOfAws && values.aws_region === draft.awsRegion && cidr !== undefined && vpcCidr?.contains(cidr) === true
  );
}

/** As a source of rules, the entry of a VPC means all of it, that of a further subnet the subnet alone. */
function entriesOf(network: NetworkDraft): readonly EntryClaim[] {
  return subnetsOf(network).flatMap(({ entry: name, place, cidr, spot }, index): EntryClaim[] => {
    const meant = index === 0 ? network.draft.create?.vpcCidr : cidr;
    const own = { provider: 'aws', name, cidr: meant, where: place.keyAt(), isCopy: false };
    const copy = { provider: 'aws_spot', name, where: place.keyAt('create', 'spot'), isCopy: true };
    return spot ? [own, copy] : [own];
  });
}

function connectionOf(network: NetworkDraft, vpn: VpnDraft): ConnectionClaim {
  const { key, place } = network;
  const create = place.below('create');
  return {
    key,
    insideCidrs: vpn.tunnels.map(({ insideCidr }) => insideCidr),
    interfaces: vpn.tunnels.length,
    cloud: AWS_VPN,
    pool: insideCidrPool,
    where: (tunnel) =>
      tunnel === undefined ? create.at('vpn') : create.at('vpn', 'tunnels', tunnel, 'inside_cidr'),
    routingWhere: () => create.at('vpn', 'routing'),
    fix: 'choose another /30 of 169.254.0.0/16, or leave it to kakehashi',
    describe: (allocation) => describe(network, vpn, allocation),
    optionOf: (part, tunnel) => optionOf(vpn, part, tunnel),
  };
}

function describe(
  { draft }: NetworkDraft,
  { keys, tunnels }: VpnDraft,
  { insideCidrs }: Allocation,
): NetworkTunnels {
  const vpcCidr = draft.create?.vpcCidr;
  return {
    mode: keys.mode,
    routing: keys.routing,
    networks: vpcCidr ? [vpcCidr.toString()] : [],
    cloud_asn: keys.amazonSideAsn,
    tunnels: Object.fromEntries(
      insideCidrs.map((insideCidr, index) => [
        insideCidr.toString(),
        describeTunnel({ ...tunnels[index], insideCidr }, ''),
      ]),
    ),
  };
}

/**
 * The options that a part is about, first that which can be wrong alone: the catalog takes AWS's algorithms only, and the
 * daemons have them all but for some groups.
 */
const OPTIONS: Readonly<Record<Exclude<TunnelPart, 'mode'>, readonly string[]>> = {
  ike: ['phase1_dh_group_numbers', 'phase1_encryption_algorithms', 'phase1_integrity_algorithms'],
  esp: ['phase2_dh_group_numbers', 'phase2_encryption_algorithms', 'phase2_integrity_algorithms'],
  ike_versions: ['ike_versions'],
  dpd: ['dpd_timeout_seconds'],
};

/** Where an option stands: for this tunnel, for both, else what sets it. */
function optionOf({ place }: VpnDraft, part: TunnelPart, tunnel: number): Where {
  if (part === 'mode') return place.at('mode');
  const paths = OPTIONS[part].flatMap((option): Path[] => [
    ['tunnels', tunnel, option],
    ['tunnel_options', option],
  ]);
  const path = [...paths, ['crypto']].find((steps) => place.has(...steps));
  return place.at(...(path ?? []));
}
