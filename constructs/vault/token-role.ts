import { TokenAuthBackendRole } from '@cdktf/provider-vault/lib/token-auth-backend-role';
import { Construct } from 'constructs';
import { checkPolicyNames, checkRoleName, checkSeconds } from './names';

export interface TokenRoleProps {
  /** Tokens are made at `auth/token/create/<name>`. A change replaces the role. */
  readonly name: string;
  /** What its tokens have, all of it unless fewer are asked for; nothing else, not even `default`. */
  readonly policies: readonly string[];
  /** The longest that a token of it lives, in seconds. @default - the server's bound, usually 32 days */
  readonly maxTtlSeconds?: number;
}

/**
 * A role for tokens of people.
 *
 * A user's cubbyhole lives and dies with the token (domain.md §2A A1), which decides the rest. It has no parent: else it
 * would end with the token of the administrator who made it. It is not renewable, because the user policy denies
 * renew-self: how long it lives is said when it is made, and not by a period, which would end it if nobody renews it. It
 * is a service token, because a batch token has no cubbyhole and cannot be revoked. And it goes without `default`, which
 * would grant more than the user policy does.
 *
 * @throws {@link PropsError}
 */
export class TokenRole extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: TokenRoleProps) {
    super(scope, id);
    this.name = props.name;
    checkRoleName(this, 'name', props.name);
    checkPolicyNames(this, 'policies', props.policies);
    checkSeconds(this, 'maxTtlSeconds', props.maxTtlSeconds);
    new TokenAuthBackendRole(this, 'Resource', {
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
