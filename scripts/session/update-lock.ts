import { existsSync, readFileSync } from 'node:fs';
import { Failure } from '../../base/errors';
import { shownPath, writeAtomically } from '../../base/files';
import { counted } from '../../base/text/counted';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Lock } from '../../catalog/environment/lock';
import type { Report } from '../report/report';
import type { Folders } from './folders';
import type { Settings } from './settings';

/**
 * Adds what is new in the catalog to the lock file, before the synthesis reads it.
 *
 * @throws {@link Failure} with `--frozen`, naming what would be added
 */
export function updateLock(loaded: Loaded, folders: Folders, settings: Settings, report: Report): void {
  const { formatLock, lockAdditionsOf } =
    require('../../catalog/environment/lock-text') as typeof import('../../catalog/environment/lock-text');
  const additions = lockAdditionsOf(loaded);
  // A frozen lock may keep what nothing goes by any more: names of the version before, and stacks that were never applied.
  if (settings.frozen ? !additions.needed : !additions.changed && !isInFormerNames(folders.lockFile)) return;
  const added = [
    ...Object.keys(additions.lock.stacks).filter((id) => loaded.lock.stacks[id] === undefined),
    ...Object.keys(additions.lock.tunnels).filter((key) => loaded.lock.tunnels[key] === undefined),
  ];
  const removed = Object.keys(loaded.lock.stacks).filter((id) => additions.lock.stacks[id] === undefined);
  const file = shownPath(folders.lockFile);
  if (settings.frozen) {
    const news = [...added, ...addedRules(loaded.lock, additions.lock)];
    throw new Failure({
      where: file,
      summary: `would be changed, but it is frozen: ${news.join(', ') || 'what it holds changes'}`,
      fixes: ['run without --frozen and commit it'],
    });
  }
  writeAtomically(folders.lockFile, formatLock(additions.lock));
  report.note('debug', `${file}: ${added.length > 0 ? `added ${added.join(', ')}` : 'written anew'}`);
  report.event({ type: 'lock_updated', file, added, removed });
}

/** What is new of each network's rules: `2 rules of azure/default`. */
function addedRules(before: Lock, after: Lock): readonly string[] {
  return Object.entries(after.rules).flatMap(([network, rules]) => {
    const held = before.rules[network] ?? {};
    const count = Object.keys(rules).filter((rule) => held[rule] === undefined).length;
    return count === 0 ? [] : [`${counted(count, 'rule')} of ${network}`];
  });
}

function isInFormerNames(file: string): boolean {
  const { hasFormerNames } =
    require('../../catalog/environment/lock-file') as typeof import('../../catalog/environment/lock-file');
  return existsSync(file) && hasFormerNames(readFileSync(file, 'utf8'));
}

/** Writes to the lock file where the keys of networks were stored. With `--frozen` it writes nothing. */
export function noteStoredKeys(
  { folders, settings, report }: { folders: Folders; settings: Settings; report: Report },
  loaded: Loaded,
  networks: readonly string[],
  folder: string,
): void {
  if (networks.length === 0 || settings.frozen) return;
  const { formatLock, withStoredKeys } =
    require('../../catalog/environment/lock-text') as typeof import('../../catalog/environment/lock-text');
  const { readLock } =
    require('../../catalog/environment/lock-file') as typeof import('../../catalog/environment/lock-file');
  const noted = withStoredKeys(readLock(folders.lockFile), loaded, networks, folder);
  writeAtomically(folders.lockFile, formatLock(noted));
  report.event({ type: 'lock_updated', file: shownPath(folders.lockFile), added: networks, removed: [] });
}

/** Removes destroyed stacks from the lock file. */
export function removeFromLock(
  {
    environment,
    folders,
    report,
  }: {
    readonly environment: string;
    readonly folders: Folders;
    readonly report: Report;
  },
  ids: readonly string[],
): void {
  const { formatLock } =
    require('../../catalog/environment/lock-text') as typeof import('../../catalog/environment/lock-text');
  const { withoutStacks } =
    require('../../catalog/environment/locked-ids') as typeof import('../../catalog/environment/locked-ids');
  const { readLock } =
    require('../../catalog/environment/lock-file') as typeof import('../../catalog/environment/lock-file');
  const lock = readLock(folders.lockFile);
  const removed = ids.filter((id) => lock.stacks[id] !== undefined);
  if (removed.length === 0) return;
  writeAtomically(folders.lockFile, formatLock(withoutStacks(lock, environment, removed)));
  report.event({ type: 'lock_updated', file: shownPath(folders.lockFile), added: [], removed });
}
