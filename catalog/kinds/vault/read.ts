import { compareTexts } from '../../../base/text/compare-texts';
import type { ProblemList } from '../../ground/problem-list';
import { defaultOf, read } from '../../shape/read';
import type { Draft } from '../../shape/shape';
import type { Named } from '../../shape/shapes';
import type { Place } from '../../source/place';
import { type APPROLE, type AUDIT, type MOUNT, type POLICY, type USER, VAULT_KEYS } from './keys';
import type { Vault, VaultAppRole, VaultAudit, VaultMount, VaultPolicy, VaultUser } from './vault';

/** The section `vault` as far as it could be read. What is broken in a mount, a policy and so on is left out of it. */
export interface VaultDraft extends Omit<Vault, 'address' | 'auth' | 'audits'> {
  readonly place: Place;
  readonly address?: string;
  /** Absent where `auth` is broken. */
  readonly auth?: Vault['auth'];
  readonly audits: readonly AuditDraft[];
}

/** An audit device, whose type is absent where it is broken. */
interface AuditDraft extends Omit<VaultAudit, 'type'> {
  readonly type?: VaultAudit['type'];
}

/** Reads the section `vault`; undefined when it is absent or no map. */
export function readVault(place: Place, problems: ProblemList): VaultDraft | undefined {
  const { draft } = read(place, VAULT_KEYS, problems);
  if (draft === undefined) return undefined;
  // A section that names no mount means the default one, also where it is written as an empty map.
  const mounts = place.below('mounts').names.length > 0 ? draft.mounts : defaultOf(VAULT_KEYS.keys.mounts);
  const auth = readAuth(place.below('auth'), draft.auth, problems);
  return {
    place,
    ...(draft.address === undefined ? {} : { address: draft.address }),
    ...(draft.namespace === undefined ? {} : { namespace: draft.namespace }),
    ...(draft.caFile === undefined ? {} : { caFile: draft.caFile }),
    server: draft.server,
    ...(auth === undefined ? {} : { auth }),
    mounts: inOrder(mounts).map(([path, mount]) => mountOf(path, mount)),
    policies: inOrder(draft.policies).map(([name, policy]) => policyOf(name, policy)),
    users: inOrder(draft.users).map(([name, user]) => userOf(name, user)),
    approles: inOrder(draft.approles).map(([name, approle]) => appRoleOf(name, approle)),
    audits: inOrder(draft.audits).map(([path, audit]) => auditOf(path, audit)),
    ...(draft.presharedKeys === undefined ? {} : { presharedKeys: draft.presharedKeys }),
  };
}

function readAuth(
  place: Place,
  { method, roleId }: Draft<typeof VAULT_KEYS>['auth'],
  problems: ProblemList,
): Vault['auth'] | undefined {
  if (method !== 'approle') {
    if (place.has('role_id')) {
      const message = 'belongs to method: approle, and the method is token';
      problems.error('bad-auth', place.keyAt('role_id'), message, 'write method: approle, or remove it');
    }
    return { method: 'token' };
  }
  if (roleId !== undefined) return { method: 'approle', roleId };
  if (place.has('role_id')) return undefined;
  const where = { ...place.keyAt('method'), path: place.path };
  return problems.error('missing-key', where, 'key "role_id" is missing: which role logs in');
}

function mountOf(path: string, { version, description, formerly, create }: Draft<typeof MOUNT>): VaultMount {
  return {
    path,
    version,
    ...(description === undefined ? {} : { description }),
    ...(formerly === undefined ? {} : { formerly }),
    create: create !== undefined,
  };
}

function policyOf(name: string, { rules, may, mayNot, create, adopt }: Draft<typeof POLICY>): VaultPolicy {
  return {
    name,
    rules: (rules ?? []).flatMap((rule) =>
      rule?.path === undefined || rule.capabilities === undefined
        ? []
        : [{ path: rule.path, capabilities: rule.capabilities }],
    ),
    may: may ?? [],
    mayNot: mayNot ?? [],
    create: create !== undefined,
    adopt,
  };
}

function userOf(name: string, { role, api, create, adopt }: Draft<typeof USER>): VaultUser {
  return { name, role, api, create: create !== undefined, adopt };
}

function appRoleOf(name: string, draft: Draft<typeof APPROLE>): VaultAppRole {
  const { policies, tokenTtlSeconds, secretIdTtlSeconds, create, adopt } = draft;
  return {
    name,
    policies: policies ?? [],
    tokenTtlSeconds,
    secretIdTtlSeconds,
    create: create !== undefined,
    adopt,
  };
}

function auditOf(path: string, { type, options, create }: Draft<typeof AUDIT>): AuditDraft {
  return {
    path,
    ...(type === undefined ? {} : { type }),
    options: options ?? {},
    create: create !== undefined,
  };
}

/** The entries of a map of names, sorted by name. */
function inOrder<T>(entries: Named<T> | undefined): readonly (readonly [string, T])[] {
  return Object.entries(entries ?? {}).sort(([a], [b]) => compareTexts(a, b));
}
