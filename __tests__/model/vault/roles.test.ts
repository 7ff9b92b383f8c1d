import { capabilitiesOn, isAllowed } from '../../../model/vault/policy-evaluator';
import { ruleProblem } from '../../../model/vault/policy-rules';
import { rolePolicy, userKind } from '../../../model/vault/roles';

const lines = (...parameters: Parameters<typeof rolePolicy>): readonly string[] =>
  rolePolicy(...parameters).map(({ path, capabilities }) => `${path}: ${capabilities.join(' ')}`);

const USER = [
  'auth/token/lookup-self: read',
  'sys/leases/lookup: read',
  'cubbyhole/*: create read update delete list',
  'secret/*: create read update delete list',
  'auth/token/renew-self: deny',
  'auth/token/revoke-self: deny',
  'sys/capabilities-self: deny',
  'sys/leases/renew: deny',
  'sys/wrapping/*: deny',
];

it('gives a regular user exactly the user policy', () => {
  expect(lines('regular', 'fullaccess')).toEqual(USER);
});

it('lets a reader read and list what is shared, and nothing else less', () => {
  expect(lines('regular', 'readonly')).toEqual(
    USER.map((line) => (line.startsWith('secret/') ? 'secret/*: read list' : line)),
  );
});

it('lets super administer users in addition, whatever the API role', () => {
  const administration = [
    'auth/token/create/+: update',
    'auth/token/lookup-accessor: update',
    'auth/token/revoke-accessor: update',
    'auth/token/accessors: list sudo',
    'sys/policies/acl: list',
    'sys/policies/acl/*: read',
    'sys/mounts: read',
  ];
  expect(lines('super', 'fullaccess')).toEqual([...USER, ...administration]);
  expect(lines('super', 'readonly')).toEqual([...lines('regular', 'readonly'), ...administration]);
});

it('is about the mount that it is told', () => {
  expect(lines('regular', 'readonly', 'lab')).toContain('lab/*: read list');
  expect(lines('regular', 'readonly', 'lab').join()).not.toContain('secret/');
});

it('has only rules that a server takes', () => {
  for (const api of ['fullaccess', 'readonly'] as const)
    expect(rolePolicy('super', api).map(ruleProblem).filter(Boolean)).toEqual([]);
});

it('means what the controller needs, by the rules of the server', () => {
  const regular = [rolePolicy('regular', 'readonly')];
  expect(isAllowed(regular, 'list', 'secret')).toBe(true);
  expect(isAllowed(regular, 'update', 'secret/aws/access_key')).toBe(false);
  expect(isAllowed(regular, 'update', 'cubbyhole/aws/access_key')).toBe(true);
  expect(isAllowed(regular, 'update', 'auth/token/create')).toBe(false);
  expect(isAllowed(regular, 'update', 'auth/token/create/dev-regular-readonly')).toBe(false);
  expect(capabilitiesOn(regular, 'sys/wrapping/unwrap')).toEqual(['deny']);
  const all = [rolePolicy('super', 'fullaccess')];
  expect(isAllowed(all, 'update', 'auth/token/create')).toBe(false);
  expect(isAllowed(all, 'update', 'auth/token/create/dev-regular-readonly')).toBe(true);
  expect(capabilitiesOn(all, 'auth/token/accessors/')).toEqual(['list', 'sudo']);
  expect(isAllowed(all, 'update', 'sys/policies/acl/dev-super-fullaccess')).toBe(false);
});

it('names a kind of user by its environment', () => {
  expect(userKind('dev', 'super', 'readonly')).toBe('dev-super-readonly');
});
