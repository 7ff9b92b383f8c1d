import { accessEffects } from '../../../../scripts/kinds/vault/access-effects';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';

const policy = (before: string | undefined, after: string | undefined): ScrubbedChange => ({
  address: 'vault_policy.Policies_deploy',
  type: 'vault_policy',
  actions: before === undefined ? ['create'] : after === undefined ? ['delete'] : ['update'],
  replacedBy: [],
  before: before === undefined ? {} : { name: 'deploy', policy: before },
  after: after === undefined ? {} : { name: 'deploy', policy: after },
  changed: ['policy'],
});
const role = (type: string, before: object | undefined, after: object): ScrubbedChange => ({
  address: `${type}.Roles_ci`,
  type,
  actions: before === undefined ? ['create'] : ['update'],
  replacedBy: [],
  before: before === undefined ? {} : { role_name: 'ci', ...before },
  after: { role_name: 'ci', ...after },
  changed: Object.keys(after),
});
const TOKEN = 'vault_token_auth_backend_role';
const APPROLE = 'vault_approle_auth_backend_role';
const hcl = (path: string, ...capabilities: string[]) =>
  `path "${path}" {\n  capabilities = ${JSON.stringify(capabilities)}\n}\n`;

/** Something that stays, so that the environment is no new one. */
const THERE: ScrubbedChange = { ...policy('', ''), actions: ['no-op'], changed: [] };
const said = (...changes: ScrubbedChange[]) =>
  accessEffects({ changes, unchanged: [THERE] }).map(({ weight, text }) => [weight, text]);

test.each<[string, ScrubbedChange, readonly (readonly [string, string])[]]>([
  [
    'a policy that gains and loses',
    policy(hcl('secret/a', 'read', 'list'), hcl('secret/a', 'read') + hcl('secret/b/*', 'update', 'sudo')),
    [
      ['widened', 'policy deploy gains update and sudo on secret/b/*'],
      ['narrowed', 'policy deploy loses list on secret/a'],
    ],
  ],
  [
    'a policy that is new in an environment that is there',
    policy(undefined, hcl('*', 'read')),
    [['widened', 'policy deploy gains read on *']],
  ],
  ['a policy that goes, which is told already', policy(hcl('*', 'read'), undefined), []],
  [
    'another text of the same meaning',
    policy(hcl('a', 'read'), `# why\n${hcl('a', 'read')}`),
    [['quiet', 'policy deploy has another text, and allows the same']],
  ],
  [
    'a text that can not be read',
    policy(hcl('a', 'read'), 'path "a" { mfa_methods = ["x"] }'),
    [['widened', 'policy deploy allows something else, and what can not be told: compare its text']],
  ],
  [
    'the widest paths first, however many there are',
    policy('', ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'secret/*'].map((path) => hcl(path, 'read')).join('')),
    [['widened', 'policy deploy gains read on secret/*, a, b, c, d, e and 2 more paths']],
  ],
  [
    'a token role with another policy, and a longer life',
    role(
      TOKEN,
      { allowed_policies: ['deploy', 'old'], token_max_ttl: 3600, orphan: false },
      { allowed_policies: ['deploy', 'admin'], token_max_ttl: 0, orphan: true },
    ),
    [
      [
        'widened',
        'token role ci gives more: allowed_policies + admin − old, token_max_ttl 3600 → 0, orphan false → true',
      ],
    ],
  ],
  [
    'a token role that binds its tokens to networks',
    role(TOKEN, { token_bound_cidrs: [] }, { token_bound_cidrs: ['10.0.2.0/24'] }),
    [['narrowed', 'token role ci gives less: token_bound_cidrs + 10.0.2.0/24']],
  ],
  [
    'one that binds them no more',
    role(TOKEN, { token_bound_cidrs: ['10.0.2.0/24'] }, { token_bound_cidrs: [] }),
    [['widened', 'token role ci gives more: token_bound_cidrs − 10.0.2.0/24']],
  ],
  [
    'a denial of policies that goes',
    role(TOKEN, { disallowed_policies: ['admin'] }, { disallowed_policies: [] }),
    [['widened', 'token role ci gives more: disallowed_policies − admin']],
  ],
  [
    'an AppRole that needs no secret id',
    role(APPROLE, { bind_secret_id: true }, { bind_secret_id: false }),
    [['widened', 'AppRole ci gives more: bind_secret_id true → false']],
  ],
  [
    'a new AppRole',
    role(APPROLE, undefined, { token_policies: ['deploy'] }),
    [['widened', 'AppRole ci gives tokens with deploy']],
  ],
])('says of %s who may do more or less', (_, change, expected) => {
  expect(said(change)).toEqual(expected);
});

test('of an environment that is wholly new nothing is told', () => {
  expect(accessEffects({ changes: [policy(undefined, hcl('*', 'sudo'))], unchanged: [] })).toEqual([]);
});
