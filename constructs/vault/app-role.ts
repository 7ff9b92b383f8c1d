import { ApproleAuthBackendRole } from '@cdktf/provider-vault/lib/approle-auth-backend-role';
import { AuthBackend } from '@cdktf/provider-vault/lib/auth-backend';
import { Construct } from 'constructs';
import { PropsError } from '../props-error';
import { checkMountPath, checkPolicyNames, checkRoleName, checkSeconds } from './names';

export interface AppRoleLoginProps {
  /** Below `auth/`. A change replaces the method, and with it all its roles. @default 'approle' */
  readonly path?: string;
  /** @default - none */
  readonly description?: string;
}

/** The log-in method of machines. One per server and path: a server that has one there already refuses another. */
export class AppRoleLogin extends Construct {
  /** An expression, so that what names it comes after it. */
  readonly mount: string;

  constructor(scope: Construct, id: string, props: AppRoleLoginProps = {}) {
    super(scope, id);
    const path = props.path ?? 'approle';
    checkMountPath(this, 'path', path);
    this.mount = new AuthBackend(this, 'Resource', {
      type: 'approle',
      path,
      description: props.description,
    }).path;
  }
}

export interface AppRoleProps {
  /** Where it logs in: {@link AppRoleLogin.mount}, or the path of a method that is there already. */
  readonly mount: string;
  /** A change replaces the role: its role id, and all its secret ids. */
  readonly name: string;
  /** What its tokens have, beside `default`. */
  readonly policies: readonly string[];
  /** How long a token of it lives, in seconds; it can't be made to live longer. At least as long as an apply takes. */
  readonly tokenTtlSeconds: number;
  /** How long a secret id of it lives, in seconds. */
  readonly secretIdTtlSeconds: number;
}

/**
 * A role that CI logs in with, by its role id and a secret id.
 *
 * The secret id is no resource, and none may be made of it: it would lie in the state, and a wrapped one would be made
 * anew by every plan after the wrap expired (facts.md §7). The driver issues it. Its tokens keep `default`, because
 * Terraform's provider looks its own token up.
 *
 * @throws {@link PropsError}
 */
export class AppRole extends Construct {
  /** Known after apply. */
  readonly roleId: string;

  constructor(scope: Construct, id: string, props: AppRoleProps) {
    super(scope, id);
    checkRoleName(this, 'name', props.name);
    checkPolicyNames(this, 'policies', props.policies);
    checkSeconds(this, 'tokenTtlSeconds', props.tokenTtlSeconds);
    checkSeconds(this, 'secretIdTtlSeconds', props.secretIdTtlSeconds);
    if (props.mount === '') {
      throw new PropsError(this.node.path, 'mount: must be where the log-in method is, got ""');
    }
    this.roleId = new ApproleAuthBackendRole(this, 'Resource', {
      backend: props.mount,
      roleName: props.name,
      tokenPolicies: [...props.policies],
      tokenTtl: props.tokenTtlSeconds,
      tokenMaxTtl: props.tokenTtlSeconds,
      secretIdTtl: props.secretIdTtlSeconds,
    }).roleId;
  }
}
