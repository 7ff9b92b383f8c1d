import { CUBBYHOLE } from '../../../model/vault/secret-reference';
import type { ProblemList } from '../../ground/problem-list';
import type { VaultDraft } from './read';

/** Paths of every Vault, with why nothing can be mounted there: the server answers 403 or 400 (docs/reference/vault.md). */
const RESERVED: ReadonlyMap<string, string> = new Map([
  [
    CUBBYHOLE,
    'every token has its own, which no administrator can make, share or keep, and which vanishes with it',
  ],
  ['sys', "it is the server's own interface"],
  ['auth', 'log-in methods are there'],
  ['identity', "it is Vault's own engine of entities and groups"],
  // Not recorded; inferred from the server's list of protected mounts.
  ['audit', 'audit devices are there'],
]);

/** Checks mounts that no server makes, or that stand in each other's way. */
export function checkVaultMounts({ place, mounts }: VaultDraft, problems: ProblemList): void {
  const seen: string[] = [];
  for (const { path, formerly, create } of mounts) {
    const where = place.keyAt('mounts', path);
    if (formerly !== undefined && !create) {
      const message = 'renames what is created, and this mount has no create';
      problems.error('bad-formerly', place.keyAt('mounts', path, 'formerly'), message, 'remove it');
    }
    const [first = ''] = path.split('/');
    const reason = RESERVED.get(first);
    if (reason !== undefined) {
      const fix =
        first === CUBBYHOLE
          ? `remove it: vault://${CUBBYHOLE}/… works without; what several users need goes to secret`
          : 'choose another path';
      problems.error('reserved-mount', where, `${first} cannot be a mount: ${reason}`, fix);
    }
    const other = seen.find((earlier) => isWithin(earlier, path));
    if (other !== undefined) {
      const message = `lies within the mount ${other}: their paths would be mixed up, and the server refuses it`;
      problems.error('mount-overlap', where, message, 'give it a path of its own');
    }
    seen.push(path);
  }
}

/** Whether one mount would be at the path of another, or below it. */
function isWithin(one: string, other: string): boolean {
  return `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
}
