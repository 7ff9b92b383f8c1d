import { nearest } from '../../base/text/nearest';
import { Cidr } from '../../model/net/cidr';
import { ipv4Number } from '../../model/net/ipv4';
import type { AddressPool } from '../ground/address-pool';
import type { AdoptedEntry } from '../ground/adopted-entry';
import type { ProblemList } from '../ground/problem-list';
import { quoted } from '../ground/quoted';
import { read } from '../shape/read';
import type { Place } from '../source/place';
import { reservedIn } from './checks';
import { SAKURA_CONFIG } from './sakura-shape';

const PROVIDER = 'sakura';

/** What pools of addresses are checked against. */
export interface PoolSurroundings {
  readonly adopted: readonly AdoptedEntry[];
  /** The controller's own address, where the catalog says so. */
  readonly controller?: string;
}

/** The entries whose nodes get their addresses from `sakura_config.yml`. */
export function sakuraEntries(adopted: readonly AdoptedEntry[]): readonly AdoptedEntry[] {
  return adopted.filter(({ provider }) => provider === PROVIDER);
}

/** The network of an entry's nodes: what it says itself, else what its gateway and a prefix length give. */
export function networkOf({ cidr, values }: AdoptedEntry, prefixLength?: number): Cidr | undefined {
  const gateway = ipv4Number(gatewayOf(values) ?? '');
  if (cidr !== undefined || gateway === undefined || prefixLength === undefined) return cidr;
  return Cidr.of(gateway, prefixLength);
}

/** The default gateway of an entry's nodes. */
export function gatewayOf(values: AdoptedEntry['values']): string | undefined {
  const { sakura_private_subnet_gateway_ip: gateway } = values;
  return typeof gateway === 'string' ? gateway : undefined;
}

/** Reads the pools of addresses of a catalog's section, or of a controller's file, and checks them against the entries. */
export function readPools(
  place: Place,
  surroundings: PoolSurroundings,
  problems: ProblemList,
): readonly AddressPool[] {
  const { draft } = read(place, SAKURA_CONFIG, problems);
  const entries = sakuraEntries(surroundings.adopted);
  return Object.entries(draft ?? {}).flatMap(([name, { prefixLen, ipAddresses }]) => {
    const own = place.below(name);
    const entry = entries.find((candidate) => candidate.name === name);
    if (entry === undefined) {
      const suggestion = nearest(
        name,
        entries.map((candidate) => candidate.name),
      );
      problems.error('unknown-entry', own.keyAt(), { must: `there is no entry sakura.${name}`, suggestion });
      return [];
    }
    checkPool(own, entry, { prefixLen, ipAddresses }, surroundings, problems);
    if (prefixLen === undefined || ipAddresses === undefined) return [];
    return [{ entry: name, prefixLength: prefixLen, addresses: ipAddresses.flat() }];
  });
}

interface PoolDraft {
  readonly prefixLen: number | undefined;
  readonly ipAddresses: readonly (readonly string[])[] | undefined;
}

function checkPool(
  place: Place,
  entry: AdoptedEntry,
  { prefixLen, ipAddresses }: PoolDraft,
  { controller }: PoolSurroundings,
  problems: ProblemList,
): void {
  if (entry.cidr !== undefined && prefixLen !== undefined && prefixLen !== entry.cidr.prefixLength) {
    const must = `must be ${entry.cidr.prefixLength}, as sakura.${entry.name}.private_network_ipmask has it`;
    problems.error('netmask-differs', place.at('prefix_len'), { must, got: String(prefixLen) });
  }
  const network = networkOf(entry, prefixLen);
  const list = place.below('ip_addresses');
  const isWhole = list.items.length === ipAddresses?.length;
  const seen = new Set<string>();
  ipAddresses?.forEach((addresses, index) => {
    const where = isWhole ? list.at(index) : list.at();
    const wrong = addresses.flatMap((address) => {
      const isAgain = seen.has(address);
      seen.add(address);
      const why = isAgain ? 'which stands twice' : takenBy(address, network, entry, controller);
      return why === undefined ? [] : [{ address, why }];
    })[0];
    if (wrong === undefined) return;
    const must = network
      ? `must be addresses of ${network} that are free for nodes`
      : 'must be addresses that are free for nodes';
    problems.error('address-taken', where, { must, got: `${quoted(wrong.address)}, ${wrong.why}` });
  });
}

/** Why a node must not get an address. */
function takenBy(
  address: string,
  network: Cidr | undefined,
  entry: AdoptedEntry,
  controller: string | undefined,
): string | undefined {
  if (network && !network.containsAddress(address)) return 'which lies outside';
  if (address === gatewayOf(entry.values)) return "the gateway's";
  if (address === controller) return "the controller's";
  return network && reservedIn(network, address);
}
