import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readNamedFile } from '../../base/named-file';
import { temporaryFolder } from '../support/catalog-folder';

const folder = temporaryFolder({ 'a.json': '\uFEFF{}', 'latin.json': '' });
writeFileSync(join(folder, 'latin.json'), Buffer.from([0xe4]));
mkdirSync(join(folder, 'inner'));
execFileSync('mkfifo', [join(folder, 'pipe')]);
const read = (name: string, most = 100) => readNamedFile(join(folder, name), most, 'FILE');

test('a file is read without its byte order mark', () => {
  expect(read('a.json')).toBe('{}');
});

test.each([
  ['none.json', 100, 'there is no such file'],
  ['a.json/none', 100, 'there is no such file'],
  ['inner', 100, 'must be a file, got a folder'],
  ['pipe', 100, 'must be a file, got a device or a pipe'],
  ['latin.json', 100, 'must be UTF-8 text'],
  ['a.json', 2, 'must have at most 2 bytes, got 5'],
])('%s with at most %d bytes: %s', (name, most, message) => {
  expect(() => read(name, most)).toThrow(new RegExp(`^FILE: ${message}$`));
});
