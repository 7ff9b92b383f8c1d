import { seenFromOutside, type Translation } from '../../../model/clouds/azure/translation';
import type { Cidr } from '../../../model/net/cidr';
import type { JsonMap } from '../../ground/json';
import type { Draft, Infer } from '../../shape/shape';
import type { Place } from '../../source/place';
import type { NETWORK_ENTRY, VPN_KEYS, WITHIN_ENTRY } from './keys';

/** An azure entry with `create` as far as it could be read, with where it stands. */
interface EntryDraft<S> {
  readonly entry: string;
  readonly place: Place;
  readonly draft: Draft<S>;
  /** Absent where something in it is broken. */
  readonly value?: Infer<S>;
  /** Keys that are published as they are. */
  readonly extra: JsonMap;
}

/** A virtual network as far as it could be read. */
export interface NetworkDraft extends EntryDraft<typeof NETWORK_ENTRY> {
  /** `azure/<entry>`. */
  readonly key: string;
  /** The entries that are within it, by name. */
  readonly guests: readonly GuestDraft[];
  /** Absent for `vpn: none`. */
  readonly vpn?: VpnDraft;
}

/** A further subnet of a virtual network. */
export type GuestDraft = EntryDraft<typeof WITHIN_ENTRY>;

export interface VpnDraft {
  readonly place: Place;
  readonly keys: Draft<typeof VPN_KEYS>;
}

/** A subnet for nodes of a network, its own or a guest's, in one form. */
export interface SubnetDraft {
  readonly entry: string;
  readonly place: Place;
  readonly cidr?: Cidr;
  readonly name?: string;
  readonly zone?: string;
  readonly extra: JsonMap;
}

/** The subnets of a network: its own first, then its guests'. */
export function subnetsOf({
  entry,
  place,
  draft,
  extra,
  guests,
}: NetworkDraft): readonly [SubnetDraft, ...SubnetDraft[]] {
  const own = { entry, place, draft, extra };
  const subnet = (one: typeof own | GuestDraft): SubnetDraft => ({
    entry: one.entry,
    place: one.place,
    cidr: one.draft.privateNetworkIpmask,
    name: one.draft.azureSubnetName,
    ...(one.draft.azureZone === undefined ? {} : { zone: String(one.draft.azureZone) }),
    extra: one.extra,
  });
  return [subnet(own), ...guests.map(subnet)];
}

/** The blocks of a virtual network: one, or a list. */
export function vnetCidrsOf({ draft }: NetworkDraft): readonly Cidr[] {
  const blocks = draft.create?.vnetCidr;
  if (blocks === undefined) return [];
  return isList(blocks) ? blocks : [blocks];
}

/** The same, each with where it stands; what is broken in a list is not among them. */
export function vnetBlocksOf(
  network: NetworkDraft,
): readonly { readonly cidr: Cidr; readonly place: Place }[] {
  const place = network.place.below('create', 'vnet_cidr');
  const items = [...place.items];
  return vnetCidrsOf(network).map((cidr) => {
    const index = items.findIndex(({ text }) => text === cidr.toString());
    return { cidr, place: items.splice(0, index + 1).at(-1) ?? place };
  });
}

function isList(blocks: Cidr | readonly Cidr[]): blocks is readonly Cidr[] {
  return Array.isArray(blocks);
}

/** The rules of one direction that translate addresses, as far as they could be read; none by pairs of networks, where Azure has none. */
export function translationsOf(
  { keys }: VpnDraft,
  direction: 'EgressSnat' | 'IngressSnat',
): readonly Translation[] {
  if (keys.mode === 'policy-based') return [];
  return Object.values(keys.natRules).flatMap(({ mode, internal, external }) =>
    mode === direction && internal && external ? [{ internal, external }] : [],
  );
}

/** A virtual network's blocks as the site sees them. */
export function blocksSeenBySite(network: NetworkDraft): readonly Cidr[] {
  const rules = network.vpn === undefined ? [] : translationsOf(network.vpn, 'EgressSnat');
  return vnetCidrsOf(network).flatMap((block) => seenFromOutside(block, rules));
}

/** Whether the VPN's gateway has two instances that are both up. */
export function isActiveActive({ keys }: VpnDraft): boolean {
  return keys.activeActive ?? keys.routing === 'bgp';
}
