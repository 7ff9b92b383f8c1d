import type { Capability, Policy, PolicyRule } from './policy';

/** The kind of a user of the controller: `super` administers its users. The names are those of its `vcc_user_cli.py`. */
export type UserRole = 'super' | 'regular';

/** What a user's token may do with the controller's shared secrets. */
export type ApiRole = 'fullaccess' | 'readonly';

/** A kind of user. Its policy and its token role have one name, see {@link userKind}. */
export interface UserKind {
  readonly role: UserRole;
  readonly api: ApiRole;
}

/** What a kind's policy is about beside the kind itself. */
export interface RolePolicyProps {
  readonly environment: string;
  /** All kinds of the environment that have a token role, each once. */
  readonly kinds: readonly UserKind[];
  /** KV mount of the secrets that users share; the paths are those of KV v1, see `kvRules` for v2. @default 'secret' */
  readonly mount?: string;
}

/** All that a secret engine knows, but `sudo` (which no path of it needs) and `patch` (which is KV v2's alone). */
const EVERYTHING: readonly Capability[] = ['create', 'read', 'update', 'delete', 'list'];

const rule = (path: string, ...capabilities: readonly Capability[]): PolicyRule => ({ path, capabilities });

/**
 * The policy of a kind of user: exactly what the controller's own user policy grants and denies
 * (`vault/vcc_token_policy.hcl` of github.com/nii-gakunin-cloud/ocs-vcp-portable), so a token with it must not have Vault's policy `default` beside.
 *
 * `readonly` only reads and lists what users share; its own cubbyhole it writes. `super` administers users in addition.
 * Each `*` is justified in docs/vault.md, "What a user's token reaches".
 */
export function rolePolicy(kind: UserKind, props: RolePolicyProps): Policy {
  const shared: readonly Capability[] = kind.api === 'readonly' ? ['read', 'list'] : EVERYTHING;
  return [
    rule('auth/token/lookup-self', 'read'),
    rule('sys/leases/lookup', 'read'),
    rule('cubbyhole/*', ...EVERYTHING),
    rule(`${props.mount ?? 'secret'}/*`, ...shared),
    rule('auth/token/renew-self', 'deny'),
    rule('auth/token/revoke-self', 'deny'),
    rule('sys/capabilities-self', 'deny'),
    rule('sys/leases/renew', 'deny'),
    rule('sys/wrapping/*', 'deny'),
    ...(kind.role === 'super' ? administration(kind, props) : []),
  ];
}

/** The name of the policy, and of the token role, of a kind of user; an environment's own. */
export function userKind(environment: string, role: UserRole, api: ApiRole): string {
  return `${environment}-${role}-${api}`;
}

const KIND_NAME = /^(.+)-(?:super|regular)-(?:fullaccess|readonly)$/;

/** The environment that {@link userKind} put into a name; undefined for other names. */
export function environmentOfKind(name: string): string | undefined {
  return KIND_NAME.exec(name)?.[1];
}

/**
 * The rules that an administrator of users has in addition.
 *
 * Token roles are named one by one: a pattern would cover the roles of everybody on the server, and a role that can do
 * more than its maker would be a way to more. The requests that take an accessor reach every token of the server: it
 * stands in their body, and a policy's `allowed_parameters` would have to list accessors that do not exist yet.
 */
function administration(maker: UserKind, { environment, kinds }: RolePolicyProps): Policy {
  return [
    ...kinds
      .filter((kind) => isWithin(kind, maker))
      .map(({ role, api }) => rule(`auth/token/create/${userKind(environment, role, api)}`, 'update')),
    rule('auth/token/lookup-accessor', 'update'),
    rule('auth/token/revoke-accessor', 'update'),
    rule('auth/token/accessors', 'list', 'sudo'),
    rule('sys/policies/acl', 'list'),
    rule('sys/policies/acl/*', 'read'),
    rule('sys/mounts', 'read'),
  ];
}

/** Whether a kind can do no more than another. */
function isWithin(kind: UserKind, other: UserKind): boolean {
  return (
    (kind.role === 'regular' || other.role === 'super') &&
    (kind.api === 'readonly' || other.api === 'fullaccess')
  );
}
