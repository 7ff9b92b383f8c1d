import type { Token, Tokens } from '../core/tokens';
import { timestamp } from '../request/duration';
import type { Json } from '../request/exchange';

/** A token in the form of a look-up. @param secret the token itself; empty for a look-up by accessor */
export function tokenView(tokens: Tokens, token: Token, secret: string): Json {
  const expires = token.expires_at > 0;
  return {
    accessor: token.accessor,
    creation_time: token.creation_time,
    creation_ttl: token.creation_ttl,
    display_name: token.display_name,
    entity_id: '',
    expire_time: expires ? timestamp(token.expires_at) : null,
    explicit_max_ttl: token.explicit_max_ttl,
    id: secret,
    issue_time: timestamp(token.creation_time * 1000),
    renewable: token.renewable,
    meta: token.meta,
    num_uses: token.num_uses,
    orphan: token.orphan,
    path: token.path,
    ...(token.period > 0 ? { period: token.period } : {}),
    policies: token.policies,
    ...(token.role === '' ? {} : { role: token.role }),
    ttl: tokens.remaining(token),
    type: 'service',
  };
}

/** A token in the form of the answers to creation, log-in and renewal. */
export function authView(tokens: Tokens, token: Token, secret: string): Json {
  return {
    client_token: secret,
    accessor: token.accessor,
    policies: token.policies,
    token_policies: token.policies,
    metadata: token.meta,
    lease_duration: tokens.remaining(token),
    renewable: token.renewable,
    entity_id: '',
    token_type: 'service',
    orphan: token.orphan,
    mfa_requirement: null,
    num_uses: token.num_uses,
  };
}
