import { compareTexts } from '../../../base/text/compare-texts';
import { nearest } from '../../../base/text/nearest';
import { checkRegion, checkZone } from '../../adopted/aws';
import { isJsonMap, type JsonMap } from '../../ground/json';
import type { ProblemList } from '../../ground/problem-list';
import { quoted } from '../../ground/quoted';
import { ENTRY_NAME } from '../../shape/formats';
import { type Reading, read, refusal } from '../../shape/read';
import type { Place } from '../../source/place';
import type { AwsSettings } from '../aws/settings';
import type { GuestDraft, NetworkDraft } from './draft';
import { NETWORK_ENTRY, READ_KEYS, WITHIN_ENTRY } from './keys';
import { readVpn } from './vpn';

/**
 * Reads all aws entries with `create`: networks in the order of the file, each with the subnets `within` it.
 *
 * @param aws the section `aws`
 * @param created its entries with `create`
 */
export function readNetworks(
  aws: Place,
  created: readonly Place[],
  settings: Pick<AwsSettings, 'version' | 'skipRegionValidation'>,
  problems: ProblemList,
): readonly NetworkDraft[] {
  for (const entry of created) checkName(aws, entry, problems);
  const isWithin = (entry: Place): boolean => entry.has('create', 'within');
  const hosts = created.filter((entry) => !isWithin(entry));
  const guests = created.filter(isWithin).sort((a, b) => compareTexts(nameOf(a), nameOf(b)));
  const guestsOf = new Map<string, GuestDraft[]>();
  for (const place of guests) {
    const { draft, value, plain } = read(place, WITHIN_ENTRY, problems);
    if (draft?.create === undefined) continue;
    const host = checkHost(aws, place, draft.create.within, hosts, problems);
    const guest: GuestDraft = { entry: nameOf(place), place, draft, value, extra: extraOf(plain) };
    if (host !== undefined) guestsOf.set(host, [...(guestsOf.get(host) ?? []), guest]);
  }
  return hosts.flatMap((place) => {
    const { draft, value, plain } = read(place, NETWORK_ENTRY, problems);
    if (draft?.create === undefined) return [];
    const entry = nameOf(place);
    const network: NetworkDraft = {
      key: `aws/${entry}`,
      entry,
      place,
      draft,
      value,
      extra: extraOf(plain),
      guests: guestsOf.get(entry) ?? [],
      ...readVpn(place.below('create'), draft.create.vpn, settings.version, problems),
    };
    checkRegions(network, settings.skipRegionValidation, problems);
    return [network];
  });
}

function checkName(aws: Place, entry: Place, problems: ProblemList): void {
  const refused = refusal(nameOf(entry), ENTRY_NAME);
  if (!refused) return;
  const { must, fix, ...found } = refused;
  const where = { ...entry.keyAt(), path: aws.path };
  problems.error('bad-name', where, { must: `a created entry ${must}`, ...found }, ...fix);
}

const NEWER =
  'where AWS has it and the list here is older, write providers.aws.skip_region_validation: true; see docs/catalog.md';

function checkRegions(
  { entry, place, draft, guests }: NetworkDraft,
  isAllowed: boolean,
  problems: ProblemList,
): void {
  const region = draft.awsRegion;
  const isRegion =
    region === undefined || checkRegion(place.below('aws_region'), { newer: NEWER, isAllowed }, problems);
  // Beside a misspelt region, what is said of zones would be wrong.
  const zonesOf = (entry: Place, own: string | undefined): void => {
    if (isRegion) checkZone(entry, own, problems);
  };
  if (draft.awsAvailabilityZone !== undefined) zonesOf(place, region);
  for (const guest of guests) {
    const own = guest.draft.awsRegion;
    if (own !== undefined && region !== undefined && own !== region) {
      problems.error(
        'region-differs',
        guest.place.at('aws_region'),
        { must: `must be ${region}, the region of ${entry} that it is within`, got: `"${own}"` },
        'remove it, or give the entry a VPC of its own',
      );
    } else if (guest.draft.awsAvailabilityZone !== undefined) zonesOf(guest.place, region ?? own);
  }
}

/** The network that a `within` names, or undefined after saying why it can't be. */
function checkHost(
  aws: Place,
  guest: Place,
  host: string | undefined,
  hosts: readonly Place[],
  problems: ProblemList,
): string | undefined {
  if (host === undefined) return undefined;
  const names = hosts.map(nameOf);
  if (names.includes(host)) return host;
  const fix =
    names.length > 0 ? `entries with a VPC of their own: ${names.join(', ')}` : 'create one with vpc_cidr';
  const refuse = (must: string, suggestion?: string): undefined =>
    problems.error('bad-within', guest.at('create', 'within'), { must, suggestion }, fix);
  if (host === nameOf(guest)) return refuse('an entry cannot be within itself');
  if (!aws.has(host)) return refuse(`there is no entry aws.${host}`, nearest(host, names));
  if (aws.has(host, 'create', 'within')) return refuse(`${quoted(host)} is itself within another entry`);
  return refuse(`${quoted(host)} has no create, and in an adopted VPC nothing is built`);
}

function nameOf(entry: Place): string {
  return String(entry.path.at(-1));
}

function extraOf(plain: Reading<unknown, unknown>['plain']): JsonMap {
  if (!isJsonMap(plain)) return {};
  const known: ReadonlySet<string> = READ_KEYS;
  return Object.fromEntries(Object.entries(plain).filter(([key]) => !known.has(key)));
}
