import { isRefusedToUser } from '../../../scripts/doctor/user-policies';

const RENEW = ['update', 'auth/token/renew-self'] as const;

test.each([
  [['dev-regular-fullaccess'], ...RENEW, true],
  [['default', 'a-b-super-readonly'], ...RENEW, true],
  [['regular-fullaccess'], 'update', 'sys/capabilities-self', true],
  [['dev-regular-fullaccess'], 'update', 'auth/token/create', true],
  [['dev-regular-fullaccess'], 'read', 'auth/token/lookup-self', false],
  [['made-for-it'], ...RENEW, false],
  [[], ...RENEW, false],
] as const)('%j: %s on %s is refused on purpose: %s', (policies, capability, path, refused) => {
  expect(isRefusedToUser(policies, capability, path)).toBe(refused);
});
