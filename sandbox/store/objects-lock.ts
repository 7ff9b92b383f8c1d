import { type PidLock, takePidLock } from '../../base/pid-lock';
import { lockRefusalText, PidLockError } from '../../base/pid-lock-error';
import { SandboxError } from './sandbox-error';

/**
 * Takes the lock of an object log, in a file beside it.
 *
 * @throws {@link SandboxError} when another process holds it, or when it can't be made
 */
export function holdLog(file: string): PidLock {
  const lock = `${file}.lock`;
  try {
    return takePidLock(lock);
  } catch (error) {
    if (!(error instanceof PidLockError)) throw error;
    const { refusal } = error;
    throw new SandboxError(
      refusal.kind === 'held'
        ? `${file}: is in use by process ${refusal.holder.pid}; wait for it or stop it`
        : lockRefusalText(lock, refusal),
    );
  }
}
