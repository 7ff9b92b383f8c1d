import { ApproleAuthBackendRole } from '@cdktf/provider-vault/lib/approle-auth-backend-role';
import { AuthBackend } from '@cdktf/provider-vault/lib/auth-backend';
import { Construct } from 'constructs';
import { checkCore } from '../core';
import { refuse } from '../props-error';
import { checkMountPath, checkPolicyNames, checkRoleName, checkSeconds } from './names';

export interface AppRoleLoginProps {
  /** The path below `auth/`. A change replaces the method, and with it all its roles. @default 'approle' */
  readonly path?: string;
  /** @default - none */
  readonly description?: string;
}

/** The AppRole log-in method of machines. A server takes one for each path. */
export class AppRoleLogin extends Construct {
  readonly authBackend: AuthBackend;
  /** A token for the path, so that what refers to it is made after it. */
  readonly mount: string;

  constructor(scope: Construct, id: string, props: AppRoleLoginProps = {}) {
    super(scope, id);
    checkCore(this);
    const path = props.path ?? 'approle';
    checkMountPath(this, 'path', path);
    this.authBackend = new AuthBackend(this, 'Resource', {
      type: 'approle',
      path,
      description: props.description,
    });
    this.mount = this.authBackend.path;
  }
}

export interface AppRoleProps {
  /** Where it logs in: {@link AppRoleLogin.mount}, or the path of a method that is there already. */
  readonly mount: string;
  /** A change replaces the role: its role id, and all its secret ids. */
  readonly name: string;
  /** Names of the policies of its tokens, beside `default`. */
  readonly policies: readonly string[];
  /** Lifetime of its tokens, in seconds, which renewal can't extend. It must cover an apply. */
  readonly tokenTtlSeconds: number;
  /** Lifetime of its secret ids, in seconds. */
  readonly secretIdTtlSeconds: number;
}

/**
 * A role that CI logs in with, by its role id and a secret id.
 *
 * The secret id is no resource, and none may be made of it: it would lie in the state, and a wrapped one would be made
 * anew by every plan after the wrap expired (docs/reference/vault.md). The driver issues it. Its tokens keep `default`, because
 * Terraform's provider looks its own token up.
 *
 * @throws {@link PropsError}
 */
export class AppRole extends Construct {
  readonly role: ApproleAuthBackendRole;
  /** Known after apply. It is no secret by itself. */
  readonly roleId: string;

  constructor(scope: Construct, id: string, props: AppRoleProps) {
    super(scope, id);
    checkCore(this);
    checkRoleName(this, 'name', props.name);
    checkPolicyNames(this, 'policies', props.policies);
    checkSeconds(this, 'tokenTtlSeconds', props.tokenTtlSeconds);
    checkSeconds(this, 'secretIdTtlSeconds', props.secretIdTtlSeconds);
    if (props.mount === '') refuse(this, 'mount: must be where the log-in method is, got ""');
    this.role = new ApproleAuthBackendRole(this, 'Resource', {
      backend: props.mount,
      roleName: props.name,
      tokenPolicies: [...props.policies],
      tokenTtl: props.tokenTtlSeconds,
      tokenMaxTtl: props.tokenTtlSeconds,
      secretIdTtl: props.secretIdTtlSeconds,
    });
    this.roleId = this.role.roleId;
  }
}
