import type { ProblemList } from '../../ground/problem-list';
import type { Draft } from '../../shape/shape';
import type { Place } from '../../source/place';
import { checkAmazonSideAsn, readVpnOptions } from '../aws/vpn-options';
import type { AttachmentDraft, VpnDraft } from './draft';
import { type NETWORK_ENTRY, TRANSIT_KEYS } from './keys';

type CreateVpn = NonNullable<Draft<typeof NETWORK_ENTRY>['create']>['vpn'];

/** How a network reaches the site: by a VPN of its own, through a hub, or not at all (`vpn: none`). */
export function readVpn(
  create: Place,
  keys: CreateVpn,
  awsVersion: string,
  problems: ProblemList,
): { readonly vpn?: VpnDraft; readonly attachment?: AttachmentDraft } {
  if (keys === 'none') return {};
  const place = create.below('vpn');
  if (keys.gateway === 'transit') return { attachment: readAttachment(place, keys, problems) };
  for (const key of TRANSIT_KEYS) {
    if (key === 'gateway' || !place.has(key)) continue;
    const message = 'belongs to gateway: transit';
    problems.error(
      'refused-key',
      place.keyAt(key),
      message,
      'write gateway: transit beside it, or remove it',
    );
  }
  const { amazonSideAsn, routing, mode } = keys;
  if (place.has('amazon_side_asn')) checkAmazonSideAsn(place, amazonSideAsn, problems);
  if (routing === 'bgp' && mode === 'policy-based') {
    const message = 'policy-based cannot be combined with routing: bgp';
    problems.error('policy-with-bgp', place.at('mode'), message, 'use mode: route-based');
  }
  return { vpn: { place, keys, tunnels: readVpnOptions(place, keys, awsVersion, problems) } };
}

function readAttachment(
  place: Place,
  { hub, routeTable, attachmentSubnets }: Exclude<CreateVpn, 'none'>,
  problems: ProblemList,
): AttachmentDraft {
  const known: ReadonlySet<string> = new Set(TRANSIT_KEYS);
  for (const key of place.names.filter((name) => !known.has(name))) {
    const message = 'is of the hub: a network with gateway: transit has no tunnels of its own';
    problems.error('refused-key', place.keyAt(key), message, 'write it in vpn of the hub');
  }
  if (!place.has('hub')) {
    const message = 'key "hub" is missing: the transit gateway that the network is attached to';
    problems.error('missing-key', place.keyAt(), message, 'write hub: NAME, a key of hubs');
  }
  return {
    place,
    ...(hub === undefined ? {} : { hub }),
    ...(routeTable === undefined ? {} : { routeTable }),
    ...(attachmentSubnets === undefined || attachmentSubnets === 'auto'
      ? {}
      : { subnets: attachmentSubnets }),
  };
}
