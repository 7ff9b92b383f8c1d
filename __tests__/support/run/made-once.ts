import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type PidLock, takePidLock } from '../../../base/pid-lock';
import { PidLockError } from '../../../base/pid-lock-error';
import { temporaryFolder } from '../catalog-folder';
import { RUN_FOLDER } from './folder';

/**
 * A folder that is made once in a run of the tests, by whichever test file asks first; others wait for it. Nobody may change it.
 * Where making it fails, the next one tries by itself.
 */
export function madeOnce(name: string, make: (folder: string) => void): string {
  const folder = join(process.env[RUN_FOLDER] ?? temporaryFolder(), name);
  const mark = `${folder}.made`;
  while (!existsSync(mark)) {
    const lock = lockUnlessHeld(`${folder}.lock`);
    if (lock === undefined) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      continue;
    }
    try {
      if (existsSync(mark)) break;
      rmSync(folder, { recursive: true, force: true });
      make(folder);
      writeFileSync(mark, '');
    } finally {
      lock.release();
    }
  }
  return folder;
}

function lockUnlessHeld(file: string): PidLock | undefined {
  try {
    return takePidLock(file);
  } catch (error) {
    if (error instanceof PidLockError && error.refusal.kind === 'held') return undefined;
    throw error;
  }
}
