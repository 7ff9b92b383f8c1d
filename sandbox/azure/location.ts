import { LOCATIONS } from '../../model/clouds/azure/locations';

/** Whether Azure has a location of this name, in any of its clouds: the catalog asks no more. */
export function isLocation(location: string): boolean {
  return LOCATIONS.has(location);
}

export function hasZones(location: string): boolean {
  return LOCATIONS.get(location)?.hasZones ?? false;
}

export function displayName(location: string): string {
  return LOCATIONS.get(location)?.shown ?? location;
}

/** The names of all locations, for messages: sorted. */
export function locations(): readonly string[] {
  return [...LOCATIONS.keys()].sort();
}
