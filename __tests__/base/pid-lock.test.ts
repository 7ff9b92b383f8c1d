import * as fs from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { type LockHolder, lockText, newHolder } from '../../base/lock-holder';
import { takePidLock } from '../../base/pid-lock';
import { type LockRefusal, PidLockError } from '../../base/pid-lock-error';

/** Errors that the next calls of the file system end with, by the name of the call. */
const failing: Partial<Record<'openSync' | 'fsyncSync' | 'linkSync', string>> = {};
/** What happens just before the next hard link is made. */
let beforeLink: (() => void) | undefined;

jest.mock('node:fs', () => {
  const actual = jest.requireActual<typeof fs>('node:fs');
  const fail = (syscall: 'openSync' | 'fsyncSync' | 'linkSync'): void => {
    const code = failing[syscall];
    if (code !== undefined)
      throw Object.assign(new Error(code), { code, syscall: syscall.replace('Sync', '') });
  };
  return {
    ...actual,
    openSync: (...args: Parameters<typeof fs.openSync>) => {
      fail('openSync');
      return actual.openSync(...args);
    },
    fsyncSync: (descriptor: number) => {
      fail('fsyncSync');
      actual.fsyncSync(descriptor);
    },
    linkSync: (from: string, to: string) => {
      fail('linkSync');
      const before = beforeLink;
      beforeLink = undefined;
      before?.();
      actual.linkSync(from, to);
    },
  };
});

let folder: string;
let lock: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(tmpdir(), 'kakehashi-lock-'));
  lock = path.join(folder, 'run.lock');
});
afterEach(() => {
  for (const name of Object.keys(failing)) Reflect.deleteProperty(failing, name);
  jest.restoreAllMocks();
  fs.rmSync(folder, { recursive: true, force: true });
});

const NONCE = '00112233445566ff';
const OTHER_NONCE = 'ffeeddccbbaa9988';

/** A lock file as another process would have written it. */
function recorded(changes: Partial<LockHolder>, file = lock): LockHolder {
  const holder = { ...newHolder(), nonce: NONCE, ...changes };
  fs.writeFileSync(file, lockText(holder));
  return holder;
}

/** A holder that has ended: no Linux pid is that high (PID_MAX_LIMIT is 4194304), nor one of macOS. */
const ENDED = { pid: 2_000_000_000 };

function refusal(): LockRefusal | undefined {
  try {
    takePidLock(lock).release();
    return undefined;
  } catch (error) {
    if (error instanceof PidLockError) return error.refusal;
    throw error;
  }
}

const files = (): readonly string[] => fs.readdirSync(folder).sort();

describe('takePidLock', () => {
  it('records host, pid, start and time in a file that release removes', () => {
    const held = takePidLock(lock);
    expect(JSON.parse(fs.readFileSync(lock, 'utf8'))).toMatchObject({
      host: hostname(),
      pid: process.pid,
      taken: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
    });
    expect(files()).toEqual(['run.lock']);
    held.release();
    expect(files()).toEqual([]);
  });

  it('refuses while a running process holds it, also this one', () => {
    const held = takePidLock(lock);
    expect(refusal()).toMatchObject({ kind: 'held', holder: { pid: process.pid } });
    expect(files()).toEqual(['run.lock']);
    held.release();
    expect(refusal()).toBeUndefined();
  });

  it('takes over from a process that has ended', () => {
    recorded(ENDED);
    const held = takePidLock(lock);
    expect(refusal()).toMatchObject({ kind: 'held', holder: { pid: process.pid } });
    expect(files()).toEqual(['run.lock']);
    held.release();
    expect(files()).toEqual([]);
  });

  it('takes over from a process whose pid has been recycled', () => {
    recorded({ pid: process.ppid, start: 'another start' });
    expect(refusal()).toBeUndefined();
  });

  it('refuses where the start time of the process is not known', () => {
    recorded({ pid: process.ppid, start: '' });
    expect(refusal()).toMatchObject({ kind: 'held' });
  });

  it('refuses where the process belongs to another user (EPERM)', () => {
    recorded({ ...ENDED, start: '' });
    jest.spyOn(process, 'kill').mockImplementation(() => {
      throw Object.assign(new Error('kill EPERM'), { code: 'EPERM' });
    });
    expect(refusal()).toMatchObject({ kind: 'held', holder: ENDED });
  });

  it('never takes over from another host, and names host, process, time and file', () => {
    recorded({ ...ENDED, host: 'build-7', taken: '2026-05-04T09:12:44.123Z' });
    expect(() => takePidLock(lock)).toThrow(
      `${lock}: is held by process 2000000000 on host build-7 since 2026-05-04 09:12:44 UTC, which can't be checked from here; if that process has ended, remove the file`,
    );
    expect(refusal()?.kind).toBe('held-elsewhere');
    expect(fs.existsSync(lock)).toBe(true);
  });

  it('never takes over from a container with the same host name', () => {
    recorded({ ...ENDED, namespace: 'pid:[1]' });
    expect(refusal()?.kind).toBe('held-elsewhere');
  });

  it.each([
    ['an empty one', ''],
    ['a half-written one', lockText({ ...newHolder(), ...ENDED }).slice(0, 40)],
    ['a pid alone', '4711\n'],
    ['null', 'null\n'],
    ['a pid that would signal a process group', lockText({ ...newHolder(), pid: -1 })],
    ['a pid that is no integer', lockText({ ...newHolder(), pid: 2 ** 40 })],
    ['a nonce that is a path', lockText({ ...newHolder(), ...ENDED, nonce: '../../../etc' })],
    ['a host that drives a terminal', lockText({ ...newHolder(), host: '\u001b[2J' })],
  ])('leaves a file that is no lock file alone: %s', (_what, text) => {
    fs.writeFileSync(lock, text);
    expect(() => takePidLock(lock)).toThrow(new PidLockError(lock, { kind: 'corrupt' }).message);
    expect(fs.readFileSync(lock, 'utf8')).toBe(text);
    expect(files()).toEqual(['run.lock']);
  });

  it('leaves a folder and a dangling symbolic link at its path alone', () => {
    fs.mkdirSync(lock);
    expect(refusal()).toEqual({ kind: 'corrupt' });
    fs.rmdirSync(lock);
    fs.symlinkSync('nowhere', lock);
    expect(refusal()).toEqual({ kind: 'corrupt' });
    expect(files()).toEqual(['run.lock']);
  });

  it.each([
    ['openSync', 'EROFS', 'make it and its folder readable and writable'],
    ['openSync', 'EACCES', 'make it and its folder readable and writable'],
    ['fsyncSync', 'ENOSPC', 'free some space on its disk'],
    ['linkSync', 'EPERM', 'use a file system with hard links'],
  ] as const)('says what to do when %s ends with %s', (call, code, advice) => {
    failing[call] = code;
    expect(() => takePidLock(lock)).toThrow(`${lock}: must be usable as a lock file, got ${code}; ${advice}`);
    expect(files()).toEqual([]);
  });

  it('says so where the folder is missing', () => {
    lock = path.join(folder, 'none/run.lock');
    expect(refusal()).toMatchObject({ kind: 'unusable', code: 'ENOENT' });
  });
});

describe('a lock that changes hands while it is taken', () => {
  it('stays with a process that took over faster', () => {
    recorded(ENDED);
    beforeLink = () => {
      // The faster one has linked its claim, and is about to replace the lock file.
      recorded({ nonce: OTHER_NONCE }, `${lock}.${NONCE}`);
    };
    expect(refusal()).toMatchObject({ kind: 'held', holder: { nonce: OTHER_NONCE } });
  });

  it('stays with a process that has replaced the lock file already', () => {
    recorded(ENDED);
    let links = 0;
    beforeLink = () => {
      links++;
      beforeLink = () => {
        links++;
        recorded({ nonce: OTHER_NONCE });
      };
    };
    expect(refusal()).toMatchObject({ kind: 'held', holder: { nonce: OTHER_NONCE } });
    expect(links).toBe(2);
    expect(files()).toEqual(['run.lock']);
  });

  it('is taken when its owner gives it back and ends, and nobody else has it', () => {
    recorded(ENDED);
    beforeLink = () => {
      beforeLink = () => fs.rmSync(lock);
    };
    expect(refusal()).toBeUndefined();
    expect(files()).toEqual([]);
  });

  it('is taken over from a process that was killed while it took over', () => {
    recorded(ENDED);
    recorded({ ...ENDED, nonce: OTHER_NONCE }, `${lock}.${NONCE}`);
    const held = takePidLock(lock);
    expect(refusal()).toMatchObject({ kind: 'held', holder: { pid: process.pid } });
    expect(files()).toEqual(['run.lock']);
    held.release();
  });

  it('is refused where copied files name each other as successors', () => {
    recorded(ENDED);
    recorded(ENDED, `${lock}.${NONCE}`);
    expect(refusal()).toEqual({ kind: 'corrupt' });
  });

  it('is not given back by the one that lost it', () => {
    const held = takePidLock(lock);
    recorded({ nonce: OTHER_NONCE });
    held.release();
    expect(files()).toEqual(['run.lock']);
  });
});

describe('what killed processes leave behind', () => {
  it('is removed by the next holder, but not the draft of a process that runs', () => {
    recorded(ENDED, `${lock}.${OTHER_NONCE}`);
    recorded(ENDED, `${lock}.${OTHER_NONCE}.new`);
    recorded({}, `${lock}.${NONCE}.new`);
    fs.writeFileSync(`${lock}.0123456789abcdef.new`, '');
    fs.writeFileSync(`${lock}.fedcba9876543210.new`, '');
    fs.utimesSync(`${lock}.fedcba9876543210.new`, 0, 0);
    fs.writeFileSync(`${lock}.mine`, '');
    takePidLock(lock).release();
    expect(files()).toEqual([`run.lock.${NONCE}.new`, 'run.lock.0123456789abcdef.new', 'run.lock.mine']);
  });
});
