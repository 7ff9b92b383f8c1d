import { differencesOf, policyDifference } from '../../../../scripts/kinds/vault/differences';

/** A token role as OpenBao 2.6.2 answers it. */
const TOKEN_ROLE = {
  allowed_entity_aliases: null,
  allowed_policies: ['b', 'a'],
  allowed_policies_glob: [],
  disallowed_policies: [],
  disallowed_policies_glob: [],
  explicit_max_ttl: 0,
  name: 'x',
  orphan: true,
  path_suffix: '',
  period: 0,
  renewable: false,
  token_explicit_max_ttl: 0,
  token_no_default_policy: true,
  token_period: 0,
  token_type: 'service',
};
/** The same as the provider plans it. */
const PLANNED_TOKEN_ROLE = {
  role_name: 'x',
  allowed_policies: ['a', 'b'],
  orphan: true,
  renewable: false,
  token_no_default_policy: true,
  token_type: 'service',
};

/** An AppRole as OpenBao 2.6.2 answers it. */
const APP_ROLE = {
  bind_secret_id: true,
  local_secret_ids: false,
  secret_id_bound_cidrs: null,
  secret_id_num_uses: 0,
  secret_id_ttl: 100,
  token_bound_cidrs: [],
  token_explicit_max_ttl: 0,
  token_max_ttl: 3600,
  token_no_default_policy: false,
  token_num_uses: 0,
  token_period: 0,
  token_policies: ['a'],
  token_strictly_bind_ip: false,
  token_ttl: 3600,
  token_type: 'default',
};
const PLANNED_APP_ROLE = {
  backend: 'approle',
  role_name: 'y',
  bind_secret_id: true,
  secret_id_ttl: 100,
  token_max_ttl: 3600,
  token_policies: ['a'],
  token_ttl: 3600,
  token_type: null,
};

test('what a server answers of what was planned differs in nothing', () => {
  expect(differencesOf(TOKEN_ROLE, PLANNED_TOKEN_ROLE)).toEqual([]);
  expect(differencesOf(APP_ROLE, PLANNED_APP_ROLE)).toEqual([]);
});

test.each([
  ['a policy more', { allowed_policies: ['a', 'b', 'root-like'] }, ['allowed_policies']],
  ['a pattern', { allowed_policies_glob: ['*'] }, ['allowed_policies_glob']],
  ['another type', { token_type: 'batch' }, ['token_type']],
  ['what the plan says nothing of', { token_period: 60, path_suffix: 'x' }, ['path_suffix', 'token_period']],
  ['renewable tokens', { renewable: true }, ['renewable']],
  ['a field that is not known here', { newer: 'x' }, ['newer']],
])('a token role differs by %s', (_, more, fields) => {
  expect(differencesOf({ ...TOKEN_ROLE, ...more }, PLANNED_TOKEN_ROLE)).toEqual(fields);
});

test.each([
  ['log-ins without a secret id', { bind_secret_id: false }, ['bind_secret_id']],
  ['another life', { token_ttl: 60 }, ['token_ttl']],
  ['bound addresses', { token_bound_cidrs: ['10.0.0.0/8'] }, ['token_bound_cidrs']],
])('an AppRole differs by %s', (_, more, fields) => {
  expect(differencesOf({ ...APP_ROLE, ...more }, PLANNED_APP_ROLE)).toEqual(fields);
});

const POLICY = 'path "a" {\n  capabilities = ["read"]\n}\n';

test.each([
  ['none', undefined, undefined],
  ['the same', POLICY, []],
  ['the same, spelled otherwise', '{"path": {"a": {"capabilities": ["read"]}}}', []],
  ['other rules', POLICY.replace('read', 'list'), ['rules']],
  ['more rules', `${POLICY}\n${POLICY.replace('"a"', '"b"')}`, ['rules']],
  ['what cannot be read here', 'path "a" { capabilities = ["read"], denied_parameters = {} }', ['rules']],
])('of policies there is %s', (_, there, differences) => {
  expect(policyDifference(there, POLICY)).toEqual(differences);
});
