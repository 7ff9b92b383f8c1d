import { existsSync } from 'node:fs';
import { Failure } from '../../../base/errors';
import { readRecords } from '../../../review/record/read-records';
import type { EnvironmentRecord, StackRecord } from '../../../review/record/record';
import type { StackPlan } from '../../../terraform/plan/stack-plan';
import type { Session } from '../../session/session';

/** What the records of the last plan say, as they lie in the environment's output folder. */
export interface SavedReview {
  readonly environment: EnvironmentRecord;
  /** In the order of the catalog. */
  readonly stacks: readonly StackRecord[];
  readonly plans: readonly StackPlan[];
  readonly deferred: readonly { readonly stack: string; readonly because: readonly string[] }[];
  /** Lines about those that could not be planned. */
  readonly failed: readonly (readonly string[])[];
}

/** The records of the last plan; undefined where there are none. @throws {@link Failure} for a damaged one */
export function savedReview({
  folders,
  environment,
}: Pick<Session, 'folders' | 'environment'>): SavedReview | undefined {
  if (!existsSync(folders.review)) return undefined;
  const read = readRecords([folders.review]);
  const damaged = read.find(({ damage }) => damage !== undefined);
  if (damaged?.damage !== undefined)
    throw new Failure({
      where: damaged.file,
      summary: damaged.damage.text,
      fixes: [{ text: 'plan anew', command: `plan ${environment}` }],
    });
  const records = read.flatMap(({ record }) => record ?? []).filter((one) => one.environment === environment);
  const own = records.find((record) => record.record === 'environment');
  if (own === undefined) return undefined;
  const stacks = own.stacks.flatMap((id) =>
    records.filter((record): record is StackRecord => record.record === 'stack' && record.stack === id),
  );
  return {
    environment: own,
    stacks,
    plans: stacks.flatMap(({ outcome }) => (outcome.kind === 'planned' ? [outcome.summary] : [])),
    deferred: stacks.flatMap(({ stack, outcome }) =>
      outcome.kind === 'deferred' ? [{ stack, because: outcome.because }] : [],
    ),
    failed: stacks.flatMap(({ outcome }) => (outcome.kind === 'failed' ? [outcome.lines] : [])),
  };
}
