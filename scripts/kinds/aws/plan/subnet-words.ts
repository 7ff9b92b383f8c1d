import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import { because } from './attribute-words';

/** `public subnet 172.30.1.0/24 is REPLACED (CIDR block → 172.30.9.0/24)` */
export function publicSubnetWords(subnet: ScrubbedChange): string {
  return `public subnet ${subnet.before.cidr_block} is REPLACED${whyReplaced(subnet)}`;
}

/** ` (CIDR block 172.30.3.0/24 → 172.30.7.0/24)` */
export function whyReplaced(subnet: ScrubbedChange): string {
  const { before, after, replacedBy } = subnet;
  if (replacedBy.includes('cidr_block')) return ` (CIDR block → ${after.cidr_block})`;
  if (replacedBy.includes('availability_zone'))
    return ` (zone ${before.availability_zone} → ${after.availability_zone})`;
  return because(subnet);
}
