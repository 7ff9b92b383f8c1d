import { NO_ENDS } from '../../../review/both-ends';
import { mergeRecords } from '../../../review/merge/merge';
import { reviewMarkdown } from '../../../review/page/markdown/markdown';
import { outcomeOf } from '../../../review/page/outcome';
import type { ReadRecord } from '../../../review/record/read-records';
import type { EnvironmentRecord, Origin, ReviewRecord, StackRecord } from '../../../review/record/record';
import { samplePlanned, sampleRecords } from '../../support/records';

const { stacks, environment } = sampleRecords({ stacks: 3 });
const [first, second, third] = stacks as unknown as readonly [StackRecord, StackRecord, StackRecord];

const fileOf = (record: ReviewRecord): string =>
  record.record === 'stack' ? `a/${record.stack}.stack.json` : `a/${record.environment}.environment.json`;
const read = (...records: readonly ReviewRecord[]): readonly ReadRecord[] =>
  records.map((record) => ({ file: fileOf(record), record }));
const from = <R extends ReviewRecord>(record: R, origin: Partial<Origin>): R => ({
  ...record,
  origin: { ...record.origin, ...origin },
});
const part = (shard: string, ...own: readonly StackRecord[]): readonly ReviewRecord[] => [
  ...own.map((record) => ({ ...record, shard })),
  { ...environment, shard },
];

test('records in any order, from any machines, make the review that one machine makes', () => {
  const [whole] = mergeRecords(read(first, second, third, environment));
  expect(whole).toMatchObject({ environment: 'dev', problems: [], digest: expect.stringMatching(/^k1:/) });
  expect(whole?.stacks.map(({ stack }) => stack)).toEqual(environment.stacks);
  const parts = read(...part('2/2', third), ...part('1/2', second, first));
  const [joined] = mergeRecords(parts);
  expect(joined).toMatchObject({ problems: [], digest: whole?.digest });
  expect(joined?.stacks.map(({ stack }) => stack)).toEqual(environment.stacks);
});

test('each environment has a review of its own, sorted by name', () => {
  const lab = sampleRecords({ environment: 'lab' });
  const reviews = mergeRecords(read(...lab.stacks, lab.environment, first, second, third, environment));
  expect(reviews.map((review) => [review.environment, review.problems])).toEqual([
    ['dev', []],
    ['lab', []],
  ]);
});

test('a plan whose requirement changes in another part is deferred, as on one machine', () => {
  const waiting: StackRecord = { ...second, requires: [first.stack] };
  const [review] = mergeRecords(read(first, waiting, third, environment));
  expect(review?.stacks[1]?.outcome).toEqual({ kind: 'deferred', because: [first.stack] });
});

test('the same record twice is one, the newest', () => {
  const later = from(first, { made: '2026-11-30T13:00:00.000Z' });
  const [review] = mergeRecords([
    ...read(first, second, third, environment),
    { file: 'b/x.json', record: later },
  ]);
  expect(review).toMatchObject({ problems: [], origin: { made: later.origin.made } });
});

const changed: StackRecord = { ...first, outcome: samplePlanned(first.stack, 7, 3) };
const others = [second, third, environment] as const;

test.each<[string, readonly ReadRecord[], string, string, string]>([
  [
    'a missing stack',
    read(first, third, environment),
    'missing',
    'dev has 3 stacks, and there is no record of dev-aws-0001',
    'hand over the records of the machine that planned that stack, or plan that stack again',
  ],
  [
    'a missing part',
    read(...part('1/3', first), ...part('3/3', second, third)),
    'missing',
    '1 part of dev is missing: 2/3',
    'hand over the records of that machine, or plan that part again',
  ],
  [
    'no record of the environment',
    read(first, second, third),
    'no environment',
    'there is no record of dev as a whole: dev.environment.json',
    'hand over all files of the folder that plan --export wrote',
  ],
  [
    'different divisions',
    read(...part('1/2', first), ...part('2/3', second, third)),
    'mixed',
    'dev was planned in different divisions: a/dev.environment.json and a/dev.environment.json',
    'give all machines the same number of parts (--shard 1/N to N/N)',
  ],
  [
    'a simulated one beside real ones',
    read(from(first, { simulated: true }), ...others),
    'mixed',
    'dev has 1 simulated record beside 3 of the real clouds: a/dev-aws-0000.stack.json',
    'plan all parts with --sandbox, or none',
  ],
  [
    'another commit',
    read(from(first, { commit: 'f'.repeat(40) }), ...others),
    'other origin',
    '1 record of dev has another commit (ffffffffffff) than the others (0123456789ab): a/dev-aws-0000.stack.json',
    'plan all parts of the same commit, with the same files',
  ],
  [
    'changes that are not committed',
    read(from(first, { dirty: true }), ...others),
    'other origin',
    '1 record of dev has another state of the files (with changes that are not committed) than the others (as committed): a/dev-aws-0000.stack.json',
    'plan all parts of the same commit, with the same files',
  ],
  [
    'another catalog',
    read(from(first, { catalog: 'e'.repeat(64) }), ...others),
    'other origin',
    '1 record of dev has another catalog (eeeeeeeeeeee) than the others (cccccccccccc): a/dev-aws-0000.stack.json',
    'plan all parts of the same commit, with the same files',
  ],
  [
    'another lock file',
    read(from(first, { lock: 'e'.repeat(64) }), ...others),
    'other origin',
    '1 record of dev has another lock file (eeeeeeeeeeee) than the others (dddddddddddd): a/dev-aws-0000.stack.json',
    'plan all parts of the same commit, with the same files',
  ],
  [
    'another version of Terraform',
    read(from(first, { terraform: 'tofu 1.9.0' }), ...others),
    'other origin',
    '1 record of dev has another version of Terraform (tofu 1.9.0) than the others (terraform 1.11.4): a/dev-aws-0000.stack.json',
    'plan all parts with the same version',
  ],
  [
    'another version of kakehashi',
    read(from(first, { kakehashi: '9.9.9' }), ...others),
    'other origin',
    '1 record of dev has another version of kakehashi (9.9.9) than the others (0.1.0): a/dev-aws-0000.stack.json',
    'plan all parts with the same version',
  ],
  [
    'another version of a provider',
    read(from(first, { providers: { 'hashicorp/aws': '6.0.0' } }), ...others),
    'other origin',
    '1 record of dev has another version of the provider hashicorp/aws (6.0.0) than the others (5.100.0): a/dev-aws-0000.stack.json',
    'plan all parts with the same versions: keep .terraform.lock.hcl in the repository',
  ],
  [
    'another list of stacks',
    read({ ...first, stacks: [...first.stacks].reverse() }, ...others),
    'other origin',
    '1 record of dev has another list of stacks than the others: a/dev-aws-0000.stack.json',
    'plan all parts of the same commit, with the same files',
  ],
  [
    'two of one stack that differ',
    [...read(first, ...others), { file: 'b/dev-aws-0000.stack.json', record: changed }],
    'doubled',
    'stack dev-aws-0000 has 2 records that say different things: a/dev-aws-0000.stack.json and b/dev-aws-0000.stack.json',
    'remove what is left of an earlier run, or plan again into an empty folder',
  ],
  [
    'a damaged one',
    [
      ...read(...others),
      {
        file: 'a/dev-aws-0000.stack.json',
        damage: { kind: 'damaged', text: 'is cut off: the end is missing' },
      },
    ],
    'damaged',
    'a/dev-aws-0000.stack.json is cut off: the end is missing',
    'plan these stacks again, and hand the whole folder over',
  ],
  [
    'one of an unknown version',
    [
      ...read(...others),
      {
        file: 'a/dev-aws-0000.stack.json',
        damage: { kind: 'unknown version', text: 'is of version 9 of review records' },
      },
    ],
    'unknown version',
    'a/dev-aws-0000.stack.json is of version 9 of review records',
    'review with the version of kakehashi that planned',
  ],
  [
    'a plan that failed',
    read({ ...first, outcome: { kind: 'failed', lines: ['no credentials', 'more'] } }, ...others),
    'failed',
    'the plan of dev-aws-0000 failed: no credentials',
    'correct that, and plan again',
  ],
])('%s makes no whole review, and the page says so', (_, records, kind, text, help) => {
  const [review] = mergeRecords(records);
  if (review === undefined) throw new Error('no review');
  expect(review.problems).toEqual([{ kind, text, help }]);
  expect(review.digest).toBeUndefined();
  expect(outcomeOf(review)).toBe('failed');
  const page = reviewMarkdown(review);
  expect(page).toMatch(/^# INCOMPLETE · (SIMULATED · )?dev: this is not the whole: /);
  expect(page).toContain('Do not decide on this');
});

test('of an environment whose only record is damaged, there is a review that says it', () => {
  const [review] = mergeRecords([
    { file: 'a/lab-vault.stack.json', damage: { kind: 'damaged', text: 'is empty' } },
  ]);
  expect(review).toMatchObject({
    environment: 'lab',
    stacks: [],
    problems: [{ text: 'a/lab-vault.stack.json is empty' }],
  });
});

test('stacks that the run was not told to plan are not missing', () => {
  const chosen = [first.stack];
  const [review] = mergeRecords(read({ ...first, chosen }, { ...environment, chosen }));
  expect(review?.problems).toEqual([]);
});

test('what the parts say of both ends is put together', () => {
  const host = {
    publicIp: '198.51.100.10',
    host: '10.0.2.15',
    folder: 'out/gateway/198.51.100.10',
    newKeys: [],
    steps: ['copy'],
    ends: false,
  };
  const withEnds = (shard: string, path: string, name: string): EnvironmentRecord => ({
    ...environment,
    shard,
    ends: {
      ...NO_ENDS,
      hosts: [
        {
          ...host,
          changes: [
            { path, kind: 'changed', patch: `+${path}\n` },
            { path: 'INSTALL.md', kind: 'added', patch: `+${shard}\n` },
            { path: 'etc/same', kind: 'added', patch: '+same\n' },
          ],
        },
      ],
      entries: [{ name, kind: 'added', keys: [] }],
      neighbours: ['staging is behind it too'],
    },
    notes: ['a note'],
  });
  const records = [
    ...[first, second].map((record) => ({ ...record, shard: '1/2' })),
    { ...third, shard: '2/2' },
    withEnds('1/2', 'etc/b', 'aws/one'),
    withEnds('2/2', 'etc/a', 'aws/two'),
  ];
  const [review] = mergeRecords(read(...records));
  expect(review).toMatchObject({ problems: [], notes: ['a note'] });
  expect(review?.ends.neighbours).toEqual(['staging is behind it too']);
  expect(review?.ends.entries.map(({ name }) => name)).toEqual(['aws/one', 'aws/two']);
  expect(review?.ends.hosts).toHaveLength(1);
  expect(review?.ends.hosts[0]?.changes).toEqual([
    { path: 'INSTALL.md', kind: 'added', patch: '+1/2\n+2/2\n' },
    { path: 'etc/a', kind: 'changed', patch: '+etc/a\n' },
    { path: 'etc/b', kind: 'changed', patch: '+etc/b\n' },
    { path: 'etc/same', kind: 'added', patch: '+same\n' },
  ]);
  expect(review?.ends.hosts[0]?.steps).toEqual(['copy']);
});
