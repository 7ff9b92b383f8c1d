/**
 * The regions of AWS, by the name of their partition. The provider refuses any other one before it asks AWS anything, unless it
 * is told to skip that (docs/reference/aws.md, "Regions").
 */
export const REGIONS_BY_PARTITION = {
  aws: [
    'af-south-1',
    'ap-east-1',
    'ap-east-2',
    'ap-northeast-1',
    'ap-northeast-2',
    'ap-northeast-3',
    'ap-south-1',
    'ap-south-2',
    'ap-southeast-1',
    'ap-southeast-2',
    'ap-southeast-3',
    'ap-southeast-4',
    'ap-southeast-5',
    'ap-southeast-6',
    'ap-southeast-7',
    'ca-central-1',
    'ca-west-1',
    'eu-central-1',
    'eu-central-2',
    'eu-north-1',
    'eu-south-1',
    'eu-south-2',
    'eu-west-1',
    'eu-west-2',
    'eu-west-3',
    'il-central-1',
    'me-central-1',
    'me-south-1',
    'mx-central-1',
    'sa-east-1',
    'us-east-1',
    'us-east-2',
    'us-west-1',
    'us-west-2',
  ],
  'aws-cn': ['cn-north-1', 'cn-northwest-1'],
  'aws-us-gov': ['us-gov-east-1', 'us-gov-west-1'],
  'aws-eusc': ['eusc-de-east-1'],
  'aws-iso': ['us-iso-east-1', 'us-iso-west-1'],
  'aws-iso-b': ['us-isob-east-1', 'us-isob-west-1'],
  'aws-iso-e': ['eu-isoe-west-1'],
  'aws-iso-f': ['us-isof-east-1', 'us-isof-south-1'],
} as const;

export const AWS_REGIONS: readonly string[] = Object.values(REGIONS_BY_PARTITION).flat();

/** Whether a text is a region without its number, `ap-northeast`: one that has it may be newer than the list. */
export function isRegionFamily(family: string): boolean {
  return AWS_REGIONS.some((region) => familyOf(region) === family);
}

/** `ap-northeast-1` is of the family `ap-northeast`. */
export function familyOf(region: string): string {
  return region.replace(/-[0-9]+$/, '');
}

/** The partition of a region, which ARNs begin with: `aws` also for one that is newer than the list, unless its name says another. */
export function partitionOf(region: string): string {
  const found = Object.entries(REGIONS_BY_PARTITION).find(([, regions]) =>
    regions.some((known) => familyOf(known) === familyOf(region)),
  );
  return found?.[0] ?? 'aws';
}
