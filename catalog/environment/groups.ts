import { listed } from '../../base/text/listed';
import { nearest } from '../../base/text/nearest';
import type { ProblemList } from '../ground/problem-list';
import { quoted } from '../ground/quoted';
import type { GroupsOf } from '../kinds/kind';
import { GROUPS } from '../kinds/registry';
import { GROUP_NAME } from '../nodes/formats';
import type { GroupPlace } from '../nodes/group-place';
import { refusal } from '../shape/read';
import type { Refusal } from '../shape/shape';
import { describe } from '../source/node';
import type { Place } from '../source/place';

/** The node groups of a catalog, by the provider in whose networks they are. */
export function readGroups(root: Place, problems: ProblemList): ReadonlyMap<string, readonly GroupPlace[]> {
  const section = root.below('node_groups');
  const { node } = section;
  const groups = new Map<string, GroupPlace[]>();
  if (
    GROUPS.length === 0 ||
    !node ||
    node.kind === 'broken' ||
    (node.kind === 'scalar' && node.value === null)
  )
    return groups;
  if (node.kind !== 'map') {
    problems.error('wrong-type', section.at(), { must: 'must be a map of names', got: describe(node) });
    return groups;
  }
  for (const name of section.names) {
    const place = section.below(name);
    const refused = refusal(name, GROUP_NAME);
    if (refused) {
      const { fix, must, ...found } = refused;
      problems.error('bad-name', place.keyAt(), { must: `a key ${must}`, ...found }, ...fix);
    }
    const network = networkOf(place, problems);
    if (refused || network === undefined) continue;
    const { of, entry } = network;
    const isSpot = network.provider === of.spotProvider;
    const found = { name, place, entry: `${of.provider}/${entry}`, isSpot, foreign: foreignKeys(of) };
    groups.set(of.provider, [...(groups.get(of.provider) ?? []), found]);
  }
  return groups;
}

interface NetworkName {
  readonly of: GroupsOf;
  /** As the catalog names it. */
  readonly provider: string;
  readonly entry: string;
}

const EXAMPLE = 'write network: aws/default';

/** The entry that a group names: `network: aws/default`, or VCP's `private_network: default` beside `provider: aws`. */
function networkOf(place: Place, problems: ProblemList): NetworkName | undefined {
  const { node } = place;
  if (node?.kind === 'broken') return undefined;
  if (node?.kind !== 'map') {
    const got = node === undefined ? 'nothing' : describe(node);
    return problems.error('wrong-type', place.at(), { must: 'must be a map of keys', got });
  }
  const both = place.has('network') && place.has('private_network');
  if (both) {
    const message = 'says the same as network';
    return problems.error('incompatible', place.keyAt('private_network'), message, 'remove one of the two');
  }
  const key = place.has('private_network') ? 'private_network' : 'network';
  const where = place.below(key);
  if (where.node?.kind === 'broken') return undefined;
  if (where.node === undefined) {
    const message = 'key "network" is missing: the entry in whose network the nodes are';
    return problems.error('missing-key', place.keyAt(), message, EXAMPLE);
  }
  const { text } = where;
  if (text === undefined) {
    const must = 'must be an entry like aws/default';
    return problems.error('wrong-type', where.at(), { must, got: describe(where.node) });
  }
  const [first = '', second, ...more] = text.split('/');
  const given = place.below('provider').text;
  const provider = second === undefined ? given : first;
  const entry = second ?? first;
  if (provider === undefined || entry === '' || more.length > 0) {
    const must = 'must be a provider and the name of one of its entries, like aws/default';
    return problems.error('bad-value', where.at(), { must, got: quoted(text) });
  }
  if (given !== undefined && spotless(given) !== spotless(provider)) {
    const statement = { must: `must be ${provider}, as in network, or absent`, got: quoted(given) };
    return problems.error('incompatible', place.at('provider'), statement);
  }
  const named = given ?? provider;
  const of = GROUPS.find((one) => one.provider === named || one.spotProvider === named);
  if (of === undefined) {
    const only = PROVIDERS.length === 0 ? '' : `; only of ${listed(PROVIDERS)}`;
    const must = `node groups in networks of ${quoted(named)} are not built yet${only}`;
    const suggestion = nearest(named, PROVIDERS);
    const at = second === undefined ? place.at('provider') : where.at();
    return problems.error('not-built', at, { must, suggestion });
  }
  return { of, provider: named, entry };
}

const PROVIDERS = GROUPS.map(({ provider }) => provider);

/** The provider of a name that may be its one for spot instances. */
function spotless(name: string): string {
  return GROUPS.find(({ spotProvider }) => spotProvider === name)?.provider ?? name;
}

const FOREIGN = new Map<GroupsOf, Readonly<Record<string, Refusal>>>();

/** What a provider's groups lack and those of others have: the capability table is the tables of keys themselves. */
function foreignKeys(of: GroupsOf): Readonly<Record<string, Refusal>> {
  const known = FOREIGN.get(of);
  if (known !== undefined) return known;
  const owners = new Map<string, string[]>();
  for (const other of GROUPS) {
    for (const key of Object.keys(other.shape.keys)) {
      if (Object.hasOwn(of.shape.keys, key)) continue;
      owners.set(key, [...(owners.get(key) ?? []), other.provider]);
    }
  }
  const foreign = Object.fromEntries(
    [...owners].map(([key, providers]): [string, Refusal] => [
      key,
      {
        code: 'refused-key',
        message: `groups of ${of.provider} have no such key; groups of ${listed(providers)} have it`,
        fix: 'remove it',
      },
    ]),
  );
  FOREIGN.set(of, foreign);
  return foreign;
}
