import { Construct } from 'constructs';
import { sharedMount, type Vault } from '../../catalog/kinds/vault/vault';
import { AccessPolicy } from '../../constructs/vault/access-policy';
import { AppRole, AppRoleLogin } from '../../constructs/vault/app-role';
import { AuditDevice } from '../../constructs/vault/audit-device';
import { SecretMount } from '../../constructs/vault/secret-mount';
import { TokenRole } from '../../constructs/vault/token-role';
import { rolePolicy, type UserKind, userKind } from '../../model/vault/roles';
import { literal, literalJson } from '../literal';
import type { StackBuilder } from './kind';
import { VaultProviderStack, type VaultProviderStackProps } from './vault-provider';

export interface VaultStackProps extends VaultProviderStackProps {
  readonly vault: Vault;
}

/**
 * What an environment makes in its Vault: all of the section `vault` that has `create`, and nothing else of the server.
 *
 * Users get no resource of their own: a token would lie in the state. Made is the policy of each kind of user and a token
 * role of the same name, from which the driver makes the users' tokens.
 */
export class VaultStack extends VaultProviderStack {
  constructor(scope: Construct, id: string, props: VaultStackProps) {
    super(scope, id, props);
    const { vault, environment } = props;
    const mounts = new Construct(this, 'Mounts');
    for (const { path, born, version, description } of created(vault.mounts)) {
      new SecretMount(mounts, addressPart(born ?? path), {
        path,
        version,
        description: description && literal(description),
      });
    }
    const policies = new Construct(this, 'Policies');
    for (const { name, rules } of created(vault.policies)) {
      new AccessPolicy(policies, addressPart(name), { name, rules, mounts: vault.mounts });
    }
    this.userKinds(environment, vault);
    this.appRoles(vault);
    const audits = new Construct(this, 'Audits');
    for (const { path, type, options } of created(vault.audits)) {
      new AuditDevice(audits, addressPart(path), { path, type, options: literalJson(options) });
    }
  }

  private userKinds(environment: string, { users, mounts }: Vault): void {
    const policies = new Construct(this, 'UserPolicies');
    const roles = new Construct(this, 'TokenRoles');
    const kinds = kindsOf(created(users));
    for (const kind of kinds) {
      const { role, api } = kind;
      const name = userKind(environment, role, api);
      const rules = rolePolicy(kind, { environment, kinds, mount: sharedMount(mounts) });
      new AccessPolicy(policies, `${role}-${api}`, { name, rules, mounts });
      new TokenRole(roles, `${role}-${api}`, { name, policies: [name] });
    }
  }

  private appRoles({ approles }: Vault): void {
    const made = created(approles);
    if (made.length === 0) return;
    const { mount } = new AppRoleLogin(this, 'AppRoleLogin');
    const roles = new Construct(this, 'AppRoles');
    const ids = made.map(({ name, policies, tokenTtlSeconds, secretIdTtlSeconds }) => {
      const role = new AppRole(roles, addressPart(name), {
        mount,
        name,
        policies,
        tokenTtlSeconds,
        secretIdTtlSeconds,
      });
      return [name, role.roleId] as const;
    });
    // No secret by itself: it is what `vault.auth.role_id` takes.
    this.output('role_ids', Object.fromEntries(ids));
  }
}

function created<T extends { readonly create: boolean }>(things: readonly T[]): readonly T[] {
  return things.filter(({ create }) => create);
}

/** Builds what a catalog creates in its Vault. */
export const buildVault: StackBuilder<'vault'> = (app, { id, place, gone }, { catalog }, props) => {
  const { vault } = catalog.kinds;
  const server = { ...props, ...place, caFile: vault?.caFile };
  if (vault && !gone) new VaultStack(app, id, { ...server, vault });
  else new VaultProviderStack(app, id, server);
};

/** One of each kind, sorted. */
function kindsOf(users: readonly UserKind[]): readonly UserKind[] {
  const kinds = new Map(users.map(({ role, api }) => [`${role}-${api}`, { role, api }]));
  return [...kinds.keys()].sort().flatMap((key) => kinds.get(key) ?? []);
}

/** A name as a part of an address: other characters than letters, digits, _ and - by their code. */
function addressPart(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]/g, (character) => `_${character.charCodeAt(0).toString(16)}_`);
}
