import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv/dist/2020';
import { mergeRecords } from '../../../../review/merge/merge';
import { reviewJson } from '../../../../review/page/json/review-json';
import { reviewSchema } from '../../../../review/page/json/review-shape';
import type { StackRecord } from '../../../../review/record/record';
import { sampleRecords } from '../../../support/records';
import { sampleReview } from '../../../support/reviews';

const FILE = join(__dirname, '../../../../docs/reference/review.schema.json');

test('the published schema is that of the program; UPDATE_GOLDEN=1 writes it', () => {
  if (process.env.UPDATE_GOLDEN === '1') writeFileSync(FILE, reviewSchema());
  expect(JSON.parse(readFileSync(FILE, 'utf8'))).toEqual(JSON.parse(reviewSchema()));
});

describe('a review as JSON', () => {
  const validate = new Ajv({ strict: false }).compile(JSON.parse(readFileSync(FILE, 'utf8')));
  const { stacks, environment } = sampleRecords({ stacks: 3 });
  const [first, second, third] = stacks as unknown as readonly [StackRecord, StackRecord, StackRecord];
  const [incomplete] = mergeRecords([
    { file: 'a', record: { ...first, outcome: { kind: 'failed', lines: ['no'] } } },
    { file: 'b', record: { ...second, outcome: { kind: 'deferred', because: [first.stack] } } },
    { file: 'c', record: third },
    { file: 'd', record: { ...environment, floor: 'high', notes: ['one'] } },
  ]);
  const [unreadable] = mergeRecords([
    { file: 'lab-vault.stack.json', damage: { kind: 'damaged', text: 'is empty' } },
  ]);

  test.each([
    ['a whole one', sampleReview({ stacks: 2 })],
    ['one with stacks that failed and wait', incomplete],
    ['one of which nothing could be read', unreadable],
  ])('%s is valid by its schema', (_, review) => {
    if (review === undefined) throw new Error('no review');
    const document = JSON.parse(reviewJson([review]));
    validate(document);
    expect(validate.errors).toBeNull();
    expect(document.reviews).toHaveLength(1);
  });

  test('the schema refuses what it does not know', () => {
    const document = JSON.parse(reviewJson([sampleReview()]));
    expect(validate({ ...document, version: 2 })).toBe(false);
    expect(validate({ ...document, reviews: [{ ...document.reviews[0], more: 1 }] })).toBe(false);
  });
});
