import { planDigest } from '../../../review/record/digest';
import { parseRecord } from '../../../review/record/parse-record';
import type { ReviewRecord } from '../../../review/record/record';
import { recordText } from '../../../review/record/record-text';
import { sealed } from '../../../review/record/seal';
import { masked } from '../../../review/record/shape/masked';
import { ENVIRONMENT_RECORD, STACK_RECORD } from '../../../review/record/shape/record-shape';
import { Masks } from '../../../terraform/masks';
import { sampleRecords } from '../../support/records';

const { stacks, environment } = sampleRecords();
const [stack] = stacks;
if (stack === undefined) throw new Error('the sample must have a stack');

const fileOf = (record: ReviewRecord): string => sealed([record]).map(recordText).join('');

function masksOf(secret: string): Masks {
  const masks = new Masks();
  masks.add(secret);
  return masks;
}

describe('a record whose secret is a word of the format', () => {
  it.each([
    'create',
    'update',
    'planned',
    'outage',
    'changes',
    'attributes',
    'positions',
    'aws-network',
    'dev-aws-0000',
    '0123456789abcdef0123456789abcdef01234567',
  ])('is still a record: %s', (secret) => {
    const text = fileOf(masked(STACK_RECORD, stack, masksOf(secret)));
    expect(parseRecord(Buffer.from(text), 'dev-aws-0000.stack.json')).toHaveProperty('record');
  });

  it.each(['findings', 'environment', 'critical'])('of the environment: %s', (secret) => {
    const finding = { rule: 'KKH-NET-01', severity: 'critical', verdict: 'violated', text: 'x' } as const;
    const record = { ...environment, findings: [finding], floor: 'critical' };
    expect(masked(ENVIRONMENT_RECORD, record, masksOf(secret))).toEqual(record);
  });
});

it('masks what is told, in values, keys, names and addresses', () => {
  const { outcome } = stack;
  if (outcome.kind !== 'planned') throw new Error('the sample must be planned');
  const attributes = [{ name: 'tags', after: { 'planted-1': ['x planted-1'] } }];
  const change = { address: 'aws_vpc.planted-1', type: 'aws_vpc', action: 'create', replacedBy: [] } as const;
  const plan = { changes: [{ ...change, attributes }], outputs: [{ name: 'planted-1' }] };
  const position = { file: 'planted-1.yml', line: 1, column: 1, endColumn: 2 };
  const record = {
    ...stack,
    outcome: {
      ...outcome,
      plan,
      digest: planDigest(plan),
      summary: { ...outcome.summary, effects: [{ weight: 'outage', text: 'planted-1' } as const] },
      findings: [
        {
          rule: 'A',
          severity: 'low',
          verdict: 'accepted',
          text: 'x',
          accepted: { reason: 'planted-1' },
        } as const,
      ],
      positions: { 'aws_vpc.planted-1': position },
    },
  };
  const text = recordText(masked(STACK_RECORD, record, masksOf('planted-1')));
  expect(text).not.toContain('planted');
  expect(text.match(/\(sensitive\)/g)).toHaveLength(8);
});
