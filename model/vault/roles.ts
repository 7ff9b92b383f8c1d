import type { Capability, Policy, PolicyRule } from './policy';

/** The kind of a user of the controller: `super` administers its users. The names are those of its `vcc_user_cli.py`. */
export type UserRole = 'super' | 'regular';

/** What a user's token may do with the controller's shared secrets. */
export type ApiRole = 'fullaccess' | 'readonly';

/** All that a secret engine knows, but `sudo` (which no path of it needs) and `patch` (which is KV v2's alone). */
const EVERYTHING: readonly Capability[] = ['create', 'read', 'update', 'delete', 'list'];

const rule = (path: string, ...capabilities: readonly Capability[]): PolicyRule => ({ path, capabilities });

/** What an administrator of users needs beside: tokens of the roles' kinds, their accessors, and what is there. */
const ADMINISTRATION: Policy = [
  rule('auth/token/create/+', 'update'),
  rule('auth/token/lookup-accessor', 'update'),
  rule('auth/token/revoke-accessor', 'update'),
  rule('auth/token/accessors', 'list', 'sudo'),
  rule('sys/policies/acl', 'list'),
  rule('sys/policies/acl/*', 'read'),
  rule('sys/mounts', 'read'),
];

/**
 * The policy of a kind of user: exactly what the controller's own user policy grants and denies
 * (`vault/vcc_token_policy.hcl` of github.com/nii-gakunin-cloud/ocs-vcp-portable), so a token with it must not have Vault's policy `default` beside.
 *
 * `readonly` only reads and lists what users share; its own cubbyhole it writes. `super` administers users in addition.
 *
 * @param mount the KV mount of what users share; its paths are KV v1's, see `kvRules` for v2
 */
export function rolePolicy(role: UserRole, api: ApiRole, mount = 'secret'): Policy {
  const shared: readonly Capability[] = api === 'readonly' ? ['read', 'list'] : EVERYTHING;
  return [
    rule('auth/token/lookup-self', 'read'),
    rule('sys/leases/lookup', 'read'),
    rule('cubbyhole/*', ...EVERYTHING),
    rule(`${mount}/*`, ...shared),
    rule('auth/token/renew-self', 'deny'),
    rule('auth/token/revoke-self', 'deny'),
    rule('sys/capabilities-self', 'deny'),
    rule('sys/leases/renew', 'deny'),
    rule('sys/wrapping/*', 'deny'),
    ...(role === 'super' ? ADMINISTRATION : []),
  ];
}

/** The name of the policy, and of the token role, of a kind of user; an environment's own. */
export function userKind(environment: string, role: UserRole, api: ApiRole): string {
  return `${environment}-${role}-${api}`;
}
