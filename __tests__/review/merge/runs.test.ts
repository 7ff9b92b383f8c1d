import { mergeRecords } from '../../../review/merge/merge';
import { recordFileName } from '../../../review/record/files';
import { parseRecord } from '../../../review/record/parse-record';
import type { ReadRecord } from '../../../review/record/read-records';
import type { ReviewRecord, StackRecord } from '../../../review/record/record';
import { recordText } from '../../../review/record/record-text';
import { sealed } from '../../../review/record/seal';
import { sampleRecords } from '../../support/records';

const { stacks, environment } = sampleRecords({ stacks: 3 });
const [first, second, third] = stacks as unknown as readonly [StackRecord, StackRecord, StackRecord];

const part = (shard: string, ...own: readonly StackRecord[]): readonly ReviewRecord[] => [
  ...own.map((record) => ({ ...record, shard })),
  { ...environment, shard },
];

describe('records of files', () => {
  /** What one run wrote into a folder. */
  const run = (at: string, ...records: readonly ReviewRecord[]): readonly ReadRecord[] =>
    sealed(records).map((file) => {
      const name = recordFileName(file);
      const parsed = parseRecord(Buffer.from(recordText(file)), name);
      return { file: `${at}/${name}`, ...parsed };
    });
  const later = <R extends ReviewRecord>(record: R): R => ({
    ...record,
    origin: { ...record.origin, made: '2026-11-30T13:00:00.000Z' },
  });
  const problem = (text: string) => [
    { kind: 'other origin', text, help: 'plan again into an empty folder, and hand the whole folder over' },
  ];
  const problemsOf = (...read: readonly (readonly ReadRecord[])[]) => mergeRecords(read.flat())[0]?.problems;

  test('of one run, of a job that ran twice, and of several machines make a whole review', () => {
    const once = run('a', first, second, third, environment);
    expect(problemsOf(once)).toEqual([]);
    expect(problemsOf(once, run('b', later(first), later(second), later(third), later(environment)))).toEqual(
      [],
    );
    expect(problemsOf(run('a', ...part('1/2', first, second)), run('b', ...part('2/2', third)))).toEqual([]);
  });

  test('of a stack from another run of the same commit are said', () => {
    const [, ...rest] = run('a', first, second, third, environment);
    const [other = { file: '' }] = run('a', later(first), later(environment));
    expect(problemsOf([other, ...rest])).toEqual(
      problem('1 record of dev is of another run than a/dev.environment.json: a/dev-aws-0000.stack.json'),
    );
  });

  test('of the environment from another run are said', () => {
    const stacksOf = run('a', first, second, third, environment).slice(0, 3);
    const [whole = { file: '' }] = run('a', later(first), later(environment)).slice(-1);
    expect(problemsOf([...stacksOf, whole])).toEqual(
      problem(
        '3 records of dev are of another run than a/dev.environment.json: a/dev-aws-0000.stack.json, a/dev-aws-0001.stack.json and a/dev-aws-0002.stack.json',
      ),
    );
  });

  test('that a run with --stack left in the folder are said', () => {
    const old = run('a', first, second, third, environment).slice(1, 3);
    const chosen = [first.stack];
    expect(problemsOf(old, run('a', { ...first, chosen }, { ...environment, chosen }))).toEqual(
      problem(
        '2 records of dev are of another run than a/dev.environment.json: a/dev-aws-0001.stack.json and a/dev-aws-0002.stack.json',
      ),
    );
  });
});
