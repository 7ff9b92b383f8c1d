import { userKind } from '../../../model/vault/roles';
import { type Claims, type NameClaim, NO_CLAIMS, type ReferenceClaim } from '../../ground/claims';
import { refusal } from '../../shape/read';
import { SECRET_REFERENCE } from '../../shape/reference-formats';
import { parseVaultAddress } from './formats';
import type { VaultDraft } from './read';

/** What the section `vault` claims: the names of all that it makes at its server. */
export function claimsOf(environment: string, vault: VaultDraft): Claims {
  return { ...NO_CLAIMS, names: namesOf(environment, vault), references: references(vault) };
}

function namesOf(environment: string, vault: VaultDraft): readonly NameClaim[] {
  const { place, mounts, policies, users, approles, audits } = vault;
  const server = serverOf(vault);
  if (server === undefined) return [];
  const name = (what: string, given: string, ...steps: readonly string[]): NameClaim => ({
    server,
    what,
    name: given,
    isPath: what === 'mount',
    where: place.keyAt(...steps),
    fix: 'make it in one environment; in the other, leave create out',
  });
  return [
    ...created(mounts).map(({ path }) => name('mount', path, 'mounts', path)),
    ...created(policies).map((policy) => name('policy', policy.name, 'policies', policy.name)),
    ...created(users).map((user) =>
      name('policy', userKind(environment, user.role, user.api), 'users', user.name),
    ),
    // The log-in method of all AppRoles is made with the first of them, whatever their names are.
    ...created(approles)
      .slice(0, 1)
      .map((approle) => ({
        ...name('log-in method', 'approle', 'approles', approle.name),
        fix: 'make all AppRoles of a server in one environment: name these there too',
      })),
    ...created(audits).map(({ path }) => name('audit device', path, 'audits', path)),
  ];
}

/** What has `create`. */
export function created<T extends { readonly create: boolean }>(things: readonly T[]): readonly T[] {
  return things.filter(({ create }) => create);
}

/** A server and the namespace in it, however its address is spelled. */
export function serverOf({
  address,
  namespace,
}: Pick<VaultDraft, 'address' | 'namespace'>): string | undefined {
  if (address === undefined) return undefined;
  const within = namespace === undefined ? '' : `, namespace ${namespace}`;
  return `Vault (${parseVaultAddress(address)}${within})`;
}

function references({ place }: VaultDraft): readonly ReferenceClaim[] {
  const folder = place.below('preshared_keys');
  if (folder.text === undefined || refusal(folder.text, SECRET_REFERENCE)) return [];
  const reference = SECRET_REFERENCE.parse(folder.text);
  return [{ reference, kind: 'folder', where: folder.at(), keyWhere: folder.keyAt() }];
}
