import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { planDigest } from '../../../review/record/digest';
import { readRecords } from '../../../review/record/read-records';
import { sealed, sealOf } from '../../../review/record/seal';
import { removeRecords, writeRecords } from '../../../review/record/write-records';
import { sampleRecords } from '../../support/records';

// biome-ignore lint/suspicious/noExplicitAny: the tests change records wherever they like
type Any = any;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'records-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const { stacks, environment } = sampleRecords({ stacks: 3 });
const NAME = 'dev-aws-0000.stack.json';

/** What is said of a file with this text, without its path. */
function said(text: string | Buffer, name = NAME): string {
  writeFileSync(path.join(folder, name), text);
  const [read] = readRecords([folder]);
  return read?.damage === undefined ? 'a record' : `${read.damage.kind}: ${read.damage.text}`;
}

const changed = (change: (record: Any) => void): string => {
  const record: Any = structuredClone(sealed(stacks)[0]);
  change(record);
  return JSON.stringify(record);
};

/** The same, sealed again: what else must hold in a record. */
const resealed = (change: (record: Any) => void): string => {
  const record: Any = structuredClone(stacks[0]);
  change(record);
  return JSON.stringify({ ...record, seal: sealOf(record) });
};

describe('records of a run', () => {
  test('are written and read again, from folders below and whatever the order of the disk is', () => {
    writeRecords(path.join(folder, 'b/machine-2'), [...stacks].reverse());
    writeRecords(path.join(folder, 'a'), [environment]);
    writeFileSync(path.join(folder, 'a/README.md'), 'no record');
    const read = readRecords([folder]);
    expect(read.map(({ file }) => path.basename(file))).toEqual([
      'dev.environment.json',
      'dev-aws-0000.stack.json',
      'dev-aws-0001.stack.json',
      'dev-aws-0002.stack.json',
    ]);
    expect(read.map(({ record }) => record)).toEqual([environment, ...stacks]);
    expect(readRecords([folder, path.join(folder, 'a')])).toEqual(read);
  });

  test('have the same bytes whatever the order of keys is, and are for their owner alone', () => {
    const reversed = (value: Any): Any =>
      Array.isArray(value)
        ? value.map(reversed)
        : typeof value === 'object' && value !== null
          ? Object.fromEntries(
              Object.entries(value)
                .reverse()
                .map(([key, part]) => [key, reversed(part)]),
            )
          : value;
    const file = path.join(folder, NAME);
    writeRecords(folder, [stacks[0] as Any]);
    const bytes = readFileSync(file, 'utf8');
    writeRecords(folder, [reversed(stacks[0])]);
    expect(readFileSync(file, 'utf8')).toBe(bytes);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual([NAME]);
  });

  test('a part of an environment has a name of its own', () => {
    writeRecords(folder, [{ ...environment, shard: '2/5' }]);
    expect(readdirSync(folder)).toEqual(['dev.2-of-5.environment.json']);
  });

  test('are removed without anything else of their folder', () => {
    writeRecords(folder, [...stacks, environment]);
    writeFileSync(path.join(folder, 'notes.json'), '{}');
    removeRecords(folder);
    expect(readdirSync(folder)).toEqual(['notes.json']);
    removeRecords(path.join(folder, 'never-there'));
  });

  test('a folder that can not be written is said', () => {
    writeFileSync(path.join(folder, 'file'), '');
    expect(() => writeRecords(path.join(folder, 'file/in'), [environment])).toThrow(
      /file\/in: the review records can't be written there: /,
    );
  });
});

describe('a file that is no good record', () => {
  test.each<[string, () => string, string]>([
    ['an empty one', () => said(''), 'damaged: is empty: its writing was cut off'],
    [
      'one that is cut off',
      () => said(changed(() => undefined).slice(0, 500)),
      'damaged: is cut off: the end is missing',
    ],
    ['no JSON', () => said('{ "a": oops }'), 'damaged: must be JSON, and is not'],
    ['no UTF-8', () => said(Buffer.from([0x7b, 0xff, 0x7d])), 'damaged: must be UTF-8 text, and is not'],
    ['another JSON', () => said('[]'), 'damaged: is no review record: it must be an object, got a list'],
    [
      'a later version',
      () =>
        said(
          changed((one) => {
            one.version = 2;
            one.new = 1;
          }),
        ),
      'unknown version: is of version 2 of review records, and this kakehashi reads version 1',
    ],
    [
      'a key too many',
      () =>
        said(
          changed((one) => {
            one.html = '<script>';
          }),
        ),
      'damaged: is no review record: it must have no key "html"',
    ],
    [
      'another name',
      () =>
        said(
          changed(() => undefined),
          'dev-aws-0001.stack.json',
        ),
      'damaged: is the record dev-aws-0000.stack.json by what is in it',
    ],
    [
      'an environment by name',
      () =>
        said(
          changed(() => undefined),
          'dev.environment.json',
        ),
      'damaged: is no review record: it must have the key ends',
    ],
    [
      'a value too deep',
      () => said(`{"a":${'['.repeat(5000)}${']'.repeat(5000)}}`),
      'damaged: must have values at most 100 deep in each other',
    ],
    [
      'a plan that was changed',
      () =>
        said(
          changed((one) => {
            one.outcome.plan.changes[0].attributes[0].after = '0.0.0.0/0';
          }),
        ),
      'damaged: was changed after it was written: its digest is not that of its plan',
    ],
    [
      'the plan of another stack',
      () =>
        said(
          changed((one) => {
            one.outcome.summary.stack = 'dev-other';
          }),
        ),
      'damaged: has the plan of another stack',
    ],
    [
      'a stack that is none of the environment',
      () =>
        said(
          changed((one) => {
            one.stacks = ['dev-aws-0001'];
          }),
        ),
      'damaged: is of a stack that the run did not plan',
    ],
    [
      'one that --stack left out',
      () =>
        said(
          changed((one) => {
            one.chosen = ['dev-aws-0001'];
          }),
        ),
      'damaged: is of a stack that the run did not plan',
    ],
    [
      'a stack twice',
      () =>
        said(
          changed((one) => {
            one.stacks.push('dev-aws-0000');
          }),
        ),
      'damaged: names a stack twice in stacks',
    ],
    [
      'a part that there can not be',
      () =>
        said(
          changed((one) => {
            one.shard = '6/5';
          }),
        ),
      "damaged: has the part 6/5, which there can't be",
    ],
    [
      'counts of other changes',
      () =>
        said(
          resealed((one) => {
            one.outcome.summary.counts.delete = 1;
          }),
        ),
      'damaged: has counts that are not those of its changes',
    ],
    [
      'a key twice',
      () =>
        said(changed(() => undefined).replace('"kind":"planned"', '"kind":"planned","ki\\u006ed":"planned"')),
      'damaged: has a key twice in one object',
    ],
    [
      'a key twice behind colons, quotes and backslashes in texts',
      () =>
        said(
          resealed((one) => {
            one.outcome.findings = [];
            one.kind = ':"{\\\\';
          }).replace('"requires":[]', '"requires":[],"requires":[]'),
        ),
      'damaged: has a key twice in one object',
    ],
    [
      'none of these',
      () =>
        said(
          resealed((one) => {
            one.kind = ':"{[\\\\';
          }),
        ),
      'a record',
    ],
    [
      'no seal',
      () =>
        said(
          changed((one) => {
            delete one.seal;
          }),
        ),
      'damaged: is no review record: it must have the key seal',
    ],
    [
      'a prototype',
      () => said(`{"__proto__":{"version":1},"record":"stack"}`),
      'damaged: is no review record: it must have the key version',
    ],
    [
      'a terminal code',
      () =>
        said(
          changed((one) => {
            one['\u001b[2J\u202e'] = 1;
          }),
        ),
      'damaged: is no review record: it must have no key "?[2J?"',
    ],
  ])('%s: one message', (_, message, expected) => {
    const text = message();
    expect(text.startsWith(expected) ? expected : text).toBe(expected);
    expect(text).not.toMatch(/\n|node:|\.ts:/);
  });

  test('a link, a pipe and a folder are no files of records', () => {
    writeRecords(path.join(folder, 'real'), [environment]);
    mkdirSync(path.join(folder, 'in'));
    symlinkSync(path.join(folder, 'real/dev.environment.json'), path.join(folder, 'in/dev.environment.json'));
    symlinkSync(path.join(folder, 'real'), path.join(folder, 'in/linked'));
    execFileSync('mkfifo', [path.join(folder, 'in/dev-pipe.stack.json')]);
    expect(readRecords([path.join(folder, 'in')]).map(({ damage }) => damage?.text)).toEqual([
      'must be a file',
      'must be a file, got a link',
    ]);
  });

  test('one that is too large is not read', () => {
    writeFileSync(path.join(folder, NAME), '');
    execFileSync('truncate', ['-s', '17M', path.join(folder, NAME)]);
    expect(readRecords([folder])[0]?.damage?.text).toBe('must have at most 16777216 bytes, got 17825792');
  });

  test('a folder that is not there, and a file in its place, are said', () => {
    expect(() => readRecords([path.join(folder, 'no')])).toThrow('there is no such folder');
    writeFileSync(path.join(folder, 'file'), '');
    expect(() => readRecords([path.join(folder, 'file')])).toThrow('it is no folder');
  });

  test('the digest of a plan in a record is that of what is in it', () => {
    for (const { outcome } of stacks)
      if (outcome.kind === 'planned') expect(planDigest(outcome.plan)).toBe(outcome.digest);
  });
});

it('names a file with line breaks and controls on one line', () => {
  writeFileSync(path.join(folder, 'x\n::error::y\u001b[31m.stack.json'), '{}');
  expect(readRecords([folder])[0]?.file).toMatch(/x ::error::y\\u001b\[31m\.stack\.json$/);
});
