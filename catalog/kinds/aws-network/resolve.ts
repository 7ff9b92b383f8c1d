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
  problems: ProblemList,
): readonly Rule[] {
  const sources = {
    hasSite: around.root.has('site'),
    site: around.site?.subnets ?? [],
    mesh: meshNetworks(network.key, around),
    entries: entryNetworks(around),
  };
  return readIngress(network, sources, problems);
}

/** What an ingress rule means by `aws/default`: a network that is created, a part of one, or an adopted entry's network. */
function entryNetworks({ adopted, claims }: Around<unknown>): ReadonlyMap<string, Cidr | undefined> {
  const created = claims.entries.filter(({ isCopy }) => !isCopy);
  return new Map(
    [...adopted, ...created].map(({ provider, name, cidr }) => [`${provider}/${name}`, cidr] as const),
  );
}
