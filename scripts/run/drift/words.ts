import { counted } from '../../../base/text/counted';
import { timeText } from '../../../review/page/time-text';
import { changeText } from './change-text';
import type { DriftItem, EnvironmentDrift, StackDrift } from './report';

/** What happened, without the stack: `aws_vpc.Network_Vpc: enable_dns_support true → false`. */
export function itemText({ what, address, attribute, before, after, id, noun }: DriftItem): string {
  if (what === 'deleted') return `${address}: deleted outside of Terraform`;
  if (what === 'unmanaged')
    return `${noun === address ? '' : `${address}: `}${noun} ${id}, not managed by Terraform`;
  const isSecret = before === after;
  return `${address}: ${attribute} ${isSecret ? 'changed' : changeText(before, after)}`;
}

/** When a stack was applied last, and what; undefined where the folder does not tell. */
export function appliedText({ applied, appliedCommit }: StackDrift): string | undefined {
  if (applied === undefined) return undefined;
  return `${timeText(applied)}${appliedCommit === undefined ? '' : `, commit ${appliedCommit.slice(0, 12)}`}`;
}

/** The items of all stacks that are there now. */
export function itemsOf({ stacks }: EnvironmentDrift): readonly DriftItem[] {
  return stacks.flatMap(({ items }) => items);
}

/** The result in one line: `3 drifted, of which 1 new; 1 of 5 stacks could not be read`. */
export function headline(report: EnvironmentDrift): string {
  const { stacks, gone } = report;
  const items = itemsOf(report);
  const fresh = items.filter(({ state }) => state === 'new').length;
  const failed = stacks.filter(({ state }) => state === 'failed').length;
  const unapplied = stacks.filter(({ state }) => state === 'not applied').length;
  const found = counted(items.length, 'difference');
  // Where nothing could be read, nobody knows.
  const isUnknown = items.length === 0 && failed > 0;
  return [
    ...(isUnknown ? [] : [items.length === 0 ? 'no drift' : `${found}${fresh > 0 ? `, ${fresh} new` : ''}`]),
    ...(gone.length === 0 ? [] : [`${gone.length} gone since the last report`]),
    ...(failed === 0 ? [] : [`${failed} of ${counted(stacks.length, 'stack')} could not be read`]),
    ...(unapplied === 0 ? [] : [`${unapplied} not applied`]),
  ].join('; ');
}
