import { statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { makeFolder } from '../../base/make-folder';
import { temporaryFolder } from '../support/catalog-folder';

const modeOf = (folder: string) => statSync(folder).mode & 0o777;

test('a folder and those above it are made, with the mode; what is there stays', () => {
  const top = temporaryFolder();
  makeFolder(path.join(top, 'a/b/c'), 0o700);
  expect([modeOf(path.join(top, 'a')), modeOf(path.join(top, 'a/b/c'))]).toEqual([0o700, 0o700]);
  makeFolder(path.join(top, 'a'), 0o755);
  expect(modeOf(path.join(top, 'a'))).toBe(0o700);
});

test('a link to a folder is one', () => {
  const top = temporaryFolder({ 'real/file': '' });
  symlinkSync('real', path.join(top, 'link'));
  makeFolder(path.join(top, 'link/inner'));
  expect(statSync(path.join(top, 'real/inner')).isDirectory()).toBe(true);
});

test('a file in the way is an error, and a link to nothing', () => {
  const top = temporaryFolder();
  writeFileSync(path.join(top, 'file'), '');
  symlinkSync('nothing', path.join(top, 'dangling'));
  expect(() => makeFolder(path.join(top, 'file'))).toThrow(/EEXIST/);
  expect(() => makeFolder(path.join(top, 'file/inner'))).toThrow(/ENOTDIR/);
  expect(() => makeFolder(path.join(top, 'dangling'))).toThrow(/EEXIST/);
});

const onLinux = process.platform === 'linux' ? test : test.skip;
onLinux('a file system that makes no folders ends it, where Node itself would try for ever', () => {
  expect(() => makeFolder('/proc/kakehashi/inner')).toThrow(/ENOENT/);
});
