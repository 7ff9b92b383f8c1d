import { Cidr } from '../../model/net/cidr';
import { Peer } from '../../model/net/peer';
import { Port } from '../../model/net/port';
import { PORT_PROFILES, profileRules } from '../../model/net/port-profiles';
import { parseProtocol } from '../../model/net/protocol';
import { ValueError } from '../../model/value-error';
import type { Path } from '../ground/path';
import type { Place } from '../source/place';

/** A resource of a stack as its address names it, or an attribute of it. */
export interface ResourceName {
  readonly type: string;
  /** `Nodes_In-tcp-22-from-self` */
  readonly name: string;
  /** @default - the resource as a whole */
  readonly attribute?: string;
}

/** What a stack makes, by the catalog's keys. */
export interface OriginStack {
  readonly network?: string;
  readonly group?: string;
  readonly members: readonly string[];
}

/**
 * What of a catalog makes a resource: paths, the most specific first. The first at which something stands counts; where nothing
 * stands at any, the nearest key above the last.
 */
export type Origins = (resource: ResourceName, stack: OriginStack, root: Place) => readonly Path[];

/** The steps of a key like `aws/default`. */
export function keySteps(key: string | undefined): readonly string[] {
  return key === undefined ? [] : key.split('/');
}

/** Where an ingress rule comes from: its line in the list, else the list, else the profile. */
export function ingressOrigins(create: Path, name: string, root: Place): readonly Path[] {
  const ingress = root.below(...create, 'ingress');
  const key = /(?:^|_)In-(.+)$/.exec(name)?.[1];
  const all = [...create, 'ingress'];
  if (key === undefined || ingress.items.length === 0) return [all];
  const ranked = ingress.items
    .flatMap((item, index) => matchOf(item, key, root).map((match) => ({ ...match, index })))
    .sort((a, b) => a.rank - b.rank || a.index - b.index);
  const [best] = ranked;
  return best === undefined ? [all] : [[...all, best.index, ...best.steps], all];
}

/** How well an item of `ingress` fits a rule's key: 0 by port and source, 1 as a profile with the port, 2 by port alone, 3 not. */
function matchOf(
  item: Place,
  key: string,
  root: Place,
): readonly { readonly rank: number; readonly steps: Path }[] {
  const profile = PORT_PROFILES.find((name) => name === item.below('profile').text);
  if (profile !== undefined) {
    const rules = profileRules(profile, { site: [Cidr.ANY], mesh: [Cidr.ANY] });
    const isIn = rules.some(({ port }) => key.startsWith(`${port.key}-from-`));
    return [{ rank: isIn ? 1 : 3, steps: ['profile'] }];
  }
  if (!portsOf(item).some((port) => key.startsWith(`${port}-from-`))) return [];
  const from = item.below('from');
  const sources =
    from.items.length > 0
      ? from.items.map((one, index) => ({ one, steps: ['from', index] }))
      : [{ one: from, steps: ['from'] }];
  const found = sources.find(({ one }) =>
    peersOf(one.text, root).some((peer) => key.endsWith(`-from-${peer}`)),
  );
  return [found === undefined ? { rank: 2, steps: [] } : { rank: 0, steps: found.steps }];
}

function portsOf(item: Place): readonly string[] {
  const value = (place: Place): string =>
    place.node?.kind === 'scalar' ? String(place.node.value ?? '') : '';
  const ports = item.below('ports');
  const number = (place: Place) => Number(value(place) || -1);
  return tried(() => {
    const protocol = parseProtocol(value(item.below('protocol')));
    if (protocol === 'all') return [Port.all().key];
    if (protocol === 'icmp')
      return [Port.icmp(number(item.below('icmp_type')), number(item.below('icmp_code'))).key];
    if (protocol !== 'tcp' && protocol !== 'udp') return [Port.ofProtocol(protocol).key];
    const items = ports.items.length > 0 ? ports.items : [ports];
    return items.map((one) => Port.parse(protocol, value(one)).key);
  });
}

function peersOf(source: string | undefined, root: Place): readonly string[] {
  if (source === undefined) return [];
  if (source === 'self') return ['self'];
  if (source === 'site')
    return root.below('site', 'subnets').items.flatMap((item) => peersOf(item.text, root));
  if (/^[0-9]+\./.test(source)) return tried(() => [Peer.ipv4(Cidr.parse(source)).key]);
  const [provider, entry] = source.split('/');
  if (provider !== undefined && entry !== undefined && root.has(provider, entry))
    return peersOf(root.below(provider, entry, 'private_network_ipmask').text, root);
  return [source.replace('/', '_')];
}

/** What a parser of model/ gives; nothing where it refuses: that was reported when the catalog was read. */
function tried<T>(parse: () => readonly T[]): readonly T[] {
  try {
    return parse();
  } catch (error) {
    if (error instanceof ValueError) return [];
    throw error;
  }
}
