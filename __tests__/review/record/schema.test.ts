import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020';
import type { SealedRecord } from '../../../review/record/record';
import { sealed } from '../../../review/record/seal';
import { mismatch } from '../../../review/record/shape/mismatch';
import { recordSchema } from '../../../review/record/shape/record-schema';
import { RECORD } from '../../../review/record/shape/record-shape';
import { sampleRecords } from '../../support/records';

const FILE = path.join(__dirname, '../../../docs/reference/review-record.schema.json');
const validate = new Ajv2020({ strict: true, allErrors: true, strictTypes: false }).compile(recordSchema());

const sample = sampleRecords({ stacks: 2 });
const records = sealed([...sample.stacks, sample.environment]);
const [stack, , environment] = records as readonly [SealedRecord, SealedRecord, SealedRecord];
const deferred = { ...stack, outcome: { kind: 'deferred', because: ['dev-aws-0001'] } };
const failed = {
  ...stack,
  chosen: ['dev-aws-0000'],
  shard: '2/5',
  outcome: { kind: 'failed', lines: ['no'] },
};

// biome-ignore lint/suspicious/noExplicitAny: the tests change records wherever they like
type Any = any;

const WRONG: readonly (readonly [what: string, change: (record: Any) => void, says: string])[] = [
  [
    'a key that nobody knows',
    (record) => {
      record.extra = 1;
    },
    'must have no key "extra"',
  ],
  [
    'one deep inside',
    (record) => {
      record.outcome.plan.changes[0].attributes[0].extra = 1;
    },
    'outcome.plan.changes[0].attributes[0] must have no key "extra"',
  ],
  [
    'a missing seal',
    (record) => {
      delete record.seal;
    },
    'must have the key seal',
  ],
  [
    'a missing key',
    (record) => {
      delete record.origin.lock;
    },
    'origin must have the key lock',
  ],
  [
    'a wrong type',
    (record) => {
      record.origin.dirty = 'no';
    },
    'origin.dirty must be true or false, got "no"',
  ],
  [
    'a list in place of an object',
    (record) => {
      record.origin = [];
    },
    'origin must be an object, got a list',
  ],
  [
    'an unknown action',
    (record) => {
      record.outcome.plan.changes[0].action = 'burn';
    },
    'outcome.plan.changes[0].action must be one of',
  ],
  [
    'a digest of another form',
    (record) => {
      record.outcome.digest = 'k1:12';
    },
    'outcome.digest must match',
  ],
  [
    'a name with a path in it',
    (record) => {
      record.stack = '../../etc/passwd';
    },
    'stack must match',
  ],
  [
    'a time that is none',
    (record) => {
      record.origin.made = 'now';
    },
    'origin.made must match',
  ],
  [
    'a negative number',
    (record) => {
      record.outcome.summary.counts.create = -1;
    },
    'outcome.summary.counts.create must be at least 0',
  ],
  [
    'half a number',
    (record) => {
      record.outcome.summary.counts.create = 0.5;
    },
    'outcome.summary.counts.create must be a whole number',
  ],
  [
    'another kind of outcome',
    (record) => {
      record.outcome.kind = 'other';
    },
    'outcome',
  ],
  [
    'null',
    (record) => {
      record.outcome = null;
    },
    'outcome must be an object, got null',
  ],
  [
    'a name of the language',
    (record) => {
      record.constructor = 1;
    },
    'must have no key "constructor"',
  ],
];

describe('the schema of review records', () => {
  test('is the published one; UPDATE_GOLDEN=1 writes it', () => {
    const text = `${JSON.stringify(recordSchema(), undefined, 2)}\n`;
    if (process.env.UPDATE_GOLDEN === '1') writeFileSync(FILE, text);
    expect(readFileSync(FILE, 'utf8')).toBe(text);
  });

  test.each([
    ['a stack', stack],
    ['a deferred stack', deferred],
    ['a failed one', failed],
    ['an environment', environment],
  ])('admits the record of %s, as our own reader does', (_, record) => {
    expect(validate(record)).toBe(true);
    expect(mismatch(RECORD.schema, record)).toBeUndefined();
  });

  test.each(WRONG)('refuses %s, as our own reader does with its place', (_, change, says) => {
    const record: Any = structuredClone(stack);
    change(record);
    expect(validate(record)).toBe(false);
    const found = mismatch(RECORD.schema, record);
    expect(`${found?.path} ${found?.text}`.trim()).toContain(says);
  });

  test('closes each object', () => {
    const open: string[] = [];
    const look = (schema: Any, at: string): void => {
      if (schema.type === 'object' && schema.additionalProperties === undefined) open.push(at);
      for (const [name, part] of Object.entries(schema))
        if (typeof part === 'object' && part !== null) look(part, `${at}/${name}`);
    };
    look(recordSchema(), '');
    expect(open).toEqual([]);
  });
});
