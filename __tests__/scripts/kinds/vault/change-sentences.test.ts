import { lostMounts, vaultWords } from '../../../../scripts/kinds/vault/change-sentences';
import { textsOf } from '../../../../terraform/plan/effect';

const ADDRESS = { address: 'https://10.0.2.15:8443', environment: 'lab', renamedMounts: new Map() };
const change = (address: string, action: 'create' | 'update' | 'replace' | 'delete') => ({
  address,
  resourceType: String(address.split('.')[0]),
  action,
});

it('names what is made by what it is', () => {
  const changes = [
    change('vault_mount.Mounts_secret', 'create'),
    change('vault_policy.Policies_deploy', 'create'),
    change('vault_policy.UserPolicies_regular-fullaccess', 'create'),
    change('vault_auth_backend.AppRoleLogin', 'create'),
    change('vault_approle_auth_backend_role.AppRoles_ci', 'create'),
  ];
  expect(textsOf(vaultWords(ADDRESS, changes))).toEqual([
    'Vault https://10.0.2.15:8443: made: mount secret, policies deploy and lab-regular-fullaccess, log-in method approle, AppRole ci',
  ]);
});

it.each(['delete', 'replace'] as const)(
  'says first that a mount takes its secrets with it, on %s',
  (action) => {
    const changes = [
      change('vault_policy.Policies_deploy', 'update'),
      change('vault_mount.Mounts_team_2f_a', action),
    ];
    expect(textsOf(vaultWords(ADDRESS, changes))).toEqual([
      'mount team/a is DESTROYED, with ALL SECRETS in it',
      'Vault https://10.0.2.15:8443: changed in place: policy deploy',
    ]);
  },
);

it('names a mount by the path that it has, which may be another than in its address', () => {
  const renamedMounts = new Map([['secret', 'team/kv']]);
  const changes = [change('vault_mount.Mounts_secret', 'delete')];
  expect(textsOf(vaultWords({ ...ADDRESS, renamedMounts }, changes))).toEqual([
    'mount team/kv is DESTROYED, with ALL SECRETS in it',
  ]);
  expect(lostMounts(changes, { renamedMounts })).toEqual(['team/kv']);
});
