import { isMap, isSeq, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { ipv4Text } from '../../model/net/ipv4';
import { reservedIn } from '../adopted/checks';
import { gatewayOf, readPools, sakuraEntries } from '../adopted/sakura-pools';
import type { Catalog } from '../environment/catalog';
import type { AddressPool } from '../ground/address-pool';
import type { AdoptedEntry } from '../ground/adopted-entry';
import { pathText } from '../ground/path';
import { ProblemList } from '../ground/problem-list';
import { statementText } from '../ground/problem-text';
import type { MapKey } from '../source/node';
import { parseSource } from '../source/parse';
import { Place } from '../source/place';
import { emptyYaml, readYaml, type YamlFile } from './yaml-document';

/** How many addresses an entry gets whose pool nobody has named. */
const CHOSEN = 100;

/** Where an entry's pool comes from: the catalog, the file that is there, or a choice of all that is free. */
export interface PlannedPool extends AddressPool {
  readonly from: 'catalog' | 'file' | 'chosen';
}

/** What `sakura_config.yml` says of an environment (docs/reference/vcp.md). */
export interface SakuraConfig {
  readonly pools: readonly PlannedPool[];
  /** Entries of which nobody knows which addresses their network has. */
  readonly leftOut: readonly string[];
}

/**
 * The pools of an environment's entries on the Sakura cloud: what the catalog says, else what the file says that is there, else
 * the first addresses that are neither the gateway's nor the controller's.
 */
export function sakuraConfigOf(catalog: Catalog, existing?: string): SakuraConfig {
  const entries = sakuraEntries(catalog.adopted);
  const there = existing === undefined || isBlank(existing) ? [] : readThere(existing, catalog).pools;
  const controller = catalog.site?.controller.address;
  const pools = entries.flatMap((entry): readonly PlannedPool[] => {
    const stated = catalog.addressPools.find((pool) => pool.entry === entry.name);
    if (stated !== undefined) return [{ ...stated, from: 'catalog' }];
    const kept = there.find((pool) => pool.entry === entry.name);
    if (kept !== undefined)
      return [{ ...kept, prefixLength: entry.cidr?.prefixLength ?? kept.prefixLength, from: 'file' }];
    return chosenPool(entry, controller);
  });
  const named = new Set(pools.map((pool) => pool.entry));
  return { pools, leftOut: entries.map(({ name }) => name).filter((name) => !named.has(name)) };
}

function chosenPool(
  { name, cidr, values }: AdoptedEntry,
  controller: string | undefined,
): readonly PlannedPool[] {
  if (cidr === undefined) return [];
  const taken = new Set([gatewayOf(values), controller]);
  const addresses: string[] = [];
  for (let value = cidr.first; value <= cidr.last && addresses.length < CHOSEN; value++) {
    const address = ipv4Text(value);
    if (reservedIn(cidr, address) === undefined && !taken.has(address)) addresses.push(address);
  }
  return [{ entry: name, prefixLength: cidr.prefixLength, addresses, from: 'chosen' }];
}

/**
 * `sakura_config.yml` as the controller reads it. Comments, and pools of other entries, stay; a file that says all of it already
 * comes back as it is.
 */
export function formatSakuraConfig({ pools }: SakuraConfig, existing?: string, header?: string): string {
  const { document, root } = existingFile(existing) ?? emptyYaml();
  const before = JSON.stringify(document.toJS());
  for (const { entry, prefixLength, addresses } of pools) {
    const section = sectionIn(root, entry);
    if (section.get('prefix_len') !== prefixLength) section.set('prefix_len', prefixLength);
    if (!isSame(section.get('ip_addresses', true), addresses))
      section.set('ip_addresses', sequence(addresses));
  }
  const isSameFile = existing !== undefined && JSON.stringify(document.toJS()) === before;
  const text = isSameFile ? existing : document.toString({ lineWidth: 0, flowCollectionPadding: false });
  const line = header === undefined ? '' : `# ${header}\n`;
  return text.startsWith(line) ? text : line + text;
}

/** The entries of a file that is there whose pool would be another one. */
export function replacedPools({ pools }: SakuraConfig, existing: string | undefined): readonly string[] {
  const root = existingFile(existing)?.root;
  return pools.flatMap(({ entry, prefixLength, addresses }) => {
    const section: unknown = root?.get(entry, true);
    if (!isMap(section)) return [];
    const isKept =
      section.get('prefix_len') === prefixLength && isSame(section.get('ip_addresses', true), addresses);
    return isKept ? [] : [entry];
  });
}

/**
 * Why a file must not be replaced: it is another file, or a node would get an address that it must not have. Undefined where it
 * may.
 */
export function keepsFromSakuraConfig(text: string, catalog: Catalog): string | undefined {
  if (isBlank(text)) return undefined;
  if (existingFile(text) === undefined) return 'is no YAML that can be updated (spaces, no tabs); correct it';
  const { isOfThisForm, problems } = readThere(text, catalog);
  if (!isOfThisForm)
    return 'is no sakura_config.yml: each entry has prefix_len and ip_addresses; move it away';
  const [first] = problems.sorted([]).filter(({ code }) => code !== 'netmask-differs');
  if (first === undefined) return undefined;
  const place = `${pathText(first.where.path)} (line ${first.where.position?.line ?? 1})`;
  return `has what no node may get, at ${place}: ${statementText(first)}; correct it`;
}

/** The pools of a file that is there, but for those that the catalog names itself, or that are of entries of others. */
function readThere(text: string, { adopted, site, addressPools }: Catalog) {
  const problems = new ProblemList();
  const root = parseSource('sakura_config.yml', text, problems);
  const stated = new Set(addressPools.map(({ entry }) => entry));
  const known = new Set(sakuraEntries(adopted).map(({ name }) => name));
  const all = [...(root?.keys ?? [])];
  const kept = all.filter(([name]) => known.has(name) && !stated.has(name));
  const controller = site?.controller.address;
  const surroundings = { adopted, ...(controller ? { controller } : {}) };
  const place = root && Place.root({ ...root, keys: new Map(kept) });
  const pools = place ? readPools(place, surroundings, problems) : [];
  const isPool = ({ value }: MapKey): boolean =>
    value.kind === 'map' && (value.keys.has('ip_addresses') || value.keys.has('prefix_len'));
  return { pools, problems, isOfThisForm: all.every(([, key]) => isPool(key)) };
}

function sectionIn(root: YAMLMap, name: string): YAMLMap {
  const node: unknown = root.get(name, true);
  if (isMap(node)) return node;
  const section = new YAMLMap();
  root.set(name, section);
  return section;
}

function sequence(addresses: readonly string[]): YAMLSeq {
  const list = new YAMLSeq<Scalar<string>>();
  list.items = addresses.map((address) => new Scalar(address));
  return list;
}

function isSame(node: unknown, addresses: readonly string[]): boolean {
  return isSeq(node) && JSON.stringify(node.toJSON()) === JSON.stringify(addresses);
}

function existingFile(text: string | undefined): YamlFile | undefined {
  return text === undefined || isBlank(text) ? undefined : readYaml(text);
}

/** Comments alone are nothing to be kept: the header of an earlier run is one. */
function isBlank(text: string): boolean {
  return text.split('\n').every((line) => /^\s*(#|$)/.test(line));
}
