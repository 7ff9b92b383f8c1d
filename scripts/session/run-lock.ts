import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../base/errors';
import { readIfThere } from '../../base/files';

/**
 * Keeps two runs out of one output folder, where they would mix up each other's plans. (The states have Terraform's own
 * locks.) What a dead process left is taken over.
 *
 * @returns how to give it back
 * @throws {@link Failure} when another run works there
 */
export function holdFolder(folder: string, environment: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, 'run.lock');
  const holder = Number(readIfThere(file));
  if (holder > 0 && holder !== process.pid && isAlive(holder)) {
    throw new Failure(`another run works on ${environment} (process ${holder}); wait for it to end`);
  }
  rmSync(file, { force: true });
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
  } catch {
    throw new Failure(`another run works on ${environment}; wait for it to end`);
  }
  return () => rmSync(file, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
