import type { Vault } from '../../catalog/ground/catalog';
import type { Loaded } from '../../catalog/load';
import { kvPaths } from '../../model/vault/kv-paths';
import type { Capability } from '../../model/vault/policy';
import { presharedKeyReference } from '../../model/vault/preshared-key-path';
import { userKind } from '../../model/vault/roles';
import type { SecretReference } from '../../model/vault/secret-reference';

/** What an apply asks of a token at one of the server's paths. */
export interface PermissionNeed {
  /** As the server has it: below a KV v2 mount with `data/`. */
  readonly path: string;
  readonly capabilities: readonly Capability[];
  /** What it is for, as it follows "which": `makes the mount secret`. */
  readonly purpose: string;
}

/**
 * What the catalog needs of the token beside reading credentials, which is tried by reading them: to store the keys of its
 * connections, and to make what has `create`.
 *
 * Which requests the Terraform provider makes is taken from its source and that of Vault's client: it reads a way to log in
 * at `sys/mounts/auth/`, where no `sudo` is needed, and makes it at `sys/auth/`. A POST below `sys/` is an update, because
 * those paths know no existence. What may be destroyed is not asked for.
 */
export function permissionNeeds(loaded: Loaded, vault: Vault): readonly PermissionNeed[] {
  const makes = loaded.stacks.some(({ kind, gone }) => kind === 'vault' && !gone);
  return [...keyNeeds(loaded, vault), ...(makes ? creationNeeds(loaded.catalog.environment, vault) : [])];
}

/** Where the keys of an environment's connections are kept, in the order of the catalog. AWS keeps those of Secrets Manager itself. */
export function keyReferences(loaded: Loaded, vault: Vault): readonly StoredKey[] {
  const { catalog, allocations } = loaded;
  const folder = vault.presharedKeys;
  if (folder === undefined) return [];
  return catalog.networks.flatMap(({ key: network, vpn }) => {
    if (vpn === undefined || vpn.presharedKeyStorage === 'SecretsManager') return [];
    const cidrs = allocations.get(network)?.insideCidrs ?? [];
    const stored = loaded.lock.tunnels[network]?.presharedKeys === folder.toString();
    return cidrs.map((cidr) => ({
      reference: presharedKeyReference(folder, catalog.environment, network, cidr.toString()),
      network,
      stored,
    }));
  });
}

export interface StoredKey {
  readonly reference: SecretReference;
  /** `aws/default`. */
  readonly network: string;
  /** Whether it was stored by an apply, so that it must be there. */
  readonly stored: boolean;
}

function keyNeeds(loaded: Loaded, vault: Vault): readonly PermissionNeed[] {
  return keyReferences(loaded, vault).map(({ reference, network }) => ({
    // Values of KV v2 are all at one path, whatever is done with them.
    path: kvPaths('read', `${reference.engine}/${reference.path}`, vault.mounts)[0],
    capabilities: ['create', 'update', 'read'],
    purpose: `keeps a key of ${network}`,
  }));
}

function creationNeeds(environment: string, vault: Vault): readonly PermissionNeed[] {
  const { mounts, policies, users, approles, audits } = vault;
  const kinds = users.filter(isMade).map(({ role, api }) => userKind(environment, role, api));
  const made = { approles: approles.filter(isMade), audits: audits.filter(isMade) };
  const policyNames = [...policies.filter(isMade).map(({ name }) => name), ...new Set(kinds)];
  return [
    need('auth/token/lookup-self', ['read'], 'lets Terraform begin'),
    ...mounts
      .filter(isMade)
      .map(({ path }) => need(`sys/mounts/${path}`, ['update', 'read'], `makes the mount ${path}`)),
    ...policyNames.map((name) =>
      need(`sys/policies/acl/${name}`, ['update', 'read'], `makes the policy ${name}`),
    ),
    ...[...new Set(kinds)].map((name) =>
      need(`auth/token/roles/${name}`, ['create', 'update', 'read'], `makes the token role ${name}`),
    ),
    ...(made.approles.length === 0
      ? []
      : [
          need('sys/auth/approle', ['update', 'sudo'], 'makes the log-in of AppRoles'),
          need('sys/mounts/auth/approle', ['read'], 'makes the log-in of AppRoles'),
        ]),
    ...made.approles.flatMap(({ name }) => [
      need(`auth/approle/role/${name}`, ['create', 'update', 'read'], `makes the AppRole ${name}`),
      need(`auth/approle/role/${name}/role-id`, ['read'], `makes the AppRole ${name}`),
    ]),
    ...(made.audits.length === 0 ? [] : [need('sys/audit', ['read', 'sudo'], 'makes audit devices')]),
    ...made.audits.map(({ path }) =>
      need(`sys/audit/${path}`, ['update', 'sudo'], `makes the audit device ${path}`),
    ),
  ];
}

function need(path: string, capabilities: readonly Capability[], purpose: string): PermissionNeed {
  return { path, capabilities, purpose };
}

function isMade({ create }: { readonly create: boolean }): boolean {
  return create;
}
