import { countedKeys, MOST_FIXED_NODES } from '../../model/nodes/node-keys';
import type { NodeGroup } from '../ground/node-group';
import type { Where } from '../ground/problem';
import type { ProblemList } from '../ground/problem-list';
import type { Draft } from '../shape/shape';
import type { Place } from '../source/place';
import type { CLOUD_GROUP_KEYS } from './keys';

/** The nodes of a group, as far as they can be read. */
export interface Members extends Pick<NodeGroup, 'kind' | 'nodes' | 'initial' | 'most'> {
  /** Where its size stands. */
  readonly where: Where;
  readonly addresses: readonly { readonly address: string; readonly where: Where }[];
}

type Keys = typeof CLOUD_GROUP_KEYS;

export interface MembersDraft {
  readonly kind: 'fixed' | 'elastic';
  readonly nodes?: Draft<Keys['nodes']['shape']>;
  readonly numNodes?: number;
  readonly ipAddressList: readonly string[];
}

/** Reads how many nodes a group has, and what they are called. */
export function readMembers(place: Place, draft: MembersDraft, problems: ProblemList): Members | undefined {
  if (place.has('nodes') && place.has('num_nodes')) {
    const message = 'says the same as nodes';
    return problems.error('incompatible', place.keyAt('num_nodes'), message, 'remove one of the two');
  }
  return draft.kind === 'elastic' ? elastic(place, draft, problems) : fixed(place, draft, problems);
}

function elastic(place: Place, { nodes }: MembersDraft, problems: ProblemList): Members | undefined {
  for (const key of ['num_nodes', 'ip_address_list']) {
    if (!place.has(key)) continue;
    const message =
      'is of fixed groups: nodes of an elastic one have neither number nor addresses of their own';
    return problems.error('incompatible', place.keyAt(key), message, 'remove it, or use kind: fixed');
  }
  const where = place.at('nodes');
  if (nodes === undefined || typeof nodes === 'number' || isList(nodes)) {
    if (nodes === undefined && place.has('nodes')) return undefined;
    const must = 'must say how many nodes there are at first and at most, because the group is elastic';
    return problems.error('bad-value', where, must, 'write nodes: { initial: 3, max: 10 }');
  }
  const { initial, max = Math.max(initial, 1) } = nodes;
  if (initial > max) {
    const statement = { must: `must be at most max, ${max}`, got: String(initial) };
    return problems.error('bad-value', place.at('nodes', 'initial'), statement);
  }
  return { kind: 'elastic', nodes: [], initial, most: max, where, addresses: [] };
}

function fixed(
  place: Place,
  { nodes, numNodes, ipAddressList }: MembersDraft,
  problems: ProblemList,
): Members | undefined {
  const sizeKey = place.has('num_nodes') ? 'num_nodes' : place.has('nodes') ? 'nodes' : 'ip_address_list';
  const where = place.at(sizeKey);
  if (nodes !== undefined && typeof nodes !== 'number' && !isList(nodes)) {
    const must = 'must be a number or a list of names: initial and max are of elastic groups';
    return problems.error('bad-value', where, must, 'write kind: elastic, or nodes: 3');
  }
  const names = nodes !== undefined && typeof nodes !== 'number' ? nodes : undefined;
  const listed = place.below('ip_address_list');
  // A list with a broken address in it is reported where it stands.
  const hasAddresses = listed.items.length > 0;
  const count = names?.length ?? numNodes ?? (typeof nodes === 'number' ? nodes : undefined);
  const size = count ?? (hasAddresses ? listed.items.length : 1);
  if (hasAddresses && count !== undefined && listed.items.length !== count) {
    const statement = {
      must: `must have as many addresses as the group has nodes, ${count}`,
      got: String(listed.items.length),
    };
    return problems.error('bad-value', listed.at(), statement);
  }
  if (size > MOST_FIXED_NODES || (hasAddresses && ipAddressList.length !== listed.items.length))
    return undefined;
  const keys = names ?? (hasAddresses ? ipAddressList : countedKeys(size));
  return {
    kind: 'fixed',
    nodes: keys.map((key, index) => {
      const address = ipAddressList[index];
      return address === undefined ? { key } : { key, address };
    }),
    initial: size,
    most: size,
    where,
    addresses: ipAddressList.map((address, index) => ({ address, where: listed.at(index) })),
  };
}

function isList<T>(nodes: T | readonly string[]): nodes is readonly string[] {
  return Array.isArray(nodes);
}
