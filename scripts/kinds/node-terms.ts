import { counted } from '../../base/text/counted';
import { durationText } from '../../base/text/duration-text';
import type { NodeGroup } from '../../catalog/ground/node-group';

/** What a group may cost until the end of its lease: count × lease × price. Empty where the catalog says no price. */
export function costWords({ most, leaseSeconds, pricePerHour }: NodeGroup): readonly string[] {
  if (pricePerHour === undefined) return [];
  const nodes = counted(most, 'node');
  if (leaseSeconds === undefined)
    return [
      `cost: up to ${nodes} × ${pricePerHour} USD = ${amount(most * pricePerHour)} USD an hour, without an end`,
    ];
  const total = most * (leaseSeconds / 3600) * pricePerHour;
  return [
    `cost: up to ${nodes} × ${durationText(leaseSeconds)} × ${pricePerHour} USD an hour = ${amount(total)} USD`,
  ];
}

/** When a lease ends that begins at a time. @param start - RFC 3339 */
export function leaseEnd(start: string, seconds: number): string {
  return new Date(Date.parse(start) + seconds * 1000).toISOString().replace('.000Z', 'Z');
}

/** Cents, rounded up: what is shown is never less than what is paid. */
function amount(dollars: number): string {
  return (Math.ceil(Number((dollars * 100).toFixed(6))) / 100).toFixed(2);
}
