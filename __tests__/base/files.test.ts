import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  digestOf,
  digestOfFile,
  makePrivate,
  readIfThere,
  removeLeftovers,
  writeAtomically,
  writeExactly,
} from '../../base/files';
import { watchedDisk } from '../support/watched-disk';

describe('removeLeftovers', () => {
  test('removes what dead processes left beside a file, and nothing of anybody else', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'kakehashi-'));
    const names = [
      'file',
      'file.11.tmp',
      'file.22.tmp',
      'file.33.tmp',
      'file.x.tmp',
      'other.11.tmp',
      'file.11',
    ];
    for (const name of [...names, `file.${process.pid}.tmp`]) writeFileSync(path.join(folder, name), '');
    // 11 is dead, 22 lives, 33 lives and is of another user.
    const kill = jest.spyOn(process, 'kill').mockImplementation((pid) => {
      if (pid !== 22) throw Object.assign(new Error(), { code: pid === 33 ? 'EPERM' : 'ESRCH' });
      return true;
    });
    removeLeftovers(path.join(folder, 'file'));
    kill.mockRestore();
    const kept = names.filter((name) => name !== 'file.11.tmp').sort();
    expect(readdirSync(folder).sort()).toEqual(kept);
    rmSync(folder, { recursive: true });
    expect(() => removeLeftovers(path.join(folder, 'file'))).not.toThrow();
  });
});

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

  test.each([
    ['writeAtomically', (file: string) => writeAtomically(file, 'text')],
    ['writeExactly', (file: string) => writeExactly(file, 'text', 0o640)],
  ])(
    '%s has all on the disk under a temporary name before it takes the place of the old file',
    (_, write) => {
      const file = path.join(folder, 'entries');
      writeFileSync(file, 'old');
      expect(watchedDisk(() => write(file))).toEqual([
        'open entries.PID.tmp',
        'write entries.PID.tmp',
        'sync entries.PID.tmp',
        'close entries.PID.tmp',
        'rename entries.PID.tmp entries',
      ]);
      expect(readFileSync(file, 'utf8')).toBe('text');
    },
  );

  test('what a killed process of the same number left is neither kept nor in the way', () => {
    const file = path.join(folder, 'exact');
    writeFileSync(`${file}.${process.pid}.tmp`, 'half');
    chmodSync(`${file}.${process.pid}.tmp`, 0o666);
    writeAtomically(file, 'whole', 0o600);
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual(['whole', 0o600]);
  });

  test('a write that fails leaves the old file and no temporary one', () => {
    const file = path.join(folder, 'kept');
    writeFileSync(file, 'old');
    const fs = require('node:fs') as typeof import('node:fs');
    const full = jest.spyOn(fs, 'fsyncSync').mockImplementation(() => {
      throw new Error('ENOSPC');
    });
    expect(() => writeAtomically(file, 'new')).toThrow('ENOSPC');
    full.mockRestore();
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder).filter((name) => name.startsWith('kept'))).toEqual(['kept']);
  });

  test('reads nothing where there is none', () => {
    expect(readIfThere(path.join(folder, 'none'))).toBeUndefined();
    expect(digestOfFile(path.join(folder, 'none'))).toBeUndefined();
  });
});

describe('makePrivate', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'kakehashi-'));
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['a folder that is missing', undefined],
    ['one that everybody can read', 0o755],
    ['one of the group', 0o770],
    ['one that is private', 0o700],
  ])('makes %s one that only its owner can enter', (name, mode) => {
    const made = path.join(folder, name);
    if (mode !== undefined) {
      mkdirSync(made);
      chmodSync(made, mode);
    }
    makePrivate(made);
    expect((statSync(made).mode & 0o777).toString(8)).toBe('700');
  });
});
