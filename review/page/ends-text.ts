import { counted } from '../../base/text/counted';
import type { EntryChange, KeyChange } from '../../catalog/out/entry-changes';
import type { HostChange } from '../both-ends';
import { valueText } from './value-text';

const SIGNS = { added: '+', removed: '-', changed: '~', mode: '~' } as const;

/** `3 files change, 2 are new, 1 goes`. */
export function filesWords({ changes }: Pick<HostChange, 'changes'>): string {
  const count = (...kinds: readonly string[]) => changes.filter(({ kind }) => kinds.includes(kind)).length;
  const [changed, added, removed] = [count('changed', 'mode'), count('added'), count('removed')];
  const parts = [
    ...(changed > 0 ? [`${counted(changed, 'file')} ${changed === 1 ? 'changes' : 'change'}`] : []),
    ...(added > 0 ? [`${counted(added, 'new file')}`] : []),
    ...(removed > 0 ? [`${counted(removed, 'file')} ${removed === 1 ? 'goes' : 'go'}`] : []),
  ];
  return parts.join(', ');
}

/** What is done at one host: `4 files change; 1 tunnel with a new key; then 6 steps to do by hand on 10.0.2.15`. */
export function hostWords(change: HostChange): string {
  const { host, newKeys, steps, ends } = change;
  return [
    filesWords(change) || 'nothing changes in its files',
    ...(newKeys.length > 0 ? [`${counted(newKeys.length, 'tunnel')} with a new key`] : []),
    ...(ends ? ['no tunnel ends there after the apply'] : []),
    ...(steps.length > 0 ? [`then ${counted(steps.length, 'step')} to do by hand on ${host}`] : []),
  ].join('; ');
}

/** A line for each file: `~ etc/kakehashi/kakehashi.nft  +4 -4`. */
export function fileLines({ changes }: Pick<HostChange, 'changes'>): readonly string[] {
  return changes.map(({ path, kind, patch }) => {
    const count = (sign: string): number =>
      patch.split('\n').filter((line) => line.startsWith(sign) && !line.startsWith(sign.repeat(3))).length;
    const about =
      kind === 'changed' ? `  +${count('+')} -${count('-')}` : kind === 'mode' ? `  ${patch.trim()}` : '';
    return `${SIGNS[kind]} ${path}${about}`;
  });
}

/** What must be done on the host, as a heading and numbered steps. */
export function stepLines({ host, steps, ends }: HostChange, when: string): readonly string[] {
  if (steps.length === 0) return [];
  const what = ends ? 'because no tunnel ends there any more' : 'in this order';
  return [
    `${when}, as root on ${host}, ${what}:`,
    ...steps.map((step, index) => `${String(index + 1).padStart(2)}. ${step}`),
  ];
}

/** An entry's change: `- aws/tokyo_subnet1`, `~ aws/default: aws_vpc_subnet_id "a" → "b"`. */
export function entryLines(changes: readonly EntryChange[], isFull: boolean): readonly string[] {
  return changes.flatMap(({ name, kind, keys }) => {
    const sign = SIGNS[kind];
    if (kind === 'removed') return [`${sign} ${name}`];
    if (kind === 'added' && !isFull) return [`${sign} ${name}`];
    return [`${sign} ${name}:`, ...keys.map((change) => `    ${keyText(change)}`)];
  });
}

function keyText({ key, before, after }: KeyChange): string {
  if (before === undefined) return `${key}: ${valueText(after)}`;
  return `${key}: ${valueText(before)} → ${after === undefined ? '(none)' : valueText(after)}`;
}
