import path from 'node:path';
import { ProblemList } from '../ground/problem-list';
import type { EnvironmentDraft } from './draft';
import { type EnvironmentFile, lockFiles } from './folder';
import type { Lock } from './lock';
import { readLockInto } from './lock-file';

/**
 * Checks that states lie where the lock file remembers them. That resources stay where they are is checked by each kind.
 *
 * @param live ids of the stacks that the catalog has
 */
export function checkBackends(
  draft: EnvironmentDraft,
  lock: Lock,
  live: ReadonlySet<string>,
  problems: ProblemList,
): void {
  const { type } = draft.backend;
  const where = { ...draft.root.at('backend', 'type'), path: ['backend', 'type'] };
  for (const [id, { backend }] of Object.entries(lock.stacks)) {
    if (backend === type) continue;
    if (live.has(id)) {
      const message = `the state of ${id} lies in backend ${backend}, not ${type}`;
      problems.warning('backend-moved', where, message, 'move the state before you apply');
    } else {
      const message = `${id} is gone from the catalog, but its state lies in backend ${backend}, not ${type}`;
      const fix = `go back to backend ${backend} until ${id} is destroyed, or move its state and correct the lock file`;
      const stack = { environment: draft.environment, stack: id };
      problems.disputed('backend-moved', where, message, [stack], fix);
    }
  }
}

/**
 * Warns of lock files whose environment has no file any more, though they list stacks. Whether anything of them was ever
 * applied, only their states say, and they hold nobody.
 */
export function checkOrphanLocks(
  directory: string,
  environments: readonly EnvironmentFile[],
  problems: ProblemList,
): void {
  const names = new Set(environments.map(({ environment }) => environment));
  for (const [name, file] of lockFiles(directory)) {
    if (names.has(name)) continue;
    const own = new ProblemList();
    const stacks = Object.keys(readLockInto(file, own).stacks).sort();
    if (stacks.length === 0 && !own.hasErrors) continue;
    const what = own.hasErrors
      ? 'its lock, which cannot be read, may still list stacks'
      : `its lock still lists ${stacks.join(', ')}`;
    const message = `${path.join(directory, `${name}.yml`)} is gone, but ${what}`;
    const where = { path: [], position: { file, line: 1, column: 1, endColumn: 1 } };
    problems.warning(
      'orphan-lock',
      where,
      message,
      `if any of it was applied, bring the file back and run kakehashi destroy ${name}; then remove both`,
      'if it was only planned, remove the lock file',
    );
  }
}
