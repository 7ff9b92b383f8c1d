import type { Made } from './states';
import { HOUR, object } from './vault-object';

function at(made: Made, label: string, name: string) {
  return made[label]?.[name] ?? null;
}

/** Authentication methods. */
export const AUTH = [
  object('auth', 'auth_backend', { type: 'approle' }, { description: 'machines' }),
  object('auth: path', 'auth_backend', {
    type: 'approle',
    path: 'team/approle/',
    description: 'team',
    local: false,
  }),
  object(
    'auth: tune',
    'auth_backend',
    {
      type: 'approle',
      path: 'tuned',
      tune: [
        {
          default_lease_ttl: '1h',
          max_lease_ttl: '24h',
          listing_visibility: 'unauth',
          token_type: 'default-service',
          allowed_response_headers: ['X-A'],
          passthrough_request_headers: ['X-B'],
          audit_non_hmac_request_keys: ['a'],
          audit_non_hmac_response_keys: ['b'],
        },
      ],
    },
    {
      tune: [
        {
          default_lease_ttl: '90m',
          max_lease_ttl: null,
          listing_visibility: null,
          token_type: null,
          allowed_response_headers: null,
          passthrough_request_headers: null,
          audit_non_hmac_request_keys: null,
          audit_non_hmac_response_keys: null,
        },
      ],
    },
  ),
];

/** Roles of AppRole, with secret ids and a log-in; they need {@link AUTH}. */
export const APPROLE = [
  object(
    'role',
    'approle_auth_backend_role',
    { role_name: 'least', backend: 'approle' },
    { token_policies: ['reader'] },
  ),
  object(
    'role: everything',
    'approle_auth_backend_role',
    {
      role_name: 'everything',
      backend: 'approle',
      role_id: 'fixed-role-id',
      bind_secret_id: true,
      secret_id_bound_cidrs: ['10.0.0.0/8'],
      secret_id_num_uses: 3,
      secret_id_ttl: HOUR,
      token_policies: ['reader', 'json'],
      token_ttl: 600,
      token_max_ttl: HOUR,
      token_explicit_max_ttl: 2 * HOUR,
      token_num_uses: 5,
      token_period: 0,
      token_no_default_policy: true,
      token_bound_cidrs: ['10.0.0.0/8'],
      token_type: 'service',
    },
    { token_policies: null, secret_id_bound_cidrs: null, secret_id_ttl: null, token_no_default_policy: null },
  ),
  object('secret id', 'approle_auth_backend_role_secret_id', { role_name: 'least', backend: 'approle' }),
  object('role: times', 'approle_auth_backend_role', {
    role_name: 'times',
    backend: 'approle',
    secret_id_ttl: HOUR,
    secret_id_num_uses: 4,
  }),
  object('secret id: times of its role', 'approle_auth_backend_role_secret_id', {
    role_name: 'times',
    backend: 'approle',
  }),
  object('secret id: everything', 'approle_auth_backend_role_secret_id', {
    role_name: 'least',
    backend: 'approle',
    cidr_list: ['127.0.0.0/8'],
    metadata: '{"run":"1"}',
    secret_id: 'fixed-secret-id',
    num_uses: 9,
    ttl: HOUR,
  }),
  object('secret id: wrapped', 'approle_auth_backend_role_secret_id', {
    role_name: 'least',
    backend: 'approle',
    wrapping_ttl: '10m',
    with_wrapped_accessor: true,
  }),
  object('login', 'approle_auth_backend_login', (made) => ({
    backend: 'approle',
    role_id: at(made, 'role', 'role_id'),
    secret_id: at(made, 'secret id', 'secret_id'),
  })),
];
