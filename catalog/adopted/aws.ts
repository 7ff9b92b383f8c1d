import { nearest } from '../../base/text/nearest';
import { AWS_REGIONS, familyOf, isRegionFamily } from '../../model/clouds/aws/regions';
import type { ProblemList } from '../ground/problem-list';
import { quoted } from '../ground/quoted';
import { optional, pattern, required, text } from '../shape/shapes';
import type { Place } from '../source/place';
import type { EntryToCheck } from './entry-to-check';

export const AWS_REGION = pattern(
  'an AWS region like ap-northeast-1',
  '^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$',
  'ap-northeast-1',
);

/** What follows the region in the name of a zone: a letter, `-tpe-1a` of a local zone, `-wl1-bos-wlz-1` of a Wavelength zone. */
const ZONE_END = '([a-z]|-[a-z]{3}-[0-9]{1,2}[a-z]|-wl[0-9]{1,2}-[a-z]{3}-wlz-[0-9]{1,2})';

/** A zone of a region, a local zone or a Wavelength zone. */
export const AWS_ZONE = pattern(
  'an AWS availability zone like ap-northeast-1a',
  `^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}${ZONE_END}$`,
  'ap-northeast-1a',
);

export const SUBNET_ID = pattern(
  'a subnet id like subnet-0862300dba34162ed',
  '^subnet-([0-9a-f]{8}|[0-9a-f]{17})$',
);

export const SECURITY_GROUP_ID = pattern(
  'a security group id like sg-0387934d3cd06946f',
  '^sg-([0-9a-f]{8}|[0-9a-f]{17})$',
);

export const ACCOUNT_ID = pattern('an AWS account id of 12 digits', '^[0-9]{12}$', '123456789012');

export const ROLE_ARN = pattern(
  'the ARN of an IAM role',
  '^arn:aws[a-z-]*:iam::[0-9]{12}:role/[\\w+=,.@/-]{1,512}$',
  'arn:aws:iam::123456789012:role/kakehashi',
);

export const POLICY_ARN = pattern(
  'the ARN of an IAM policy',
  '^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[\\w+=,.@/-]{1,512}$',
  'arn:aws:iam::123456789012:policy/boundary',
);

/** Keys of an AWS entry that exists already, in the order of the controller's manual. */
export const AWS_KEYS = {
  aws_region: required(text(AWS_REGION), 'region'),
  aws_availability_zone: optional(text(AWS_ZONE), 'availability zone of the subnet'),
  aws_vpc_subnet_id: required(text(SUBNET_ID), 'id of the subnet'),
  aws_vpc_security_group_id: required(text(SECURITY_GROUP_ID), 'id of the security group'),
};

/** Whether a zone has the name of one of the region. */
export function isZoneOf(zone: string, region: string): boolean {
  return zone.startsWith(region) && new RegExp(`^${ZONE_END}$`).test(zone.slice(region.length));
}

/**
 * Checks that an entry's zone is one of its region: `<region><letter>`, a local zone like `<region>-tpe-1a`, or a Wavelength zone
 * like `<region>-wl1-bos-wlz-1`.
 *
 * @param entry the entry's place
 */
export function checkZone(entry: Place, region: string | undefined, problems: ProblemList): void {
  const { text: zone } = entry.below('aws_availability_zone');
  if (zone === undefined || region === undefined) return;
  if (isZoneOf(zone, region)) return;
  problems.error(
    'zone-of-another-region',
    entry.at('aws_availability_zone'),
    { must: `must be a zone of ${region}`, got: `"${zone}"` },
    `for instance ${region}a`,
  );
}

/** Checks the region and the zone of an entry that exists already: its region may be newer than the list. */
export function checkAwsEntry({ place, values }: EntryToCheck, problems: ProblemList): void {
  const { aws_region: region, aws_availability_zone: zone } = values;
  const isRegion =
    typeof region !== 'string' || checkRegion(place.below('aws_region'), { isAllowed: true }, problems);
  // Beside a misspelt region, what is said of the zone would be wrong.
  if (zone !== undefined && isRegion)
    checkZone(place, typeof region === 'string' ? region : undefined, problems);
}

/** What an unknown region means. */
export interface RegionRule {
  /** How to use a region that is newer than the list: what to write where. */
  readonly newer?: string;
  /** Whether it is used although the list does not have it. */
  readonly isAllowed: boolean;
}

/**
 * Checks that a region is one of AWS's. What looks like a misspelt one is an error; so is any other that the list does not have,
 * unless it is allowed.
 *
 * @returns whether it is used
 */
export function checkRegion(place: Place, { newer, isAllowed }: RegionRule, problems: ProblemList): boolean {
  const { text: region } = place;
  if (region === undefined || AWS_REGIONS.includes(region)) return true;
  const suggestion = nearest(region, AWS_REGIONS);
  const isMisspelt = suggestion !== undefined && !isRegionFamily(familyOf(region));
  const statement = {
    must: 'must be a region of AWS',
    got: quoted(region),
    ...(suggestion === undefined ? {} : { suggestion }),
  };
  if (isAllowed && !isMisspelt) {
    problems.warning('unknown-region', place.at(), {
      ...statement,
      must: 'is no region of AWS that is known here',
    });
    return true;
  }
  problems.error('unknown-region', place.at(), statement, ...(newer === undefined ? [] : [newer]));
  return false;
}
