import type { Cidr } from '../../../model/net/cidr';
import type { JsonMap } from '../../ground/json';
import type { Draft, Infer } from '../../shape/shape';
import type { Place } from '../../source/place';
import type { BothTunnels } from '../aws/vpn-options';
import type { NETWORK_ENTRY, VPN_KEYS, WITHIN_ENTRY } from './keys';

/** An aws entry with `create` as far as it could be read, with where it stands. */
interface EntryDraft<S> {
  readonly entry: string;
  readonly place: Place;
  readonly draft: Draft<S>;
  /** Absent where something in it is broken. */
  readonly value?: Infer<S>;
  /** Keys that are published as they are. */
  readonly extra: JsonMap;
}

/** A VPC as far as it could be read. */
export interface NetworkDraft extends EntryDraft<typeof NETWORK_ENTRY> {
  /** `aws/<entry>`. */
  readonly key: string;
  /** The entries that are within it, by name. */
  readonly guests: readonly GuestDraft[];
  /** Absent for `vpn: none`, and for a network of a hub. */
  readonly vpn?: VpnDraft;
  /** Present for `gateway: transit`. */
  readonly attachment?: AttachmentDraft;
}

/** A further subnet of a VPC. */
export type GuestDraft = EntryDraft<typeof WITHIN_ENTRY>;

/** A VPN as far as it could be read. */
export interface VpnDraft {
  readonly place: Place;
  readonly keys: Draft<typeof VPN_KEYS>;
  readonly tunnels: BothTunnels;
}

/** A network's attachment to a transit gateway as far as it could be read. */
export interface AttachmentDraft {
  /** Of `create.vpn`. */
  readonly place: Place;
  readonly hub?: string;
  readonly routeTable?: string;
  /** Blocks of subnets of its own, by zone; absent: in subnets of nodes. */
  readonly subnets?: Readonly<Record<string, Cidr | undefined>>;
}

/** A subnet for nodes of a network, its own or a guest's, in one form. */
export interface SubnetDraft {
  readonly entry: string;
  readonly place: Place;
  readonly cidr?: Cidr;
  readonly zone?: string;
  /** Only for a guest's: the network's own is the entry's. */
  readonly publicSubnet?: Cidr;
  readonly spot: boolean;
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
  const { privateNetworkIpmask: cidr, awsAvailabilityZone: zone, create } = draft;
  return [
    { entry, place, cidr, zone, spot: create?.spot ?? false, extra },
    ...guests.map((guest) => ({
      entry: guest.entry,
      place: guest.place,
      cidr: guest.draft.privateNetworkIpmask,
      zone: guest.draft.awsAvailabilityZone,
      publicSubnet: guest.draft.create?.publicSubnet,
      spot: guest.draft.create?.spot ?? false,
      extra: guest.extra,
    })),
  ];
}
