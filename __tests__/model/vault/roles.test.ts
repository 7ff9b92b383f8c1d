import { capabilitiesOn, isAllowed } from '../../../model/vault/policy-evaluator';
import { ruleProblem } from '../../../model/vault/policy-rules';
import { rolePolicy, type UserKind, userKind } from '../../../model/vault/roles';

const KINDS: readonly UserKind[] = (['regular', 'super'] as const).flatMap((role) =>
  (['fullaccess', 'readonly'] as const).map((api) => ({ role, api })),
);
const [REGULAR, REGULAR_READER, SUPER, SUPER_READER] = KINDS as [UserKind, UserKind, UserKind, UserKind];

const policyOf = (kind: UserKind, kinds: readonly UserKind[] = KINDS, mount?: string) =>
  rolePolicy(kind, { environment: 'dev', kinds, ...(mount === undefined ? {} : { mount }) });

const lines = (...parameters: Parameters<typeof policyOf>): readonly string[] =>
  policyOf(...parameters).map(({ path, capabilities }) => `${path}: ${capabilities.join(' ')}`);

/** The names of the token roles of which a kind may make tokens. */
const makes = (kind: UserKind, kinds?: readonly UserKind[]): readonly string[] =>
  policyOf(kind, kinds).flatMap(({ path }) => /^auth\/token\/create\/(.*)$/.exec(path)?.[1] ?? []);

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
  expect(lines(REGULAR)).toEqual(USER);
});

it('lets a reader read and list what is shared, and nothing else less', () => {
  expect(lines(REGULAR_READER)).toEqual(
    USER.map((line) => (line.startsWith('secret/') ? 'secret/*: read list' : line)),
  );
});

it('lets super administer users in addition', () => {
  const administration = [
    'auth/token/lookup-accessor: update',
    'auth/token/revoke-accessor: update',
    'auth/token/accessors: list sudo',
    'sys/policies/acl: list',
    'sys/policies/acl/*: read',
    'sys/mounts: read',
  ];
  expect(lines(SUPER)).toEqual([
    ...USER,
    'auth/token/create/dev-regular-fullaccess: update',
    'auth/token/create/dev-regular-readonly: update',
    'auth/token/create/dev-super-fullaccess: update',
    'auth/token/create/dev-super-readonly: update',
    ...administration,
  ]);
  expect(lines(SUPER_READER)).toEqual([
    ...lines(REGULAR_READER),
    'auth/token/create/dev-regular-readonly: update',
    'auth/token/create/dev-super-readonly: update',
    ...administration,
  ]);
});

it('lets nobody make tokens of a kind that does not exist', () => {
  expect(makes(SUPER, [SUPER])).toEqual(['dev-super-fullaccess']);
  expect(makes(SUPER, [REGULAR_READER, SUPER])).toEqual(['dev-regular-readonly', 'dev-super-fullaccess']);
  expect(makes(SUPER_READER, [REGULAR, SUPER, SUPER_READER])).toEqual(['dev-super-readonly']);
});

it('lets nobody make a token that makes more than its maker does', () => {
  for (const kind of KINDS) {
    const own = makes(kind);
    const ofMade = KINDS.filter(({ role, api }) => own.includes(userKind('dev', role, api))).flatMap((made) =>
      makes(made),
    );
    expect(ofMade.filter((name) => !own.includes(name))).toEqual([]);
  }
  expect(makes(REGULAR)).toEqual([]);
  expect(makes(REGULAR_READER)).toEqual([]);
});

it('is about the mount that it is told', () => {
  expect(lines(REGULAR_READER, KINDS, 'lab')).toContain('lab/*: read list');
  expect(lines(REGULAR_READER, KINDS, 'lab').join()).not.toContain('secret/');
});

it('has only rules that a server takes', () => {
  for (const kind of KINDS) expect(policyOf(kind).map(ruleProblem).filter(Boolean)).toEqual([]);
});

it('means what the controller needs, by the rules of the server', () => {
  const regular = [policyOf(REGULAR_READER)];
  expect(isAllowed(regular, 'list', 'secret')).toBe(true);
  expect(isAllowed(regular, 'update', 'secret/aws/access_key')).toBe(false);
  expect(isAllowed(regular, 'update', 'cubbyhole/aws/access_key')).toBe(true);
  expect(isAllowed(regular, 'update', 'auth/token/create')).toBe(false);
  expect(isAllowed(regular, 'update', 'auth/token/create/dev-regular-readonly')).toBe(false);
  expect(capabilitiesOn(regular, 'sys/wrapping/unwrap')).toEqual(['deny']);
  const all = [policyOf(SUPER)];
  expect(isAllowed(all, 'update', 'auth/token/create')).toBe(false);
  expect(isAllowed(all, 'update', 'auth/token/create/dev-regular-readonly')).toBe(true);
  expect(isAllowed(all, 'update', 'auth/token/create/prod-regular-readonly')).toBe(false);
  expect(capabilitiesOn(all, 'auth/token/accessors/')).toEqual(['list', 'sudo']);
  expect(isAllowed(all, 'update', 'sys/policies/acl/dev-super-fullaccess')).toBe(false);
});

it('names a kind of user by its environment', () => {
  expect(userKind('dev', 'super', 'readonly')).toBe('dev-super-readonly');
});
