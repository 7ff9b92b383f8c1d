/**
 * The regions of Azure's public cloud, and whether they have availability zones (learn.microsoft.com, "Azure regions list" and
 * "Azure regions with availability zones").
 */
const REGIONS: Readonly<Record<string, { readonly name: string; readonly zones: boolean }>> = {
  australiacentral: { name: 'Australia Central', zones: false },
  australiacentral2: { name: 'Australia Central 2', zones: false },
  australiaeast: { name: 'Australia East', zones: true },
  australiasoutheast: { name: 'Australia Southeast', zones: false },
  austriaeast: { name: 'Austria East', zones: true },
  belgiumcentral: { name: 'Belgium Central', zones: true },
  brazilsouth: { name: 'Brazil South', zones: true },
  brazilsoutheast: { name: 'Brazil Southeast', zones: false },
  canadacentral: { name: 'Canada Central', zones: true },
  canadaeast: { name: 'Canada East', zones: false },
  centralindia: { name: 'Central India', zones: true },
  centralus: { name: 'Central US', zones: true },
  chilecentral: { name: 'Chile Central', zones: true },
  eastasia: { name: 'East Asia', zones: true },
  eastus: { name: 'East US', zones: true },
  eastus2: { name: 'East US 2', zones: true },
  francecentral: { name: 'France Central', zones: true },
  francesouth: { name: 'France South', zones: false },
  germanynorth: { name: 'Germany North', zones: false },
  germanywestcentral: { name: 'Germany West Central', zones: true },
  indonesiacentral: { name: 'Indonesia Central', zones: true },
  israelcentral: { name: 'Israel Central', zones: true },
  italynorth: { name: 'Italy North', zones: true },
  japaneast: { name: 'Japan East', zones: true },
  japanwest: { name: 'Japan West', zones: true },
  jioindiacentral: { name: 'Jio India Central', zones: false },
  jioindiawest: { name: 'Jio India West', zones: false },
  koreacentral: { name: 'Korea Central', zones: true },
  koreasouth: { name: 'Korea South', zones: false },
  malaysiawest: { name: 'Malaysia West', zones: true },
  mexicocentral: { name: 'Mexico Central', zones: true },
  newzealandnorth: { name: 'New Zealand North', zones: true },
  northcentralus: { name: 'North Central US', zones: false },
  northeurope: { name: 'North Europe', zones: true },
  norwayeast: { name: 'Norway East', zones: true },
  norwaywest: { name: 'Norway West', zones: false },
  polandcentral: { name: 'Poland Central', zones: true },
  qatarcentral: { name: 'Qatar Central', zones: true },
  southafricanorth: { name: 'South Africa North', zones: true },
  southafricawest: { name: 'South Africa West', zones: false },
  southcentralus: { name: 'South Central US', zones: true },
  southeastasia: { name: 'Southeast Asia', zones: true },
  southindia: { name: 'South India', zones: false },
  spaincentral: { name: 'Spain Central', zones: true },
  swedencentral: { name: 'Sweden Central', zones: true },
  swedensouth: { name: 'Sweden South', zones: false },
  switzerlandnorth: { name: 'Switzerland North', zones: true },
  switzerlandwest: { name: 'Switzerland West', zones: false },
  uaecentral: { name: 'UAE Central', zones: false },
  uaenorth: { name: 'UAE North', zones: true },
  uksouth: { name: 'UK South', zones: true },
  ukwest: { name: 'UK West', zones: false },
  westcentralus: { name: 'West Central US', zones: false },
  westeurope: { name: 'West Europe', zones: true },
  westindia: { name: 'West India', zones: false },
  westus: { name: 'West US', zones: false },
  westus2: { name: 'West US 2', zones: true },
  westus3: { name: 'West US 3', zones: true },
};

/** A location as the provider compares and stores it: `Japan East` is `japaneast`. */
export function normalizedLocation(text: string): string {
  return text.replaceAll(' ', '').toLowerCase();
}

export function isLocation(location: string): boolean {
  return location in REGIONS;
}

export function hasZones(location: string): boolean {
  return REGIONS[location]?.zones ?? false;
}

export function displayName(location: string): string {
  return REGIONS[location]?.name ?? location;
}

/** The names of all regions, for messages. */
export function locations(): readonly string[] {
  return Object.keys(REGIONS);
}
