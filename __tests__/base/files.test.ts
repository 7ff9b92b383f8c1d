import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { digestOf, digestOfFile, readIfThere, writeAtomically } from '../../base/files';

describe('writeAtomically', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kakehashi-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test('makes the folder, leaves no temporary file, and writes the whole text', () => {
    const file = path.join(folder, 'a/b/vpn_catalog.yml');
    writeAtomically(file, 'text');
    expect(readFileSync(file, 'utf8')).toBe('text');
    expect(readdirSync(path.dirname(file))).toEqual(['vpn_catalog.yml']);
  });

  test('keeps the mode of a file that is there', () => {
    const file = path.join(folder, 'private');
    writeFileSync(file, 'old');
    chmodSync(file, 0o600);
    writeAtomically(file, 'new', 0o644);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(digestOfFile(file)).toBe(digestOf('new'));
  });

  test('reads nothing where there is none', () => {
    expect(readIfThere(path.join(folder, 'none'))).toBeUndefined();
    expect(digestOfFile(path.join(folder, 'none'))).toBeUndefined();
  });
});
