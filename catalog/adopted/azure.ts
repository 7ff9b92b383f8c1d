import { nearest } from '../../base/text/nearest';
import { LOCATIONS, locationName } from '../../model/clouds/azure/locations';
import type { ProblemList } from '../ground/problem-list';
import { quoted } from '../ground/quoted';
import { either, optional, pattern, required, text, whole } from '../shape/shapes';
import { describe } from '../source/node';
import type { Place } from '../source/place';
import type { EntryToCheck } from './entry-to-check';

/** Azure's rules for names (learn.microsoft.com, "Naming rules and restrictions for Azure resources"). */
export const RESOURCE_GROUP_NAME = pattern(
  'a name of up to 90 letters, digits, _ . - ( ) that does not end with a period',
  '^[\\p{L}\\p{N}_.()-]{0,89}[\\p{L}\\p{N}_()-]$',
  'vcc3013',
);

/** Of a subnet, a security group, an address. */
export const AZURE_NAME = pattern(
  'a name of up to 80 letters, digits, _ . - that begins with a letter or digit and ends with one or with _',
  '^[A-Za-z0-9]([A-Za-z0-9_.-]{0,78}[A-Za-z0-9_])?$',
  'vcc3013',
);

export const VNET_NAME = pattern(
  'a name of 2 to 64 letters, digits, _ . - that begins with a letter or digit and ends with one or with _',
  '^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}[A-Za-z0-9_]$',
  'vcc3013',
);

export const AZURE_LOCATION = pattern(
  'a location of Azure like japaneast or Japan East',
  '^[A-Za-z]+( ?[A-Za-z0-9]+)*$',
  'japaneast',
);

const ZONE = pattern("a zone: '1', '2' or '3'", '^[123]$', '1');

/** A zone, also as a number. */
export const AZURE_ZONE = either(ZONE.expected, { text: text(ZONE), whole: whole(1, 3) });

/** Keys of an Azure entry that exists already (docs/reference/vcp.md). */
export const AZURE_KEYS = {
  azure_resource_group_name: required(text(RESOURCE_GROUP_NAME), 'resource group'),
  azure_vnet_name: required(text(VNET_NAME), 'virtual network'),
  azure_subnet_name: required(text(AZURE_NAME), 'subnet'),
  azure_security_group_name: required(text(AZURE_NAME), 'network security group'),
  azure_location: required(text(AZURE_LOCATION), 'location: japaneast or Japan East'),
  azure_zone: optional(AZURE_ZONE, 'availability zone'),
};

/** Checks the location and the zone of an entry that exists already: its location may be newer than the list. */
export function checkAzureEntry({ place, values }: EntryToCheck, problems: ProblemList): void {
  if (typeof values.azure_location !== 'string') return;
  const isKnown = checkLocation(place.below('azure_location'), { isAllowed: true }, problems);
  if (isKnown) checkZone(place.below('azure_zone'), values.azure_location, problems);
}

/**
 * Checks that a location is one of Azure's, in either of its spellings. What looks like a misspelt one is an error; so is any
 * other that the list does not have, unless it is allowed.
 *
 * @returns whether it is used
 */
export function checkLocation(
  place: Place,
  { isAllowed, newer }: { readonly isAllowed: boolean; readonly newer?: string },
  problems: ProblemList,
): boolean {
  const { text: location } = place;
  if (location === undefined || LOCATIONS.has(locationName(location))) return true;
  const suggestion = nearest(locationName(location), [...LOCATIONS.keys()]);
  const statement = {
    must: 'must be a location of Azure',
    got: quoted(location),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
  if (isAllowed && suggestion === undefined) {
    problems.warning('unknown-region', place.at(), {
      ...statement,
      must: 'is no location of Azure that is known here',
    });
    return true;
  }
  problems.error('unknown-region', place.at(), statement, ...(newer === undefined ? [] : [newer]));
  return false;
}

/** Checks that a location has zones, where one is named. */
export function checkZone(zone: Place, location: string, problems: ProblemList): void {
  const found = LOCATIONS.get(locationName(location));
  if (zone.node === undefined || found === undefined || found.hasZones) return;
  const statement = {
    must: `must not be given: ${found.shown} has no availability zones`,
    got: describe(zone.node),
  };
  problems.error('zone-of-another-region', zone.at(), statement, 'remove it');
}
