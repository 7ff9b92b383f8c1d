import { NO_ENDS } from '../../review/both-ends';
import { mergeRecords } from '../../review/merge/merge';
import type { PlannedOutcome } from '../../review/record/record';
import type { Review } from '../../review/review';
import { WEIGHTS } from '../../terraform/plan/effect';
import { type SampleOptions, sampleRecords } from './records';

/** A complete review of sample records. */
export function sampleReview(options: SampleOptions = {}): Review {
  const { stacks, environment } = sampleRecords(options);
  const [review] = mergeRecords(
    [...stacks, environment].map((record, index) => ({ file: `records/${index}.json`, record })),
  );
  if (review === undefined) throw new Error('no review');
  return review;
}

/** A review in which every text is the same one, in every place in which a page shows one. */
export function reviewOfText(text: string, stacks = 1): Review {
  const review = sampleReview({ stacks, resources: 3 });
  const planned = (outcome: PlannedOutcome): PlannedOutcome => ({
    ...outcome,
    summary: {
      ...outcome.summary,
      stack: text,
      effects: WEIGHTS.map((weight) => ({ weight, text, addresses: [text] })),
      drift: [{ address: text, type: text, attributes: [text] }],
      outputs: [text],
      values: [
        {
          address: text,
          type: text,
          action: 'update',
          changes: [
            { attribute: text, before: text, after: [text], replaces: true },
            { attribute: text, before: [text, 1], after: ['', text] },
          ],
          words: [text],
          told: [],
        },
        { address: text, type: `${text} rule`, action: 'create', changes: [], words: [text] },
      ],
    },
    findings: [
      {
        rule: text,
        severity: 'high',
        verdict: 'violated',
        text,
        address: text,
        position: { file: text, line: 1, column: 1, endColumn: 2 },
        tool: text,
        accepted: { reason: text, until: text },
      },
    ],
    positions: { [text]: { file: text, line: 1, column: 1, endColumn: 2 } },
  });
  const entry = { name: text, keys: [{ key: text, before: text, after: text }] };
  return {
    ...review,
    environment: text,
    origin: { ...review.origin, terraform: text, made: text, commit: text },
    stacks: review.stacks.map((record, index) => ({
      ...record,
      stack: text,
      outcome:
        record.outcome.kind === 'planned' && (index % 3 !== 2 || stacks < 3)
          ? planned(record.outcome)
          : { kind: 'deferred', because: [text, text] },
    })),
    problems: [{ kind: 'damaged', text, help: text }],
    ends: {
      ...NO_ENDS,
      hosts: [
        {
          publicIp: text,
          host: text,
          folder: text,
          changes: [{ path: text, kind: 'changed', patch: text }],
          newKeys: [text],
          steps: [text],
          ends: true,
        },
      ],
      entries: [
        { ...entry, kind: 'added' },
        { ...entry, kind: 'changed' },
        { ...entry, kind: 'removed' },
      ],
      configuration: [{ ...entry, kind: 'changed' }],
      neighbours: [text],
      unknown: [text],
      folders: [{ folder: text, unlike: [text] }],
    },
    notes: [text],
    floor: 'high',
  };
}
