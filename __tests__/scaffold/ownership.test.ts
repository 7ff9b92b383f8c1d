import fc from 'fast-check';
import { decide, type Fate } from '../../scaffold/ownership';
import { readRecord, recordText, textDigest } from '../../scaffold/record';

const FILE = { path: 'a/b.yml', text: 'ours\nnow\n' };
const BEFORE = textDigest('ours\nbefore\n');

test.each<readonly [string, string | undefined, string | undefined, Fate]>([
  ['is not there', undefined, undefined, 'new'],
  ['is as it would be', 'ours\nnow\n', undefined, 'same'],
  ['is as it would be, with the line ends of Windows', 'ours\r\nnow\r\n', undefined, 'same'],
  ['is as the last init left it', 'ours\nbefore\n', BEFORE, 'updated'],
  ['is so, with the line ends of Windows', 'ours\r\nbefore\r\n', BEFORE, 'updated'],
  ['was edited', 'ours\nbefore, and mine\n', BEFORE, 'edited'],
  ['was emptied', '', BEFORE, 'edited'],
  ['was removed', undefined, BEFORE, 'removed'],
  ["is somebody else's", 'theirs\n', undefined, 'foreign'],
])('a file that %s', (_, before, written, fate) =>
  expect(decide(FILE, before, written, textDigest).fate).toBe(fate),
);

test('what only the program makes is written in any case', () => {
  for (const before of [undefined, 'another version\n'])
    expect(decide({ ...FILE, generated: true }, before, BEFORE, textDigest).fate).toMatch(/^(new|updated)$/);
});

test('no edit is ever written over', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), (last, now, there) => {
      const { fate } = decide({ path: 'x', text: now }, there, textDigest(last), textDigest);
      const isOurs = [last, now].some((text) => textDigest(text) === textDigest(there));
      expect(fate === 'updated' || fate === 'same').toBe(isOurs);
    }),
  );
});

describe('the record', () => {
  const record = { answers: { region: 'us-west-2' }, cdktn: true, taken: false, files: { b: '2', a: '1' } };

  test('is read as it was written, in one order', () => {
    const text = recordText(record, '0.1.0');
    expect(readRecord(text)).toEqual(record);
    expect(recordText({ ...record, files: { a: '1', b: '2' } }, '0.1.0')).toBe(text);
  });

  test.each([
    ['', 'is no JSON'],
    ['[]', 'is of another version of kakehashi'],
    ['{"version":2}', 'is of another version of kakehashi'],
    ['{"version":1,"answers":{},"files":{"a":1}}', 'has no answers and files'],
  ])('%s can not be used', (text, why) => expect(readRecord(text)).toBe(why));

  test('keys that there are no more, and systems that there are not, are left out', () => {
    const text = '{"version":1,"answers":{"colour":"red"},"files":{},"ci":"jenkins"}';
    expect(readRecord(text)).toEqual({ answers: {}, cdktn: false, taken: false, files: {} });
  });
});
