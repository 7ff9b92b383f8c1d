import path from 'node:path';
import type { Lock, LockedStack } from '../ground/lock';
import { ProblemList } from '../ground/problem-list';
import { networkStackId, vaultMembers, vaultStackId } from '../ground/stacks';
import { parseVaultAddress } from '../kinds/vault/formats';
import type { EnvironmentDraft } from './drafts';
import { type EnvironmentFile, lockFiles } from './folder';
import { readLockInto } from './lock-file';

/** What the lock remembers against what the catalog says. */
export function checkLock(draft: EnvironmentDraft, lock: Lock, problems: ProblemList): void {
  const live = new Set<string>();
  for (const { key, region, section } of draft.networks) {
    const id = networkStackId(draft.environment, key);
    live.add(id);
    const locked = lock.stacks[id];
    if (locked?.kind !== 'aws-network') continue;
    if (region !== undefined && locked.region !== region) {
      const message = `must stay ${locked.region}, where ${id} was built, got "${region}"`;
      const mend =
        'a network does not move: rename the entry, and the old one is destroyed and a new one built';
      problems.error('region-moved', section.pathOf('aws_region'), message, section.at('aws_region'), mend);
    }
    warnOfBackend(draft, id, locked, problems);
  }
  if (draft.vault && vaultMembers(draft.vault).length > 0) live.add(vaultStackId(draft.environment));
  checkLockedVault(draft, lock.stacks[vaultStackId(draft.environment)], live, problems);
  for (const [id, { backend }] of Object.entries(lock.stacks)) {
    if (live.has(id) || backend === draft.backend.type) continue;
    const message = `${id} is gone from the catalog, but its state lies in backend ${backend}, not ${draft.backend.type}`;
    const mend = `go back to backend ${backend} until ${id} is destroyed, or move its state and correct the lock file`;
    problems.error('backend-moved', ['backend', 'type'], message, backendPosition(draft), mend);
  }
}

function warnOfBackend(
  draft: EnvironmentDraft,
  id: string,
  locked: LockedStack,
  problems: ProblemList,
): void {
  if (locked.backend === draft.backend.type) return;
  const message = `the state of ${id} lies in backend ${locked.backend}, not ${draft.backend.type}`;
  const mend = 'move the state before you apply';
  problems.warning('backend-moved', ['backend', 'type'], message, backendPosition(draft), mend);
}

/** What was made in Vault is destroyed, and looked for, where it was made; how to reach that server is in the catalog alone. */
function checkLockedVault(
  draft: EnvironmentDraft,
  locked: LockedStack | undefined,
  live: ReadonlySet<string>,
  problems: ProblemList,
): void {
  const id = vaultStackId(draft.environment);
  if (locked?.kind !== 'vault') return;
  if (live.has(id)) warnOfBackend(draft, id, locked, problems);
  const { address, namespace } = locked;
  if (!draft.root.keys.has('vault')) {
    const message = `key "vault" is missing: ${id} is in the lock file, and what it made in ${address} must be destroyed first`;
    const within = namespace === undefined ? '' : `, namespace: '${namespace}'`;
    const mend = `write vault: { address: '${address}'${within} }, without any create, until kakehashi apply ${draft.environment} has destroyed it`;
    problems.error('vault-gone', [], message, draft.root.position, mend);
    return;
  }
  const own = draft.vault;
  if (own?.address === undefined) return;
  const mend = `go back, and remove every create until it is destroyed there; or, where it is the same server by another name, correct the lock file`;
  if (parseVaultAddress(own.address) !== parseVaultAddress(address)) {
    const message = `must stay ${address}, where ${id} was made, got "${own.address}"`;
    problems.error('vault-moved', ['vault', 'address'], message, own.section.at('address'), mend);
  } else if (own.namespace !== namespace) {
    const was = namespace === undefined ? 'absent' : `"${namespace}"`;
    const message = `must stay ${was}, as when ${id} was made, got ${own.namespace === undefined ? 'none' : `"${own.namespace}"`}`;
    problems.error('vault-moved', ['vault', 'namespace'], message, own.section.at('namespace'), mend);
  }
}

function backendPosition({ root }: EnvironmentDraft) {
  const backend = root.keys.get('backend');
  const type = backend?.value.kind === 'map' ? backend.value.keys.get('type')?.value.position : undefined;
  return type ?? backend?.position ?? root.position;
}

/** Lock files whose environment has no file any more, though stacks of it exist. */
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
    const mend = `bring the file back and run kakehashi destroy ${name}; then remove both`;
    problems.error('orphan-lock', [], message, { file, line: 1, column: 1, endColumn: 1 }, mend);
  }
}
