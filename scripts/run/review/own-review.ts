import { mergeRecords } from '../../../review/merge/merge';
import { recordFileName } from '../../../review/record/files';
import type { ReviewRecord } from '../../../review/record/record';
import type { Review } from '../../../review/review';

/**
 * The review of one run's own records. Where the run planned a part of the stacks for other machines to plan the rest, that the others are
 * missing is no problem of it.
 */
export function reviewOfRecords(records: readonly ReviewRecord[]): Review {
  const [review] = mergeRecords(records.map((record) => ({ file: recordFileName(record), record })));
  if (review === undefined) throw new TypeError('a run has the record of its environment');
  const isPart = records.some(({ shard }) => shard !== undefined);
  return isPart ? { ...review, problems: review.problems.filter(({ kind }) => kind !== 'missing') } : review;
}
