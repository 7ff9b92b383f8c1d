import type { ScenarioObject } from './states';
import { APPROLE, AUTH } from './vault-log-in-objects';
import { HOUR, object } from './vault-object';

const POLICY = 'path "kv/*" {\n  capabilities = ["read"]\n}\n';

const MOUNTS = [
  object('mount', 'mount', { path: 'kv', type: 'kv' }, { description: 'all secrets' }),
  object(
    'mount: version 1',
    'mount',
    { path: 'kv-1', type: 'kv', options: { version: '1' }, description: 'version 1' },
    { description: null },
  ),
  object('mount: version 2', 'mount', { path: 'kv-2', type: 'kv', options: { version: '2' } }),
  object('mount: kv-v2', 'mount', { path: 'alias', type: 'kv-v2' }, { description: 'alias' }),
  object('mount: kv-v2 with version', 'mount', { path: 'alias-2', type: 'kv-v2', options: { version: '2' } }),
  object('mount: kv-v2 with other options', 'mount', {
    path: 'alias-3',
    type: 'kv-v2',
    options: { other: 'x' },
  }),
  object('mount: kv-v1', 'mount', { path: 'alias-1', type: 'kv-v1' }),
  object('mount: nested path', 'mount', { path: 'team/lab/kv', type: 'kv' }, { path: 'team/lab/moved' }),
  object('mount: slash at the end', 'mount', { path: 'slash/', type: 'kv' }),
  object('mount: empty options', 'mount', { path: 'empty', type: 'kv', options: {}, description: '' }),
  object(
    'mount: everything',
    'mount',
    {
      path: 'everything',
      type: 'kv',
      options: { version: '2' },
      description: 'everything',
      default_lease_ttl_seconds: HOUR,
      max_lease_ttl_seconds: 2 * HOUR,
      audit_non_hmac_request_keys: ['a', 'b'],
      audit_non_hmac_response_keys: ['c'],
      allowed_response_headers: ['X-A'],
      passthrough_request_headers: ['X-B'],
      listing_visibility: 'unauth',
      local: false,
      seal_wrap: false,
      external_entropy_access: false,
    },
    { default_lease_ttl_seconds: null, audit_non_hmac_request_keys: ['a'], listing_visibility: 'hidden' },
  ),
];

const POLICIES = [
  object('policy', 'policy', { name: 'reader', policy: POLICY }, { policy: `${POLICY}\n` }),
  object('policy: upper case', 'policy', { name: 'Reader-2', policy: POLICY }),
  object('policy: JSON', 'policy', { name: 'json', policy: '{"path":{"kv/*":{"capabilities":["read"]}}}' }),
];

const TOKEN_ROLES = [
  object(
    'token role',
    'token_auth_backend_role',
    { role_name: 'least' },
    { allowed_policies: ['reader'], orphan: true },
  ),
  object(
    'token role: everything',
    'token_auth_backend_role',
    {
      role_name: 'everything',
      allowed_policies: ['reader'],
      allowed_policies_glob: ['r*'],
      disallowed_policies: ['json'],
      disallowed_policies_glob: ['j*'],
      allowed_entity_aliases: ['one'],
      orphan: true,
      renewable: false,
      path_suffix: 'lab',
      token_explicit_max_ttl: HOUR,
      token_period: 0,
      token_num_uses: 3,
      token_no_default_policy: true,
      token_bound_cidrs: ['10.0.0.0/8', '192.0.2.1/32'],
      token_type: 'service',
    },
    { allowed_policies: null, path_suffix: null, token_bound_cidrs: null, token_num_uses: null },
  ),
  object('token role: period', 'token_auth_backend_role', {
    role_name: 'period',
    token_period: 86400,
    token_type: 'default-service',
  }),
];

const SECRETS = [
  object(
    'generic secret',
    'generic_secret',
    { path: 'kv-1/generic', data_json: '{"b":"<x>","a":1}' },
    { data_json: '{"a":2}' },
  ),
  object('generic secret: version 2', 'generic_secret', {
    path: 'kv-2/generic',
    data_json: '{"a":true}',
    delete_all_versions: true,
  }),
  object('generic secret: not read', 'generic_secret', {
    path: 'kv-1/blind',
    data_json: '{"a":"b"}',
    disable_read: true,
  }),
  object(
    'secret of version 1',
    'kv_secret',
    { path: 'kv-1/plain', data_json: '{ "a": "b", "n": 7 }' },
    { data_json: '{"a":"c"}' },
  ),
  object(
    'secret',
    'kv_secret_v2',
    { mount: 'kv-2', name: 'least', data_json: '{"a":"b"}' },
    { data_json: '{"a":"c"}' },
  ),
  object('secret: everything', 'kv_secret_v2', {
    mount: 'kv-2',
    name: 'lab/everything',
    data_json: '{"a":"b","n":7}',
    cas: 0,
    delete_all_versions: true,
    options: { cas: '0' },
    custom_metadata: [
      { max_versions: 3, cas_required: false, delete_version_after: HOUR, data: { owner: 'lab' } },
    ],
  }),
  object('secret: some metadata', 'kv_secret_v2', {
    mount: 'kv-2',
    name: 'some',
    data_json: '{"a":"b"}',
    custom_metadata: [{ max_versions: 3, data: { owner: 'lab' } }],
  }),
  object('secret: not read', 'kv_secret_v2', {
    mount: 'kv-2',
    name: 'blind',
    data_json: '{"a":"b"}',
    disable_read: true,
  }),
  object(
    'secret: write-only',
    'kv_secret_v2',
    { mount: 'kv-2', name: 'hidden', data_json_wo: '{"a":"b"}', data_json_wo_version: 1 },
    { data_json_wo: '{"a":"c"}', data_json_wo_version: 2 },
  ),
];

const TOKENS = [
  object('token', 'token', { policies: ['reader'] }),
  object('token: everything', 'token', {
    policies: ['reader', 'json'],
    no_parent: true,
    no_default_policy: true,
    renewable: true,
    ttl: '2h',
    explicit_max_ttl: '24h',
    display_name: 'robot',
    num_uses: 0,
    metadata: { used_by: 'robot' },
  }),
  object('token: role', 'token', { role_name: 'least', policies: ['reader'], ttl: '1h' }),
  object('token: period', 'token', { policies: ['reader'], period: '1h', no_parent: true }),
  object('token: wrapped', 'token', { policies: ['reader'], wrapping_ttl: '10m' }),
];

/**
 * Objects of every simulated type but `vault_audit`, which OpenBao refuses, with as little and as much as they take, and in each legal
 * spelling.
 */
export const VAULT_OBJECTS: readonly ScenarioObject[] = [
  ...MOUNTS,
  ...POLICIES,
  ...TOKEN_ROLES,
  ...AUTH,
  ...APPROLE,
  ...SECRETS,
  ...TOKENS,
];
