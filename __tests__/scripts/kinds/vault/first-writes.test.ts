import { newNames } from '../../../../scripts/kinds/vault/first-writes';
import type { Attributes, ScrubbedChange } from '../../../../terraform/plan/scrub';

const change = (
  type: string,
  actions: readonly string[],
  before: Attributes,
  after: Attributes = before,
): ScrubbedChange => ({
  address: `${type}.X`,
  type,
  actions,
  replacedBy: [],
  before: actions.includes('create') && actions.length === 1 ? {} : before,
  after: actions.includes('create') ? after : {},
  changed: [],
});

const names = (...changes: readonly ScrubbedChange[]) =>
  newNames(changes).map(({ after }) => after.name ?? after.role_name ?? after.path);

test.each<[string, readonly ScrubbedChange[], readonly string[]]>([
  ['what is created', [change('vault_policy', ['create'], { name: 'a' })], ['a']],
  ['nothing of what is changed in place', [change('vault_policy', ['update'], { name: 'a' })], []],
  [
    'nothing that is replaced by one of its name',
    [change('vault_mount', ['delete', 'create'], { path: 'kv' })],
    [],
  ],
  [
    'what is replaced by one of another name',
    [change('vault_policy', ['delete', 'create'], { name: 'a' }, { name: 'b' })],
    ['b'],
  ],
  [
    'nothing that moves within the stack',
    [change('vault_policy', ['delete'], { name: 'a' }), change('vault_policy', ['create'], { name: 'a' })],
    [],
  ],
  [
    'a token role of the name of a policy that goes',
    [
      change('vault_policy', ['delete'], { name: 'a' }),
      change('vault_token_auth_backend_role', ['create'], { role_name: 'a' }),
    ],
    ['a'],
  ],
  [
    'an AppRole of another log-in method',
    [
      change('vault_approle_auth_backend_role', ['delete'], { role_name: 'a', backend: 'approle' }),
      change('vault_approle_auth_backend_role', ['create'], { role_name: 'a', backend: 'other' }),
    ],
    ['a'],
  ],
])('a plan has as new names %s', (_, changes, expected) => {
  expect(names(...changes)).toEqual(expected);
});
