import { VaultError } from '../request/exchange';

/** Secrets engines of real servers that are not simulated. A type that no server has is refused with the server's own words. */
const ENGINES = [
  'ad alicloud aws azure consul database gcp gcpkms keymgmt kmip kubernetes ldap mongodbatlas nomad openldap pki',
  'rabbitmq ssh terraform totp transform transit',
].flatMap((names) => names.split(' '));

const AUTH_METHODS = [
  'alicloud aws azure cert cf gcp github jwt kerberos kubernetes ldap oci oidc okta pcf radius saml userpass',
].flatMap((names) => names.split(' '));

/** Paths below `sys/` of real servers that are not simulated. */
const SYS_PATHS = new RegExp(
  `^(${[
    'activation-flags',
    'config/',
    'control-group',
    'decode-token',
    'experiments',
    'generate-root',
    'ha-status',
    'host-info',
    'in-flight-req',
    'internal/(counters|inspect|specs|ui/(authenticated-messages|feature-flags|namespaces|resultant-acl|version))',
    'key-status',
    'leases/(count|revoke-force|revoke-prefix|tidy)',
    'license',
    'locked-users',
    'loggers',
    'managed-keys',
    'metrics',
    'mfa',
    'monitor',
    'namespaces',
    'plugins/',
    'policies/(egp|rgp|password)',
    'pprof',
    'quotas',
    'raw',
    'rekey',
    'replication',
    'revoke-(force|prefix)',
    'rotate',
    'seal-backend-status',
    'sealwrap',
    'step-down',
    'storage',
    'sync',
    'tools',
    'utilization-report',
    'version-history',
    'well-known',
  ].join('|')})`,
);

/** The refusal of something that a real server has, in the sandbox's own name. */
export function notSimulated(what: string, status = 400): VaultError {
  return new VaultError(status, `the sandbox does not simulate ${what}`);
}

/** The refusal of a type of mounts that a real server has; undefined for any other type. */
export function unsimulatedMount(
  kind: 'vault_mount' | 'vault_auth_backend',
  type: string,
): VaultError | undefined {
  if (kind === 'vault_mount')
    return ENGINES.includes(type)
      ? notSimulated(`secrets engines of the type ${type}; it simulates kv`)
      : undefined;
  return AUTH_METHODS.includes(type)
    ? notSimulated(`auth methods of the type ${type}; it simulates approle`)
    : undefined;
}

/** The refusal of a path that a real server has; undefined for any other path. Status 501, which no client repeats. */
export function unsimulatedPath(path: string): VaultError | undefined {
  const isKnown = path.startsWith('identity/') || (path.startsWith('sys/') && SYS_PATHS.test(path.slice(4)));
  return isKnown ? notSimulated(`the path ${path}`, 501) : undefined;
}
