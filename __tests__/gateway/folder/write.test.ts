import fs, {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { shownPath } from '../../../base/files';
import { diffFolder } from '../../../gateway/folder/diff';
import { writeFolder } from '../../../gateway/folder/write';
import { folderForEachTest, hostFile } from '../temporary-folder';

const folder = folderForEachTest();
const at = (name: string): string => path.join(folder.path, name);
const modeOf = (name: string): number => statSync(at(name)).mode & 0o7777;
const text = (name: string): string => readFileSync(at(name), 'utf8');
const all = (): string[] => (readdirSync(folder.path, { recursive: true }) as string[]).sort();

const conf = hostFile('etc/ipsec.d/kakehashi-dev.conf', 'conn dev\n');
const keys = hostFile('etc/ipsec.d/kakehashi-dev.secrets', ': PSK "PlantedKey.1"\n', 0o600);
const script = hostFile('usr/local/sbin/kakehashi-tunnels', '#!/bin/sh\n', 0o755);

describe('writeFolder', () => {
  it('writes each file with exactly its mode, whatever the umask is', () => {
    const before = process.umask(0o077);
    try {
      writeFolder(folder.path, [conf, keys, script]);
    } finally {
      process.umask(before);
    }
    expect([conf, keys, script].map((file) => [text(file.path), modeOf(file.path)])).toEqual(
      [conf, keys, script].map((file) => [file.text, file.mode]),
    );
    expect(['etc', 'etc/ipsec.d', 'usr', 'usr/local', 'usr/local/sbin'].map(modeOf)).toEqual(
      Array(5).fill(0o755),
    );
    expect(text('.kakehashi-files').split('\n').slice(1)).toEqual([conf.path, keys.path, script.path, '']);
  });

  it('lists a file before it writes it, and drops one from the list after it is gone', () => {
    writeFolder(folder.path, [conf, keys]);
    const listed: [path: string, isListed: boolean][] = [];
    const { renameSync, rmSync: remove } = fs;
    const note = (file: fs.PathLike): void => {
      const relative = path.relative(folder.path, String(file));
      if (relative === keys.path || relative === script.path)
        listed.push([relative, text('.kakehashi-files').includes(relative)]);
    };
    const spies = [
      jest.spyOn(fs, 'renameSync').mockImplementation((from, to) => {
        renameSync(from, to);
        note(to);
      }),
      jest.spyOn(fs, 'rmSync').mockImplementation((file, options) => {
        remove(file, options);
        note(file);
      }),
    ];
    writeFolder(folder.path, [conf, script]);
    for (const spy of spies) spy.mockRestore();
    expect(listed).toEqual([
      [script.path, true],
      [keys.path, true],
    ]);
    expect(text('.kakehashi-files').split('\n').slice(1)).toEqual([conf.path, script.path, '']);
  });

  it('corrects a mode that is too wide or too narrow, of files and of folders', () => {
    writeFolder(folder.path, [conf, keys]);
    chmodSync(at(keys.path), 0o666);
    chmodSync(at(conf.path), 0o400);
    chmodSync(at('etc/ipsec.d'), 0o700);
    writeFolder(folder.path, [conf, keys]);
    expect([modeOf(keys.path), modeOf(conf.path), modeOf('etc/ipsec.d')]).toEqual([0o600, 0o644, 0o755]);
  });

  it('removes what it wrote and no longer needs, with the folders that are empty then, and nothing else', () => {
    writeFolder(folder.path, [conf, keys, script]);
    folder.put('etc/ipsec.d/mine.conf', 'mine');
    folder.put('notes.txt', 'mine');
    writeFolder(folder.path, [conf]);
    expect(all()).toEqual(
      ['.kakehashi-files', 'etc', 'etc/ipsec.d', conf.path, 'etc/ipsec.d/mine.conf', 'notes.txt'].sort(),
    );
    expect(text('.kakehashi-files').split('\n').slice(1)).toEqual([conf.path, '']);
  });

  it('is content where a file that it would remove is gone already', () => {
    writeFolder(folder.path, [conf, script]);
    rmSync(at('usr'), { recursive: true });
    writeFolder(folder.path, [conf]);
    expect(existsSync(at('usr'))).toBe(false);
  });

  it('follows no symbolic link out of the folder, says where it is, and has changed nothing', () => {
    writeFolder(folder.path, [conf]);
    const outside = `${folder.path}-outside`;
    mkdirSync(outside);
    try {
      symlinkSync(outside, at('usr'));
      expect(() => writeFolder(folder.path, [{ ...conf, text: 'new' }, script])).toThrow(
        `${shownPath(at('usr'))}: must be a folder, got a symbolic link to "${outside}"; move it away, nothing was written`,
      );
      expect(readdirSync(outside)).toEqual([]);
      expect(text(conf.path)).toBe(conf.text);
    } finally {
      rmSync(outside, { recursive: true });
    }
  });

  it('replaces no symbolic link by a file', () => {
    const target = folder.put('elsewhere', 'as it was');
    mkdirSync(at('etc/ipsec.d'), { recursive: true });
    symlinkSync(target, at(keys.path));
    expect(() => writeFolder(folder.path, [keys])).toThrow(
      `${shownPath(at(keys.path))}: must be a file, got a symbolic link`,
    );
    expect([text('elsewhere'), lstatSync(at(keys.path)).isSymbolicLink()]).toEqual(['as it was', true]);
  });

  it('refuses a link where it would remove a file', () => {
    writeFolder(folder.path, [conf, script]);
    rmSync(at('usr'), { recursive: true });
    mkdirSync(at('mine/local/sbin'), { recursive: true });
    folder.put('mine/local/sbin/kakehashi-tunnels', 'mine');
    symlinkSync('mine', at('usr'));
    expect(() => writeFolder(folder.path, [conf])).toThrow(
      `${shownPath(at('usr'))}: must be a folder, got a symbolic link to "mine"`,
    );
    expect(text('mine/local/sbin/kakehashi-tunnels')).toBe('mine');
  });

  it.each([
    [
      'a folder where a file goes',
      () => mkdirSync(at(conf.path), { recursive: true }),
      'must be a file, got a folder',
    ],
    ['a file where a folder goes', () => folder.put('etc', ''), 'must be a folder, got not a folder'],
  ])('names %s', (_, put, message) => {
    put();
    expect(() => writeFolder(folder.path, [conf])).toThrow(message);
  });

  it('removes nothing by a list that leads out of the folder', () => {
    folder.put('.kakehashi-files', '# list\n../victim\n');
    expect(() => writeFolder(folder.path, [conf])).toThrow(
      `${at('.kakehashi-files')}:2: must be a path inside the folder, got "../victim"; remove the line`,
    );
  });

  it.each(['../out', '/etc/passwd', 'a//b', './a', ''])('writes nothing to %j', (name) => {
    expect(() => writeFolder(folder.path, [hostFile(name, 'x')])).toThrow('must be a path inside the folder');
    expect(all()).toEqual([]);
  });

  it('ends what a killed run began: its files are on the list, its temporary files go', () => {
    writeFolder(folder.path, [conf]);
    // Killed after the list and the first file, in the middle of the second.
    folder.put('.kakehashi-files', `# list\n${conf.path}\n${keys.path}\n${script.path}\n`);
    folder.put(script.path, script.text);
    folder.put(`${keys.path}.99999999.tmp`, ': PSK "Planted');
    writeFolder(folder.path, [conf]);
    expect(all()).toEqual(['.kakehashi-files', 'etc', 'etc/ipsec.d', conf.path]);
  });

  it('leaves old or new files at every moment it can be killed, and the next run ends the work', () => {
    const before = [conf, keys, script];
    const after = [
      { ...conf, text: 'changed\n' },
      { ...keys, text: ': PSK "PlantedKey.2"\n' },
    ];
    /** Whether writing is cut off at its n-th step that changes what others see. */
    const isKilledAt = (moment: number): boolean => {
      let left = moment;
      const spies = (['renameSync', 'rmSync', 'rmdirSync'] as const).map((name) => {
        const real = fs[name] as (...args: unknown[]) => void;
        return jest.spyOn(fs, name).mockImplementation((...args: unknown[]) => {
          left -= 1;
          if (left < 0) throw new Error('killed');
          real(...args);
        });
      });
      try {
        writeFolder(folder.path, after);
        return false;
      } catch (error) {
        expect((error as Error).message).toBe('killed');
        return true;
      } finally {
        for (const spy of spies) spy.mockRestore();
      }
    };
    let moment = 0;
    for (let isKilled = true; isKilled; moment += 1) {
      writeFolder(folder.path, before);
      isKilled = isKilledAt(moment);
      expect([conf.text, 'changed\n']).toContain(text(conf.path));
      expect([keys.text, ': PSK "PlantedKey.2"\n']).toContain(text(keys.path));
      expect(modeOf(keys.path)).toBe(0o600);
      writeFolder(folder.path, after);
      expect(diffFolder(folder.path, after)).toEqual([]);
      expect(existsSync(at('usr'))).toBe(false);
    }
    expect(moment).toBeGreaterThan(8);
  });

  it('leaves the temporary file of a run that lives, and what only looks like one', () => {
    folder.put(`${keys.path}.${process.ppid}.tmp`, 'being written');
    folder.put(`${keys.path}.old.tmp`, 'mine');
    writeFolder(folder.path, [keys]);
    expect(readdirSync(at('etc/ipsec.d')).sort()).toEqual(
      [`${process.ppid}.tmp`, 'old.tmp', ''].map((end) => `kakehashi-dev.secrets${end && `.${end}`}`).sort(),
    );
  });

  it('says which folder is none', () => {
    folder.put('gateway', '');
    expect(() => writeFolder(at('gateway'), [conf])).toThrow(
      `${shownPath(at('gateway'))}: must be writable, got EEXIST; fix it and run this again`,
    );
  });
});
