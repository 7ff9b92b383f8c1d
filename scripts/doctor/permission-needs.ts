import type { Loaded } from '../../catalog/environment/catalog';
import type { Vault } from '../../catalog/kinds/vault/vault';
import { connectionKey, keyPath } from '../../model/gateway/site-gateway';
import { kvPaths } from '../../model/vault/kv-paths';
import type { Capability } from '../../model/vault/policy';
import { presharedKeyReference } from '../../model/vault/preshared-key-path';
import { userKind } from '../../model/vault/roles';
import type { SecretReference } from '../../model/vault/secret-reference';
import { driverOf } from '../kinds/registry';

/** The capabilities that an apply needs at one of the server's paths. */
export interface PermissionNeed {
  /** The path in the server's API: below a KV v2 mount with `data/`. */
  readonly path: string;
  readonly capabilities: readonly Capability[];
  /** What the apply does there, as it reads after "an apply": `creates the mount secret`. */
  readonly purpose: string;
  /** Whether it is removed there when it leaves the catalog. @default false */
  readonly isRemoved?: true;
}

/**
 * What an apply of the catalog does with the token besides reading credentials: it stores the keys of connections, and creates
 * what has `create`.
 *
 * The requests are those of the Terraform provider's source and of Vault's client: it reads an auth method at
 * `sys/mounts/auth/`, and its settings below `tune`, where no `sudo` is needed, and enables it at `sys/auth/`. A POST below `sys/` counts as an update,
 * because those paths have no check for existence. Deletions are left out.
 */
export function permissionNeeds(loaded: Loaded, vault: Vault): readonly PermissionNeed[] {
  const makes = loaded.stacks.some(({ kind, gone }) => kind === 'vault' && !gone);
  return [
    ...keyNeeds(loaded, vault),
    ...secretNeeds(loaded, vault),
    ...(makes ? creationNeeds(loaded.catalog.environment, vault) : []),
  ];
}

/** The references of the pre-shared keys of an environment's connections, in the order of the catalog, without those that a cloud keeps itself. */
export function keyReferences(loaded: Loaded, vault: Vault): readonly StoredKey[] {
  const { catalog, allocations } = loaded;
  const folder = vault.presharedKeys;
  if (folder === undefined) return [];
  return catalog.networks.flatMap(({ key: network, identity, vpn }) => {
    if (vpn === undefined || vpn.keysKeptByCloud) return [];
    return (catalog.site?.gateways ?? []).flatMap((gateway) => {
      const connection = connectionKey(network, gateway);
      const { insideCidrs = [], presharedKeys } = allocations.get(connection) ?? {};
      const path = keyPath(identity, gateway.name);
      return insideCidrs.map((cidr) => ({
        reference: presharedKeyReference(folder, catalog.environment, path, cidr.toString()),
        network: connection,
        stored: presharedKeys === folder.toString(),
      }));
    });
  });
}

export interface StoredKey {
  readonly reference: SecretReference;
  /** The connection's key: `aws/default`, `aws/default@east`. */
  readonly network: string;
  /** Whether an apply has stored it, so that it must exist. */
  readonly stored: boolean;
}

function keyNeeds(loaded: Loaded, vault: Vault): readonly PermissionNeed[] {
  return keyReferences(loaded, vault).map(({ reference, network }) => ({
    // Values of KV v2 are all at one path, whatever is done with them.
    path: kvPaths('read', `${reference.engine}/${reference.path}`, vault.mounts)[0],
    capabilities: ['create', 'update', 'read'],
    purpose: `stores a key of ${network}`,
  }));
}

/** The secrets that kinds keep beside keys. */
function secretNeeds(loaded: Loaded, { mounts }: Vault): readonly PermissionNeed[] {
  const kinds = new Set(loaded.stacks.filter(({ gone }) => !gone).map(({ kind }) => kind));
  const references = [...kinds].flatMap((kind) => driverOf({ kind }).storedSecrets?.(loaded) ?? []);
  return references.map((reference) => ({
    path: kvPaths('read', `${reference.engine}/${reference.path}`, mounts)[0],
    capabilities: ['create', 'update', 'read'],
    purpose: `keeps ${reference}`,
  }));
}

function creationNeeds(environment: string, vault: Vault): readonly PermissionNeed[] {
  const { mounts, policies, users, approles, audits } = vault;
  const kinds = users.filter(isMade).map(({ role, api }) => userKind(environment, role, api));
  const made = { approles: approles.filter(isMade), audits: audits.filter(isMade) };
  const policyNames = [...policies.filter(isMade).map(({ name }) => name), ...new Set(kinds)];
  return [
    need('auth/token/lookup-self', ['read'], 'begins with it'),
    ...mounts
      .filter(isMade)
      .flatMap(({ path }) => [
        removed(`sys/mounts/${path}`, ['update', 'read'], `creates the mount ${path}`),
        need(`sys/mounts/${path}/tune`, ['update'], `changes the mount ${path}`),
      ]),
    ...policyNames.map((name) =>
      removed(`sys/policies/acl/${name}`, ['update', 'read'], `creates the policy ${name}`),
    ),
    ...[...new Set(kinds)].map((name) =>
      removed(`auth/token/roles/${name}`, ['create', 'update', 'read'], `creates the token role ${name}`),
    ),
    ...(made.approles.length === 0
      ? []
      : [
          removed('sys/auth/approle', ['update', 'sudo'], 'enables the log-in of AppRoles'),
          need('sys/mounts/auth/approle', ['read'], 'enables the log-in of AppRoles'),
          need('sys/mounts/auth/approle/tune', ['read'], 'enables the log-in of AppRoles'),
        ]),
    ...made.approles.flatMap(({ name }) => [
      removed(`auth/approle/role/${name}`, ['create', 'update', 'read'], `creates the AppRole ${name}`),
      need(`auth/approle/role/${name}/role-id`, ['read'], `creates the AppRole ${name}`),
    ]),
    ...(made.audits.length === 0 ? [] : [need('sys/audit', ['read', 'sudo'], 'creates audit devices')]),
    ...made.audits.map(({ path }) =>
      removed(`sys/audit/${path}`, ['update', 'sudo'], `creates the audit device ${path}`),
    ),
  ];
}

function need(path: string, capabilities: readonly Capability[], purpose: string): PermissionNeed {
  return { path, capabilities, purpose };
}

function removed(path: string, capabilities: readonly Capability[], purpose: string): PermissionNeed {
  return { path, capabilities, purpose, isRemoved: true };
}

function isMade({ create }: { readonly create: boolean }): boolean {
  return create;
}
