import { TokenAuthBackendRole } from '@cdktf/provider-vault/lib/token-auth-backend-role';
import { Construct } from 'constructs';
import { checkCore } from '../core';
import { checkPolicyNames, checkRoleName, checkSeconds } from './names';

export interface TokenRoleProps {
  /** Tokens are made at `auth/token/create/<name>`. A change replaces the role. */
  readonly name: string;
  /** Names of the policies of its tokens: all of them unless fewer are asked for, and nothing else, not even `default`. */
  readonly policies: readonly string[];
  /** Longest lifetime of its tokens, in seconds. @default - the server's bound, usually 32 days */
  readonly maxTtlSeconds?: number;
}

/**
 * A token role, from which the tokens of people are made.
 *
 * A user's cubbyhole lives and dies with the token (Vault's documentation, "Cubbyhole"), which decides the rest. It has no parent: else it
 * would end with the token of the administrator who made it. It is not renewable, because the user policy denies
 * renew-self: how long it lives is said when it is made, and not by a period, which would end it if nobody renews it. It
 * is a service token, because a batch token has no cubbyhole and cannot be revoked. And it goes without `default`, which
 * would grant more than the user policy does.
 *
 * @throws {@link PropsError}
 */
export class TokenRole extends Construct {
  readonly role: TokenAuthBackendRole;
  readonly roleName: string;

  constructor(scope: Construct, id: string, props: TokenRoleProps) {
    super(scope, id);
    checkCore(this);
    this.roleName = props.name;
    checkRoleName(this, 'name', props.name);
    checkPolicyNames(this, 'policies', props.policies);
    checkSeconds(this, 'maxTtlSeconds', props.maxTtlSeconds);
    this.role = new TokenAuthBackendRole(this, 'Resource', {
      roleName: props.name,
      allowedPolicies: [...props.policies],
      orphan: true,
      renewable: false,
      tokenNoDefaultPolicy: true,
      tokenType: 'service',
      tokenExplicitMaxTtl: props.maxTtlSeconds,
    });
  }
}
