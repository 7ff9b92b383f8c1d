import { AWS_VPN } from '../../../model/clouds/aws/aws-vpn';
import { insideCidrPool } from '../../../model/clouds/aws/inside-cidr';
import { describeTunnel } from '../../../model/clouds/aws/tunnel-description';
import type { NetworkTunnels } from '../../../model/tunnel/description';
import type { AsnClaim, ConnectionClaim, TunnelPart } from '../../ground/claims';
import type { Path } from '../../ground/path';
import type { Where } from '../../ground/problem';
import type { Place } from '../../source/place';
import type { BothTunnels } from './vpn-options';

/** A connection as far as it could be read. */
export interface ConnectionDraft {
  /** The key of the network, or of the hub, that has it. */
  readonly key: string;
  /** Of the keys of its VPN. */
  readonly place: Place;
  readonly mode: NetworkTunnels['mode'];
  readonly routing: NetworkTunnels['routing'];
  readonly cloudAsn: number;
  /** Whether all its tunnels carry flows at once. */
  readonly multipath: boolean;
  readonly tunnels: BothTunnels;
  /** The networks of AWS behind it, as far as its own section names them. */
  readonly networks: readonly string[];
}

/** What a connection claims of the gateway. */
export function connectionClaim(draft: ConnectionDraft): ConnectionClaim {
  const { key, place, tunnels } = draft;
  return {
    key,
    insideCidrs: tunnels.map(({ insideCidr }) => insideCidr),
    interfaces: tunnels.length,
    cloud: AWS_VPN,
    pool: insideCidrPool,
    where: (tunnel) => (tunnel === undefined ? place.at() : place.at('tunnels', tunnel, 'inside_cidr')),
    routingWhere: () => place.at('routing'),
    fix: 'choose another /30 of 169.254.0.0/16, or leave it to kakehashi',
    describe: ({ insideCidrs }): NetworkTunnels => ({
      mode: draft.mode,
      routing: draft.routing,
      ...(draft.multipath ? { multipath: true } : {}),
      networks: draft.networks,
      cloud_asn: draft.cloudAsn,
      tunnels: Object.fromEntries(
        insideCidrs.map((insideCidr, index) => [
          insideCidr.toString(),
          describeTunnel({ ...tunnels[index], insideCidr }, ''),
        ]),
      ),
    }),
    optionOf: (part, tunnel) => optionOf(place, part, tunnel),
  };
}

/** The number of AWS's end. @param where - of the key that gives it */
export function asnClaim({ key, cloudAsn: asn, routing }: ConnectionDraft, where: Where): AsnClaim {
  return { key, asn, routing, where, fix: 'choose another from 64512 to 65534' };
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
function optionOf(place: Place, part: TunnelPart, tunnel: number): Where {
  if (part === 'mode') return place.at('mode');
  const paths = OPTIONS[part].flatMap((option): Path[] => [
    ['tunnels', tunnel, option],
    ['tunnel_options', option],
  ]);
  const path = [...paths, ['crypto']].find((steps) => place.has(...steps));
  return place.at(...(path ?? []));
}
