import { listed } from '../../../base/text/listed';
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
  ['create', 'made'],
  ['update', 'changed in place'],
  ['replace', 'REPLACED'],
  ['delete', 'gone'],
] as const;

/** What a plan does in Vault, the most hurtful first: a mount takes its secrets with it. */
export function vaultWords(
  { address, environment }: { readonly address: string; readonly environment: string },
  changes: readonly Change[],
): readonly string[] {
  const lost = changes.filter(isLostMount);
  return [
    ...lost.map((change) => `mount ${nameOf(change, environment)} is DESTROYED, with ALL SECRETS in it`),
    ...ACTIONS.flatMap(([action, done]) => {
      const affected = changes.filter((change) => change.action === action && !lost.includes(change));
      return affected.length === 0 ? [] : [`Vault ${address}: ${done}: ${things(affected, environment)}`];
    }),
  ];
}

/** Paths of the mounts that a plan destroys, or replaces by empty ones. */
export function lostMounts(changes: readonly Change[]): readonly string[] {
  return changes.filter(isLostMount).map((change) => nameOf(change, ''));
}

/** Paths of the log-in methods that a plan destroys, or replaces by new ones: their roles go with them. */
export function lostLogIns(changes: readonly Change[]): readonly string[] {
  return changes
    .filter(({ resourceType, action }) => resourceType === 'vault_auth_backend' && isLoss(action))
    .map((change) => nameOf(change, ''));
}

function isLoss(action: string): boolean {
  return action === 'delete' || action === 'replace';
}

function isLostMount({ resourceType, action }: Change): boolean {
  return resourceType === 'vault_mount' && isLoss(action);
}

/** `mount secret, policies deploy and regular-fullaccess`. */
function things(changes: readonly Change[], environment: string): string {
  return Object.keys(THINGS)
    .flatMap((type) => {
      const names = changes
        .filter(({ resourceType }) => resourceType === type)
        .map((change) => nameOf(change, environment))
        .sort();
      const [one, many] = THINGS[type] ?? [type, type];
      return names.length === 0 ? [] : [`${names.length === 1 ? one : many} ${listed(names)}`];
    })
    .join(', ');
}

/**
 * `vault_mount.Mounts_secret` → `secret`; `vault_auth_backend.AppRoleLogin` → `approle`. What a kind of user has is named
 * after the environment: `vault_policy.UserPolicies_regular-readonly` → `lab-regular-readonly`.
 */
function nameOf({ address }: Change, environment: string): string {
  const id = address.slice(address.indexOf('.') + 1);
  if (id === 'AppRoleLogin') return 'approle';
  const name = id
    .slice(id.indexOf('_') + 1)
    .replace(/_([0-9a-f]{2,6})_/g, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)));
  return /^(UserPolicies|TokenRoles)_/.test(id) ? `${environment}-${name}` : name;
}
