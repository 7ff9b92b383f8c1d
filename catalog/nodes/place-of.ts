import { nearest } from '../../base/text/nearest';
import type { Cidr } from '../../model/net/cidr';
import type { AdoptedEntry } from '../ground/adopted-entry';
import type { Claims } from '../ground/claims';
import type { JsonMap } from '../ground/json';
import type { ProblemList } from '../ground/problem-list';
import { quoted } from '../ground/quoted';
import type { Place } from '../source/place';
import type { GroupPlace } from './group-place';

/** What the entries of a catalog are looked up in. */
export interface EntrySurroundings {
  readonly root: Place;
  readonly adopted: readonly AdoptedEntry[];
  readonly claims: Claims;
}

/** The entry in whose network nodes are. */
export interface NodePlace {
  /** `aws/osaka`. */
  readonly entry: string;
  /** The subnet of the nodes. Absent where the entry does not say it, or it can't be read. */
  readonly cidr?: Cidr;
  /** What the entry says, by its keys, without what is known only after it is built. */
  readonly values: JsonMap;
  /** The key of the network that makes it, where it is built here. */
  readonly network?: string;
  /** Whether its nodes reach the Internet; absent for an entry that exists already, of which nobody knows. */
  readonly hasInternet?: boolean;
  /** Services of the cloud that its nodes reach without the Internet. */
  readonly services: readonly string[];
  /** How many addresses of the subnet the network's own interfaces have. */
  readonly interfaces: number;
}

/** The entry that a group names; undefined where the catalog has none that can be read. */
export function placeOf(entry: string, { adopted, claims }: EntrySurroundings): NodePlace | undefined {
  const built = claims.places.find((place) => place.entry === entry);
  if (built !== undefined) return built;
  const found = adopted.find(({ provider, name }) => `${provider}/${name}` === entry);
  if (found === undefined) return undefined;
  const { cidr, values } = found;
  return { entry, ...(cidr === undefined ? {} : { cidr }), values, services: [], interfaces: 0 };
}

/** Reports a group whose entry the catalog has not. */
export function checkPlace(
  { entry, place }: GroupPlace,
  around: EntrySurroundings,
  problems: ProblemList,
): NodePlace | undefined {
  const found = placeOf(entry, around);
  if (found !== undefined) return found;
  const [provider = '', name = ''] = entry.split('/');
  // One that is there and wrong is reported where it stands.
  if (around.root.has(provider, name)) return undefined;
  const names = [
    ...around.claims.places.map((one) => one.entry),
    ...around.adopted.map((one) => `${one.provider}/${one.name}`),
  ].filter((other) => other.startsWith(`${provider}/`));
  const must = `there is no entry ${quoted(entry)}`;
  const fix =
    names.length === 0 ? `write ${provider}: { ${name}: … }` : `entries of ${provider}: ${names.join(', ')}`;
  const key = place.has('private_network') ? 'private_network' : 'network';
  return problems.error('unknown-entry', place.at(key), { must, suggestion: nearest(entry, names) }, fix);
}
