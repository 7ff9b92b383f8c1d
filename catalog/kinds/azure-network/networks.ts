import { compareTexts } from '../../../base/text/compare-texts';
import { nearest } from '../../../base/text/nearest';
import { checkLocation, checkZone } from '../../adopted/azure';
import { isJsonMap, type JsonMap } from '../../ground/json';
import type { ProblemList } from '../../ground/problem-list';
import { quoted } from '../../ground/quoted';
import { ENTRY_NAME } from '../../shape/formats';
import { type Reading, read, refusal } from '../../shape/read';
import type { Place } from '../../source/place';
import type { GuestDraft, NetworkDraft } from './draft';
import { NETWORK_ENTRY, READ_KEYS, WITHIN_ENTRY } from './keys';

/**
 * Reads all azure entries with `create`: networks in the order of the file, each with the subnets `within` it.
 *
 * @param azure the section `azure`
 * @param created its entries with `create`
 */
export function readNetworks(
  azure: Place,
  created: readonly Place[],
  problems: ProblemList,
): readonly NetworkDraft[] {
  for (const entry of created) checkName(azure, entry, problems);
  const isWithin = (entry: Place): boolean => entry.has('create', 'within');
  const hosts = created.filter((entry) => !isWithin(entry));
  const guests = created.filter(isWithin).sort((a, b) => compareTexts(nameOf(a), nameOf(b)));
  const guestsOf = new Map<string, GuestDraft[]>();
  for (const place of guests) {
    const { draft, value, plain } = read(place, WITHIN_ENTRY, problems);
    if (draft?.create === undefined) continue;
    const host = checkHost(azure, place, draft.create.within, hosts, problems);
    const guest: GuestDraft = { entry: nameOf(place), place, draft, value, extra: extraOf(plain) };
    if (host !== undefined) guestsOf.set(host, [...(guestsOf.get(host) ?? []), guest]);
  }
  return hosts.flatMap((place) => {
    const { draft, value, plain } = read(place, NETWORK_ENTRY, problems);
    if (draft?.create === undefined) return [];
    const entry = nameOf(place);
    const { vpn } = draft.create;
    const network: NetworkDraft = {
      key: `azure/${entry}`,
      entry,
      place,
      draft,
      value,
      extra: extraOf(plain),
      guests: guestsOf.get(entry) ?? [],
      ...(vpn === 'none' ? {} : { vpn: { place: place.below('create', 'vpn'), keys: vpn } }),
    };
    checkPlaces(network, problems);
    return [network];
  });
}

function checkName(azure: Place, entry: Place, problems: ProblemList): void {
  const refused = refusal(nameOf(entry), ENTRY_NAME);
  if (!refused) return;
  const { must, fix, ...found } = refused;
  const where = { ...entry.keyAt(), path: azure.path };
  problems.error('bad-name', where, { must: `a created entry ${must}`, ...found }, ...fix);
}

const NEWER = 'where Azure has it and the list here is older, see docs/catalog.md';

function checkPlaces({ place, draft, guests }: NetworkDraft, problems: ProblemList): void {
  const location = draft.azureLocation;
  if (location === undefined) return;
  if (!checkLocation(place.below('azure_location'), { isAllowed: false, newer: NEWER }, problems)) return;
  const zones = [place, ...guests.map((guest) => guest.place)].map((entry) => entry.below('azure_zone'));
  for (const zone of [...zones, place.below('create', 'nat', 'zone')]) checkZone(zone, location, problems);
}

/** The network that a `within` names, or undefined after saying why it can't be. */
function checkHost(
  azure: Place,
  guest: Place,
  host: string | undefined,
  hosts: readonly Place[],
  problems: ProblemList,
): string | undefined {
  if (host === undefined) return undefined;
  const names = hosts.map(nameOf);
  if (names.includes(host)) return host;
  const fix =
    names.length > 0
      ? `entries with a virtual network of their own: ${names.join(', ')}`
      : 'create one with vnet_cidr';
  const refuse = (must: string, suggestion?: string): undefined =>
    problems.error('bad-within', guest.at('create', 'within'), { must, suggestion }, fix);
  if (host === nameOf(guest)) return refuse('an entry cannot be within itself');
  if (!azure.has(host)) return refuse(`there is no entry azure.${host}`, nearest(host, names));
  if (azure.has(host, 'create', 'within')) return refuse(`${quoted(host)} is itself within another entry`);
  return refuse(`${quoted(host)} has no create, and in an adopted network nothing is built`);
}

function nameOf(entry: Place): string {
  return String(entry.path.at(-1));
}

function extraOf(plain: Reading<unknown, unknown>['plain']): JsonMap {
  if (!isJsonMap(plain)) return {};
  const known: ReadonlySet<string> = READ_KEYS;
  return Object.fromEntries(Object.entries(plain).filter(([key]) => !known.has(key)));
}
