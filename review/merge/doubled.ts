import { listed } from '../../base/text/listed';
import type { ReviewRecord } from '../record/record';
import type { ReviewProblem } from '../review';

/** A record, and the file that it was read from. */
export interface Found<Record extends ReviewRecord> {
  readonly file: string;
  readonly record: Record;
  /** @default - the record is of no file */
  readonly seal?: string;
  /** Of an environment: the seals of its run's stacks. @default - the record is of no file */
  readonly seals?: Readonly<{ [stack: string]: string }>;
}

/**
 * Keeps one record of those with the same key: the newest. Two that say the same are no problem, because a job may have run twice.
 *
 * @returns the records that are kept, and the problems
 */
export function undoubled<Record extends ReviewRecord>(
  found: readonly Found<Record>[],
  keyOf: (record: Record) => string,
): readonly [kept: readonly Found<Record>[], problems: readonly ReviewProblem[]] {
  const groups = new Map<string, Found<Record>[]>();
  for (const one of found) {
    const key = keyOf(one.record);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  const kept = [...groups.values()].map((group) => group.reduce(newer));
  const differing = [...groups.values()].filter(
    (group) => new Set(group.map(({ record }) => (group.length === 1 ? '' : contentOf(record)))).size > 1,
  );
  return [kept, differing.map(problemOf)];
}

function newer<Record extends ReviewRecord>(a: Found<Record>, b: Found<Record>): Found<Record> {
  return b.record.origin.made > a.record.origin.made ? b : a;
}

/** What a record says, without the time, and without the part that its machine had. */
function contentOf(record: ReviewRecord): string {
  return JSON.stringify(record, (key, value: unknown) =>
    key === 'made' || key === 'shard' ? undefined : value,
  );
}

function problemOf(group: readonly Found<ReviewRecord>[]): ReviewProblem {
  const [first] = group;
  const what =
    first?.record.record === 'stack'
      ? `stack ${first.record.stack}`
      : `environment ${first?.record.environment}`;
  return {
    kind: 'doubled',
    text: `${what} has ${group.length} records that say different things: ${listed(group.map(({ file }) => file))}`,
    help: 'remove what is left of an earlier run, or plan again into an empty folder',
  };
}
