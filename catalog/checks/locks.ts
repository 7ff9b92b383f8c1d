import path from 'node:path';
import { type EnvironmentFile, lockFiles } from '../folder';
import type { Lock } from '../lock';
import { readLockInto } from '../lock-file';
import { ProblemList } from '../problem-list';
import type { EnvironmentDraft } from '../read/drafts';
import { networkUnitId } from '../units';

/** What the lock remembers against what the catalog says. */
export function checkLock(draft: EnvironmentDraft, lock: Lock, problems: ProblemList): void {
  const live = new Set<string>();
  for (const { key, region, section } of draft.networks) {
    const id = networkUnitId(draft.environment, key);
    live.add(id);
    const locked = lock.units[id];
    if (locked?.kind !== 'aws-network') continue;
    if (region !== undefined && locked.region !== region) {
      const message = `must stay ${locked.region}, where ${id} was built, got "${region}"`;
      const mend =
        'a network does not move: rename the entry, and the old one is destroyed and a new one built';
      problems.error('region-moved', section.pathOf('aws_region'), message, section.at('aws_region'), mend);
    }
    if (locked.backend !== draft.backend.type) {
      const message = `the state of ${id} lies in backend ${locked.backend}, not ${draft.backend.type}`;
      problems.warning(
        'backend-moved',
        ['backend', 'type'],
        message,
        backendPosition(draft),
        'move the state before you apply',
      );
    }
  }
  for (const [id, { backend }] of Object.entries(lock.units)) {
    if (live.has(id) || backend === draft.backend.type) continue;
    const message = `${id} is gone from the catalog, but its state lies in backend ${backend}, not ${draft.backend.type}`;
    const mend = `go back to backend ${backend} until ${id} is destroyed, or move its state and correct the lock file`;
    problems.error('backend-moved', ['backend', 'type'], message, backendPosition(draft), mend);
  }
}

function backendPosition({ root }: EnvironmentDraft) {
  const backend = root.keys.get('backend');
  const type = backend?.value.kind === 'map' ? backend.value.keys.get('type')?.value.position : undefined;
  return type ?? backend?.position ?? root.position;
}

/** Lock files whose environment has no file any more, though units of it exist. */
export function checkOrphanLocks(
  directory: string,
  environments: readonly EnvironmentFile[],
  problems: ProblemList,
): void {
  const names = new Set(environments.map(({ environment }) => environment));
  for (const [name, file] of lockFiles(directory)) {
    if (names.has(name)) continue;
    const own = new ProblemList();
    const units = Object.keys(readLockInto(file, own).units).sort();
    if (units.length === 0 && !own.hasErrors) continue;
    const what = own.hasErrors
      ? 'its lock, which cannot be read, may still list units'
      : `its lock still lists ${units.join(', ')}`;
    const message = `${path.join(directory, `${name}.yml`)} is gone, but ${what}`;
    const mend = `bring the file back and run kakehashi destroy ${name}; then remove both`;
    problems.error('orphan-lock', [], message, { file, line: 1, column: 1, endColumn: 1 }, mend);
  }
}
