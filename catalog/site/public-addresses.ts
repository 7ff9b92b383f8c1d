import type { Place } from '../source/place';

/** The public addresses of the gateways that a section `site` names, also where something else in it is broken. */
export function publicAddresses(site: Place): readonly string[] {
  const places = [site, ...site.below('gateways').names.map((name) => site.below('gateways', name))];
  return places.flatMap((place) => place.below('public_ip').text ?? []);
}
