import { listed } from '../../../base/text/listed';
import type { Loaded } from '../../../catalog/environment/catalog';
import { entryName } from '../../../catalog/ground/identities';
import { type PlanEffect, weighed } from '../../../terraform/plan/effect';
import type { ScrubbedChange } from '../../../terraform/plan/scrub';
import type { StackPlan } from '../../../terraform/plan/stack-plan';

type Change = StackPlan['resources'][number];

/** What each type is called, one and many; the address's first word is dropped from the name. */
const THINGS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  vault_mount: ['mount', 'mounts'],
  vault_policy: ['policy', 'policies'],
  vault_token_auth_backend_role: ['token role', 'token roles'],
  vault_auth_backend: ['log-in method', 'log-in methods'],
  vault_approle_auth_backend_role: ['AppRole', 'AppRoles'],
  vault_audit: ['audit device', 'audit devices'],
};

const ACTIONS = [
  ['create', 'made', 'created'],
  ['update', 'changed in place', 'changed'],
  ['replace', 'REPLACED', 'replaced'],
  ['delete', 'gone', 'destroyed'],
] as const;

/** What the names in addresses do not say. */
export interface VaultNames {
  readonly environment: string;
  /** The paths of mounts that have another one than they were made with, by that one. */
  readonly renamedMounts: ReadonlyMap<string, string>;
}

/** The renamed mounts of an environment, also of a stack that is gone from the catalog. */
export function renamedMounts({
  lock,
  identities,
}: Pick<Loaded, 'lock' | 'identities'>): VaultNames['renamedMounts'] {
  const memories = [...Object.values(lock.stacks), ...identities.memory.values()];
  const renamed = memories.flatMap(({ keys }) => Object.entries(keys ?? {}));
  return new Map(
    renamed.flatMap(([key, born]): [string, string][] =>
      key.startsWith(MOUNTS) ? [[born, entryName(key)]] : [],
    ),
  );
}

const MOUNTS = 'vault/mounts/';

/**
 * What a plan does in Vault, the most hurtful first: a mount takes its secrets with it.
 *
 * @param details - what the plan file says, from which the attributes that force a replacement are known
 */
export function vaultWords(
  { address, ...names }: { readonly address: string } & VaultNames,
  changes: readonly Change[],
  details: readonly ScrubbedChange[] = [],
): readonly PlanEffect[] {
  const lost = changes.filter(isLostMount);
  return [
    ...lost.flatMap((change) => {
      const because = causesOf([change], details);
      return weighed(
        'destroyed',
        [`mount ${nameOf(change, names)} is DESTROYED, with ALL SECRETS in it${because}`],
        [change],
      );
    }),
    ...ACTIONS.flatMap(([action, done, weight]) => {
      const affected = changes.filter((change) => change.action === action && !lost.includes(change));
      if (affected.length === 0) return [];
      const text = `Vault ${address}: ${done}: ${things(affected, names)}${causesOf(affected, details)}`;
      return weighed(weight, [text], affected);
    }),
  ];
}

/** `, because of type`: the attributes that force a replacement; empty where none is replaced, or the plan is not known. */
function causesOf(changes: readonly Change[], details: readonly ScrubbedChange[]): string {
  const replaced = new Set(changes.map(({ address }) => address));
  const causes = details
    .filter(({ address }) => replaced.has(address))
    .flatMap(({ replacedBy }) => replacedBy.map((path) => path.split('.')[0] ?? path));
  return causes.length === 0 ? '' : `, because of ${listed([...new Set(causes)].sort())}`;
}

/** Paths of the mounts that a plan destroys, or replaces by empty ones. */
export function lostMounts(
  changes: readonly Change[],
  names: Pick<VaultNames, 'renamedMounts'>,
): readonly string[] {
  return changes.filter(isLostMount).map((change) => nameOf(change, { environment: '', ...names }));
}

/** Paths of the log-in methods that a plan destroys, or replaces by new ones: their roles go with them. */
export function lostLogIns(changes: readonly Change[]): readonly string[] {
  return changes
    .filter(({ resourceType, action }) => resourceType === 'vault_auth_backend' && isLoss(action))
    .map((change) => nameOf(change, { environment: '', renamedMounts: new Map() }));
}

function isLoss(action: string): boolean {
  return action === 'delete' || action === 'replace';
}

function isLostMount({ resourceType, action }: Change): boolean {
  return resourceType === 'vault_mount' && isLoss(action);
}

/** `mount secret, policies deploy and regular-fullaccess`. */
function things(changes: readonly Change[], names: VaultNames): string {
  return Object.keys(THINGS)
    .flatMap((type) => {
      const named = changes
        .filter(({ resourceType }) => resourceType === type)
        .map((change) => nameOf(change, names))
        .sort();
      const [one, many] = THINGS[type] ?? [type, type];
      return named.length === 0 ? [] : [`${named.length === 1 ? one : many} ${listed(named)}`];
    })
    .join(', ');
}

/**
 * `vault_mount.Mounts_secret` → `secret`; `vault_auth_backend.AppRoleLogin` → `approle`. What a kind of user has is named
 * after the environment: `vault_policy.UserPolicies_regular-readonly` → `lab-regular-readonly`.
 */
function nameOf({ address }: Change, { environment, renamedMounts }: VaultNames): string {
  const id = address.slice(address.indexOf('.') + 1);
  if (id === 'AppRoleLogin') return 'approle';
  const name = id
    .slice(id.indexOf('_') + 1)
    .replace(/_([0-9a-f]{2,6})_/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
  if (/^Mounts_/.test(id)) return renamedMounts.get(name) ?? name;
  return /^(UserPolicies|TokenRoles)_/.test(id) ? `${environment}-${name}` : name;
}
