/** A place where Azure has data centres. */
export interface Location {
  /** Azure's own form: `japaneast`. */
  readonly name: string;
  /** The form of its pages: `Japan East`. */
  readonly shown: string;
  /** Whether it has availability zones, of which each has three: a gateway there needs them, elsewhere it must have none. */
  readonly hasZones: boolean;
}

/** With availability zones (learn.microsoft.com, "List of Azure regions", read in 2026). */
const WITH_ZONES = [
  'Australia East',
  'Austria East',
  'Belgium Central',
  'Brazil South',
  'Canada Central',
  'Central India',
  'Central US',
  'Chile Central',
  'China North 3',
  'Denmark East',
  'East Asia',
  'East US',
  'East US 2',
  'France Central',
  'Germany West Central',
  'Indonesia Central',
  'Israel Central',
  'Italy North',
  'Japan East',
  'Japan West',
  'Korea Central',
  'Malaysia West',
  'Mexico Central',
  'New Zealand North',
  'North Europe',
  'Norway East',
  'Poland Central',
  'Qatar Central',
  'South Africa North',
  'South Central US',
  'Southeast Asia',
  'Spain Central',
  'Sweden Central',
  'Switzerland North',
  'UAE North',
  'UK South',
  'USGov Virginia',
  'West Europe',
  'West US 2',
  'West US 3',
];

const WITHOUT_ZONES = [
  'Australia Central',
  'Australia Central 2',
  'Australia Southeast',
  'Brazil Southeast',
  'Canada East',
  'China East',
  'China East 2',
  'China East 3',
  'China North',
  'China North 2',
  'France South',
  'Germany North',
  'Jio India Central',
  'Jio India West',
  'Korea South',
  'North Central US',
  'Norway West',
  'South Africa West',
  'South India',
  'Sweden South',
  'Switzerland West',
  'UAE Central',
  'UK West',
  'USDoD Central',
  'USDoD East',
  'USGov Arizona',
  'USGov Texas',
  'West Central US',
  'West India',
  'West US',
];

/** All locations that are known here, by name. */
export const LOCATIONS: ReadonlyMap<string, Location> = new Map(
  [
    ...WITH_ZONES.map((shown) => ({ name: locationName(shown), shown, hasZones: true })),
    ...WITHOUT_ZONES.map((shown) => ({ name: locationName(shown), shown, hasZones: false })),
  ].map((location) => [location.name, location]),
);

/** `Japan East` in Azure's own form, `japaneast`: without blanks, in small letters, as the provider compares them. */
export function locationName(text: string): string {
  return text.replaceAll(' ', '').toLowerCase();
}

/** The zones of a location that has zones. */
export const ZONES = ['1', '2', '3'] as const;
