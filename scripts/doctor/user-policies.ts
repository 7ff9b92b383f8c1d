import type { Capability } from '../../model/vault/policy';
import { isAllowed } from '../../model/vault/policy-evaluator';
import { type ApiRole, rolePolicy, type UserRole } from '../../model/vault/roles';

/** The name of a policy of a kind of user: `dev-regular-fullaccess`. */
const USER_POLICY = /^(?:(.*)-)?(super|regular)-(fullaccess|readonly)$/;

/**
 * Whether a token is a user's whose policy refuses a request on purpose, so that nobody should advise it. What the token's
 * other policies add does not count: nothing overrides a `deny`.
 */
export function isRefusedToUser(policies: readonly string[], capability: Capability, path: string): boolean {
  return policies.some((name) => {
    const [, environment = '', role, api] = USER_POLICY.exec(name) ?? [];
    if (role === undefined) return false;
    const kind = { role: role as UserRole, api: api as ApiRole };
    return !isAllowed([rolePolicy(kind, { environment, kinds: [kind] })], capability, path);
  });
}
