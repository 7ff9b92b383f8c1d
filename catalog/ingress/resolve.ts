import type { Cidr } from '../../model/net/cidr';
import type { AdoptedEntry } from '../ground/adopted-entry';
import { meshNetworks, type Reachable } from '../site/remote-networks';
import type { Place } from '../source/place';
import type { IngressSources } from './read';

/** What the sources of a network's rules are looked up in. */
export interface IngressSurroundings extends Reachable {
  readonly root: Place;
  readonly adopted: readonly AdoptedEntry[];
}

/** What an ingress rule means by `aws/default`: a network that is created, a part of one, or an adopted entry's network. */
export type EntryNetworks = ReadonlyMap<string, Cidr | undefined>;

/** What the rules of a network may name as their sources. @param key - the network's */
export function ingressSources(
  key: string,
  around: IngressSurroundings,
  entries: EntryNetworks,
): IngressSources {
  return {
    hasSite: around.root.has('site'),
    site: around.site?.subnets ?? [],
    mesh: meshNetworks(key, around),
    entries,
  };
}

/** The networks of all entries. They are the same for every network of a catalog. */
export function entryNetworks({
  adopted,
  claims,
}: Pick<IngressSurroundings, 'adopted' | 'claims'>): EntryNetworks {
  const created = claims.entries.filter(({ isCopy }) => !isCopy);
  return new Map(
    [...adopted, ...created].map(({ provider, name, cidr }) => [`${provider}/${name}`, cidr] as const),
  );
}
