import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Failure } from '../../base/errors';
import { givenText, writeGiven } from '../../base/given-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'given-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const inside = (name: string): string => path.join(folder, name);

test.each<[string, (file: string) => void, string]>([
  ['is not there', () => undefined, 'there is no such file'],
  ['lies below a file', (file) => writeFileSync(path.dirname(file), ''), 'there is no such file'],
  ['is a folder', (file) => mkdirSync(file, { recursive: true }), 'must be a file, got a folder'],
  [
    'is a pipe that nobody writes to',
    (file) => {
      mkdirSync(path.dirname(file));
      execFileSync('mkfifo', [file]);
    },
    'must be a file, got a pipe or a device',
  ],
  ['is no UTF-8', (file) => put(file, Buffer.from([0x61, 0xff])), 'must be UTF-8 text, and is not'],
  ['is empty', (file) => put(file, '\n'), 'is empty'],
  ['is huge', (file) => put(file, 'x'.repeat(101)), 'must have at most 100 bytes, got 101'],
])('what is wrong with a file that %s is one sentence', (_, make, wrong) => {
  const file = inside('in/x');
  make(file);
  expect(givenText(file, 100)).toEqual({ wrong });
});

function put(file: string, content: string | Buffer): void {
  mkdirSync(path.dirname(file));
  writeFileSync(file, content);
}

test('a text is read without its byte order mark', () => {
  writeFileSync(inside('x'), '\ufeff{}');
  expect(givenText(inside('x'))).toEqual({ text: '{}' });
});

test('a file is written where its text differs', () => {
  expect([writeGiven(inside('x'), 'a'), writeGiven(inside('x'), 'a'), writeGiven(inside('x'), 'b')]).toEqual([
    true,
    false,
    true,
  ]);
  expect(readFileSync(inside('x'), 'utf8')).toBe('b');
});

test('one that can not be written is said', () => {
  expect(() => writeGiven(folder, 'a')).toThrow(new Failure(`${folder}: can't be written (EISDIR)`));
});
