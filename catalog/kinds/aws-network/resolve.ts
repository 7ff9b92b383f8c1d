import type { Cidr } from '../../../model/net/cidr';
import type { Rule } from '../../../model/net/rule';
import type { ProblemList } from '../../ground/problem-list';
import { meshNetworks } from '../../site/remote-networks';
import type { Around } from '../kind';
import type { NetworkDraft } from './draft';
import { readIngress } from './ingress';

/** The ingress rules of a network, in which profiles and references to other entries are resolved. */
export function resolveIngress(
  network: NetworkDraft,
  around: Around<unknown>,
  entries: EntryNetworks,
  problems: ProblemList,
): readonly Rule[] {
  const sources = {
    hasSite: around.root.has('site'),
    site: around.site?.subnets ?? [],
    mesh: meshNetworks(network.key, around),
    entries,
  };
  return readIngress(network, sources, problems);
}

/** What an ingress rule means by `aws/default`: a network that is created, a part of one, or an adopted entry's network. */
export type EntryNetworks = ReadonlyMap<string, Cidr | undefined>;

/** The networks of all entries. They are the same for every network of a catalog. */
export function entryNetworks({ adopted, claims }: Around<unknown>): EntryNetworks {
  const created = claims.entries.filter(({ isCopy }) => !isCopy);
  return new Map(
    [...adopted, ...created].map(({ provider, name, cidr }) => [`${provider}/${name}`, cidr] as const),
  );
}
