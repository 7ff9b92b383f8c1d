import type { ProblemList } from '../../ground/problem-list';
import type { Section } from '../../shape/section';

/** Whether an entry's zone is one of the region: `<region><letter>`, or a local zone `<region>-tpe-1a`. */
export function checkZone(section: Section, region: string | undefined, problems: ProblemList): void {
  const zone = section.text('aws_availability_zone');
  if (zone === undefined || region === undefined) return;
  const rest = zone.startsWith(region) ? zone.slice(region.length) : '';
  if (/^(-[a-z]{3}-[0-9]{1,2})?[a-z]$/.test(rest)) return;
  problems.error(
    'zone-of-another-region',
    section.pathOf('aws_availability_zone'),
    `must be a zone of ${region}, got "${zone}"`,
    section.at('aws_availability_zone'),
    `for instance ${region}a`,
  );
}
