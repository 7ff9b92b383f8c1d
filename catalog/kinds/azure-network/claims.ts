import { AZURE_VPN, IKE_LIFETIME_SECONDS } from '../../../model/clouds/azure/azure-vpn';
import { connectionBlocks, tunnelAddresses } from '../../../model/clouds/azure/inside-addresses';
import { PROFILE_POLICIES, policyProblems, policyProposals } from '../../../model/clouds/azure/ipsec-policy';
import { locationName } from '../../../model/clouds/azure/locations';
import type { NetworkTunnels } from '../../../model/tunnel/description';
import type { AdoptedEntry } from '../../ground/adopted-entry';
import type { Allocation } from '../../ground/allocation';
import {
  type Claims,
  type ConnectionClaim,
  type EntryClaim,
  type NetworkClaim,
  NO_CLAIMS,
  type NodePlaceClaim,
  type TunnelPart,
} from '../../ground/claims';
import type { Where } from '../../ground/problem';
import {
  blocksSeenBySite,
  isActiveActive,
  type NetworkDraft,
  subnetsOf,
  type VpnDraft,
  vnetBlocksOf,
  vnetCidrsOf,
} from './draft';
import { givenNames } from './names';
import { ipsecPolicyOf } from './policy';

/** What a network claims for itself. */
export function claimsOf(network: NetworkDraft): Claims {
  const { key, entry, place, vpn } = network;
  const create = place.below('create');
  return {
    ...NO_CLAIMS,
    networks: [
      ...vnetBlocksOf(network).map(({ cidr, place: blockPlace }) => ({
        key,
        cidr,
        name: `azure.${entry}.create.vnet_cidr`,
        where: blockPlace.at(),
        connected: vpn !== undefined,
        holds: (adopted: AdoptedEntry) => isWithin(adopted, network),
      })),
      ...outsidesOf(network),
    ],
    entries: entriesOf(network),
    asns: vpn
      ? [
          {
            key,
            asn: vpn.keys.azureAsn,
            routing: vpn.keys.routing,
            onlyWithBgp: true,
            where: create.at('vpn', 'azure_asn'),
            fix: 'choose another one, for instance 65516',
          },
        ]
      : [],
    gateways: vpn ? [connectionOf(network, vpn)] : [],
    places: placesOf(network),
  };
}

/** What nodes in the subnets of a network need to know. Names that the catalog does not give follow from the identities. */
function placesOf(network: NetworkDraft): readonly NodePlaceClaim[] {
  const { key, draft } = network;
  return subnetsOf(network).map(({ entry, cidr, name, zone, extra }) => ({
    entry: `azure/${entry}`,
    network: key,
    ...(cidr === undefined ? {} : { cidr }),
    values: {
      ...extra,
      ...givenNames(network),
      ...(draft.azureLocation === undefined ? {} : { azure_location: draft.azureLocation }),
      ...(name === undefined ? {} : { azure_subnet_name: name }),
      ...(zone === undefined ? {} : { azure_zone: zone }),
    },
    hasInternet: draft.create?.egress !== 'none',
    services: [],
    interfaces: 0,
  }));
}

/** Where the site and its other networks reach what is translated. */
function outsidesOf({ key, entry, place, vpn }: NetworkDraft): readonly NetworkClaim[] {
  return Object.entries(vpn?.keys.natRules ?? {}).flatMap(([name, { mode, external }]): NetworkClaim[] =>
    mode !== 'EgressSnat' || external === undefined
      ? []
      : [
          {
            key,
            cidr: external,
            name: `azure.${entry}.create.vpn.nat_rules.${name}.external`,
            where: place.at('create', 'vpn', 'nat_rules', name, 'external'),
            connected: true,
            holds: () => false,
          },
        ],
  );
}

/** An adopted subnet of the same location inside the virtual network is taken for one of it. */
function isWithin({ provider, values, cidr }: AdoptedEntry, network: NetworkDraft): boolean {
  const { azureLocation: location } = network.draft;
  return (
    provider === 'azure' &&
    location !== undefined &&
    typeof values.azure_location === 'string' &&
    locationName(values.azure_location) === locationName(location) &&
    cidr !== undefined &&
    vnetCidrsOf(network).some((block) => block.contains(cidr))
  );
}

/** As a source of rules, the entry of a network means its first block, that of a further subnet the subnet alone. */
function entriesOf(network: NetworkDraft): readonly EntryClaim[] {
  const [vnet] = vnetCidrsOf(network);
  return subnetsOf(network).map(({ entry: name, place, cidr }, index) => {
    const meant = index === 0 ? vnet : cidr;
    return {
      provider: 'azure',
      name,
      ...(meant === undefined ? {} : { cidr: meant }),
      where: place.keyAt(),
      isCopy: false,
    };
  });
}

function connectionOf(network: NetworkDraft, vpn: VpnDraft): ConnectionClaim {
  const create = network.place.below('create');
  return {
    key: network.key,
    // One /29 for the tunnels of a connection; Azure has no key to choose it in the catalog.
    insideCidrs: [undefined],
    interfaces: isActiveActive(vpn) ? 2 : 1,
    cloud: AZURE_VPN,
    pool: connectionBlocks,
    where: () => create.at('vpn'),
    fix: 'leave it to kakehashi',
    describe: (allocation) => describe(network, vpn, allocation),
    optionOf: (part) => optionOf(vpn, part),
  };
}

/** The tunnels of a connection, as far as they are known before the apply. */
function describe(network: NetworkDraft, vpn: VpnDraft, { insideCidrs }: Allocation): NetworkTunnels {
  const { keys } = vpn;
  const [block] = insideCidrs;
  const addresses = block === undefined ? [] : tunnelAddresses(block, isActiveActive(vpn) ? 2 : 1);
  return {
    mode: keys.mode,
    routing: keys.routing,
    networks: blocksSeenBySite(network).map(String),
    cloud_asn: keys.azureAsn,
    tunnels: Object.fromEntries(
      addresses.map(({ key, cloud, site }) => [
        key.toString(),
        {
          outside_address: '',
          cloud_inside_address: cloud,
          site_inside_address: site,
          ike_versions: [2],
          ...proposalsOf(vpn),
          lifetimes: { ike_seconds: IKE_LIFETIME_SECONDS, esp_seconds: keys.ipsec.saLifetime },
          dpd: { timeout_seconds: keys.ipsec.dpd, action: 'restart' },
          startup: keys.connectionMode === 'InitiatorOnly' ? 'cloud' : 'site',
        },
      ]),
    ),
  };
}

/** The proposals of the policy; those of the profile where the policy has problems, which are reported where they stand. */
function proposalsOf({ keys }: VpnDraft) {
  const policy = ipsecPolicyOf(keys);
  return policyProposals(policyProblems(policy).length === 0 ? policy : PROFILE_POLICIES[keys.crypto]);
}

/** Where the option stands that decides a part of a tunnel. */
function optionOf({ place }: VpnDraft, part: TunnelPart): Where {
  if (part === 'mode') return place.at('mode');
  if (part === 'dpd') return place.has('ipsec', 'dpd') ? place.at('ipsec', 'dpd') : place.at();
  if (place.has('ipsec_policy')) return place.at('ipsec_policy');
  return place.has('crypto') ? place.at('crypto') : place.at();
}
