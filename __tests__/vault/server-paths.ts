import type { VaultContent } from './shared-server';

/** Places of every server, one of each sort of request of its API; those that end in `/` are listed. */
const EVERYWHERE: readonly string[] = [
  'cubbyhole/',
  'cubbyhole/aws/access_key',
  'auth/token/accessors/',
  'auth/token/create',
  'auth/token/create-orphan',
  'auth/token/lookup',
  'auth/token/lookup-accessor',
  'auth/token/lookup-self',
  'auth/token/renew',
  'auth/token/renew-accessor',
  'auth/token/renew-self',
  'auth/token/revoke',
  'auth/token/revoke-accessor',
  'auth/token/revoke-orphan',
  'auth/token/revoke-self',
  'auth/token/roles/',
  'auth/token/tidy',
  'auth/approle/login',
  'auth/approle/role/',
  'auth/approle/tidy/secret-id',
  'identity/entity',
  'identity/entity/id/',
  'identity/group',
  'identity/oidc/token/any',
  'sys/audit',
  'sys/audit/file',
  'sys/auth',
  'sys/auth/approle',
  'sys/auth/approle/tune',
  'sys/capabilities',
  'sys/capabilities-accessor',
  'sys/capabilities-self',
  'sys/config/cors',
  'sys/generate-root/attempt',
  'sys/health',
  'sys/internal/ui/mounts',
  'sys/leases/lookup',
  'sys/leases/lookup/auth/',
  'sys/leases/renew',
  'sys/leases/revoke',
  'sys/leases/revoke-force/auth',
  'sys/leases/revoke-prefix/auth',
  'sys/mounts',
  'sys/namespaces/',
  'sys/plugins/catalog/',
  'sys/policies/acl/',
  'sys/policies/password/any',
  'sys/policy',
  'sys/quotas/rate-limit/any',
  'sys/raw/core/',
  'sys/rekey/init',
  'sys/remount',
  'sys/rotate',
  'sys/seal',
  'sys/step-down',
  'sys/tools/hash',
  'sys/tools/random',
  'sys/wrapping/lookup',
  'sys/wrapping/rewrap',
  'sys/wrapping/unwrap',
  'sys/wrapping/wrap',
];

/** Policies that every server has. */
const BUILT_IN = ['default', 'root'];

/** The paths on which requests are made to a server with this content: where its secrets are, and where it is administered. */
export function serverPaths(contents: readonly VaultContent[]): readonly string[] {
  const names = (kind: keyof VaultContent) => contents.flatMap((content) => Object.keys(content[kind]));
  return [
    ...EVERYWHERE,
    ...[...names('policies'), ...BUILT_IN].flatMap((name) => [
      `sys/policies/acl/${name}`,
      `sys/policy/${name}`,
    ]),
    ...names('tokenRoles').flatMap((name) => [`auth/token/create/${name}`, `auth/token/roles/${name}`]),
    ...names('appRoles').flatMap((name) => [
      `auth/approle/role/${name}`,
      `auth/approle/role/${name}/policies`,
      `auth/approle/role/${name}/role-id`,
      `auth/approle/role/${name}/secret-id`,
    ]),
    ...names('mounts').flatMap((mount) => [
      `sys/mounts/${mount}`,
      `sys/mounts/${mount}/tune`,
      `${mount}/`,
      `${mount}/config`,
      ...['', 'data/', 'metadata/', 'delete/', 'undelete/', 'destroy/'].flatMap((side) => [
        `${mount}/${side}aws/access_key`,
        `${mount}/${side}vpn/lab/169.254.100.0`,
      ]),
      `${mount}/metadata/`,
    ]),
  ];
}
