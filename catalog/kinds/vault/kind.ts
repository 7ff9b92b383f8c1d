import { type IdentityClaim, NO_CLAIMS } from '../../ground/claims';
import { complete } from '../../ground/complete';
import type { Identities } from '../../ground/identities';
import type { ProblemList } from '../../ground/problem-list';
import { optional } from '../../shape/shapes';
import type { KindReading, KindSource, StackKind } from '../kind';
import { checkVaultAccess } from './access';
import { claimsOf, created } from './claims';
import { VAULT_KEYS } from './keys';
import { checkLockedVault, PLACE, type VaultPlace, vaultStackId } from './locked';
import { checkVaultMounts } from './mounts';
import { vaultNeeds } from './needs';
import { vaultOrigins } from './origins';
import { checkVaultPolicies } from './policies';
import { readVault, type VaultDraft } from './read';
import { checkReferences, checkVaultIsThere } from './references';
import { type Vault, vaultMembers } from './vault';

/** What an environment creates in its Vault, and the Vault in which its credentials and keys are kept. */
export const VAULT: StackKind<'vault', Vault | undefined, VaultPlace> = {
  name: 'vault',
  sections: { vault: optional(VAULT_KEYS, 'Where credentials and pre-shared keys are kept') },
  origins: vaultOrigins,
  read: readSection,
  lock: {
    provider: 'vault',
    shape: PLACE,
    // Quoted: an IPv6 address has brackets, and a namespace may look like a number.
    format: ({ address, namespace }) =>
      `address: '${address}'${namespace === undefined ? '' : `, namespace: '${namespace}'`}`,
    idPattern: vaultStackId,
  },
};

function readSection(
  { environment, root }: KindSource,
  problems: ProblemList,
): KindReading<Vault | undefined, VaultPlace> {
  const vault = readVault(root.below('vault'), problems);
  const members = vault ? vaultMembers(vault) : [];
  return {
    identities: members.length > 0 && vault ? [identityOf(vault)] : [],
    claims: vault ? claimsOf(environment, vault) : NO_CLAIMS,
    needs: (claims) => (vault ? vaultNeeds(vault, root, claims) : []),
    check: (around, list) => {
      checkLockedVault(vault, around, list);
      const { references } = around.claims;
      if (!root.has('vault')) checkVaultIsThere(references, list);
      if (!vault) return;
      checkReferences(vault, references, list);
      checkVaultMounts(vault, list);
      checkVaultPolicies(vault, list);
      checkVaultAccess(environment, vault, list);
    },
    finish: ({ identities }) => ({
      model: vault && finishVault(vault, identities),
      networks: [],
      stacks: vault && members.length > 0 ? [stackOf(environment, vault, members)] : [],
      credentials: {},
    }),
  };
}

function stackOf(environment: string, { address, namespace }: VaultDraft, members: readonly string[]) {
  const place = { address: complete(address), ...(namespace === undefined ? {} : { namespace }) };
  return { id: vaultStackId(environment), place, members, requires: [] };
}

function identityOf({ place, mounts }: VaultDraft): IdentityClaim {
  return {
    key: 'vault',
    where: place.keyAt(),
    parts: created(mounts).map(({ path, formerly }) => ({
      key: mountKey(path),
      where: place.keyAt('mounts', path),
      ...(formerly === undefined
        ? {}
        : { formerly: { key: mountKey(formerly), where: place.at('mounts', path, 'formerly') } }),
    })),
  };
}

function mountKey(path: string): string {
  return `vault/mounts/${path}`;
}

function finishVault(
  { place: _, address, auth, audits, mounts, ...vault }: VaultDraft,
  { bornOf }: Identities,
): Vault {
  return {
    ...vault,
    mounts: mounts.map((mount) => {
      const born = bornOf(mountKey(mount.path));
      return born === mount.path ? mount : { ...mount, born };
    }),
    address: complete(address),
    auth: complete(auth),
    audits: audits.map(({ type, ...audit }) => ({ ...audit, type: complete(type) })),
  };
}
