import type { AdoptedEntry } from '../../ground/adopted-entry';
import {
  type AttachmentClaim,
  type Claims,
  type EntryClaim,
  NO_CLAIMS,
  type NodePlaceClaim,
} from '../../ground/claims';
import { asnClaim, type ConnectionDraft, connectionClaim } from '../aws/connection-claim';
import { type AttachmentDraft, type NetworkDraft, subnetsOf, type VpnDraft } from './draft';
import { interfacesIn } from './services';

/** What a network claims for itself. */
export function claimsOf(network: NetworkDraft): Claims {
  const { key, entry, place, draft, vpn, attachment } = network;
  const connection = vpn && connectionOf(network, vpn);
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
            connected: vpn !== undefined || attachment !== undefined,
            holds: (adopted) => isWithin(adopted, network),
          },
        ]
      : [],
    entries: entriesOf(network),
    asns: connection ? [asnClaim(connection, create.at('vpn', 'amazon_side_asn'))] : [],
    gateways: connection ? [connectionClaim(connection)] : [],
    attachments: attachment ? [attachmentOf(network, attachment)] : [],
    places: placesOf(network),
  };
}

/** The subnets that nodes can be in. */
function placesOf(network: NetworkDraft): readonly NodePlaceClaim[] {
  const { key, draft } = network;
  const { create, awsRegion: region } = draft;
  const name = create?.existingNames?.securityGroup;
  return subnetsOf(network).map(({ entry, cidr, zone, extra }) => ({
    entry: `aws/${entry}`,
    network: key,
    ...(cidr === undefined ? {} : { cidr }),
    values: {
      ...extra,
      ...(region === undefined ? {} : { aws_region: region }),
      ...(zone === undefined ? {} : { aws_availability_zone: zone }),
      ...(name === undefined ? {} : { aws_vpc_security_group_name: name }),
    },
    hasInternet: create?.egress !== 'none',
    services: (create?.endpoints ?? []).flatMap((service) => service ?? []),
    interfaces: interfacesIn(network, entry).reduce((sum, { count }) => sum + count, 0),
  }));
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

function connectionOf(
  { key, draft }: NetworkDraft,
  { place, keys: { mode, routing, amazonSideAsn }, tunnels }: VpnDraft,
): ConnectionDraft {
  const vpcCidr = draft.create?.vpcCidr;
  const networks = vpcCidr ? [vpcCidr.toString()] : [];
  return { key, place, mode, routing, cloudAsn: amazonSideAsn, multipath: false, tunnels, networks };
}

function attachmentOf(
  { key, draft }: NetworkDraft,
  { place, hub = '', routeTable }: AttachmentDraft,
): AttachmentClaim {
  const cidr = draft.create?.vpcCidr;
  return {
    key,
    hub,
    ...(routeTable === undefined ? {} : { routeTable }),
    ...(cidr === undefined ? {} : { cidr }),
    where: place.at('hub'),
  };
}
