import '../../../stacks/fast-tokens';
import {
  AppRole,
  AppRoleLogin,
  type AppRoleLoginProps,
  type AppRoleProps,
} from '../../../constructs/vault/app-role';
import { TokenRole, type TokenRoleProps } from '../../../constructs/vault/token-role';
import { addresses, only, plainAddresses } from '../../support/synthesized';
import { synthesizedVault } from '../../support/synthesized-vault';

const tokenRole = (props: Partial<TokenRoleProps>) =>
  synthesizedVault((stack) => {
    new TokenRole(stack, 'Users', { name: 'dev-regular-fullaccess', policies: ['users'], ...props });
  });

const appRole = (props: Partial<AppRoleProps>, login?: AppRoleLoginProps) =>
  synthesizedVault((stack) => {
    const { mount } = new AppRoleLogin(stack, 'Login', login);
    new AppRole(stack, 'Ci', {
      mount,
      name: 'ci',
      policies: ['deploy'],
      tokenTtlSeconds: 3600,
      secretIdTtlSeconds: 86400,
      ...props,
    });
  });

it('makes tokens of people without a parent, without default, not renewable, and no batch tokens', () => {
  const synth = tokenRole({});
  expect(plainAddresses(synth)).toEqual(['vault_token_auth_backend_role.Users']);
  expect(only(synth, 'vault_token_auth_backend_role')).toEqual({
    role_name: 'dev-regular-fullaccess',
    allowed_policies: ['users'],
    orphan: true,
    renewable: false,
    token_no_default_policy: true,
    token_type: 'service',
  });
});

it('bounds their life where it is told', () => {
  expect(only(tokenRole({ maxTtlSeconds: 1 }), 'vault_token_auth_backend_role').token_explicit_max_ttl).toBe(
    1,
  );
  for (const maxTtlSeconds of [0, 1.5, -1, Number.NaN]) {
    expect(() => tokenRole({ maxTtlSeconds })).toThrow(
      `stack/Users: maxTtlSeconds: must be a whole number of seconds from 1 on, got ${maxTtlSeconds}`,
    );
  }
});

it('refuses policies that a role must not hand out', () => {
  expect(() => tokenRole({ policies: [] })).toThrow(
    'stack/Users: policies: must name at least one policy, got none',
  );
  expect(() => tokenRole({ policies: ['a', 'root'] })).toThrow(
    'stack/Users: policies: must not hand out root, which may do everything',
  );
  expect(() => tokenRole({ policies: ['a', 'b', 'a'] })).toThrow(
    'stack/Users: policies: must name each policy once, got a, b, a',
  );
  expect(() => tokenRole({ policies: ['A'] })).toThrow(
    'stack/Users: policies: must be a name of small letters, digits, _ . and -, got "A"',
  );
});

it('refuses a name that is more than one segment of a path', () => {
  expect(() => tokenRole({ name: 'a/b' })).toThrow(
    'stack/Users: name: must be a name of letters, digits, _ . and -, got "a/b"',
  );
});

it('makes a log-in for machines, and a role of it that comes after it', () => {
  const synth = appRole({});
  expect(plainAddresses(synth)).toEqual(['vault_approle_auth_backend_role.Ci', 'vault_auth_backend.Login']);
  expect(only(synth, 'vault_auth_backend')).toEqual({ type: 'approle', path: 'approle' });
  const login = addresses(synth).find((address) => address.startsWith('vault_auth_backend.'));
  expect(only(synth, 'vault_approle_auth_backend_role')).toEqual({
    backend: `\${${login}.path}`,
    role_name: 'ci',
    token_policies: ['deploy'],
    token_ttl: 3600,
    token_max_ttl: 3600,
    secret_id_ttl: 86400,
  });
});

it('makes no secret id', () => {
  expect(JSON.stringify(appRole({}))).not.toContain('secret_id"');
});

it('takes another path for the log-in, and one that is there already', () => {
  expect(only(appRole({}, { path: 'dev-approle', description: 'x' }), 'vault_auth_backend')).toEqual({
    type: 'approle',
    path: 'dev-approle',
    description: 'x',
  });
  expect(only(appRole({ mount: 'theirs' }), 'vault_approle_auth_backend_role').backend).toBe('theirs');
  expect(() => appRole({ mount: '' })).toThrow('stack/Ci: mount: must be where the log-in method is, got ""');
  expect(() => appRole({}, { path: 'a/' })).toThrow(
    'stack/Login: path: must be a path like secret or team/kv',
  );
});

it('refuses times that are none', () => {
  expect(() => appRole({ tokenTtlSeconds: 0 })).toThrow('stack/Ci: tokenTtlSeconds: must be a whole number');
  expect(() => appRole({ secretIdTtlSeconds: 0.5 })).toThrow(
    'stack/Ci: secretIdTtlSeconds: must be a whole number',
  );
  expect(() => appRole({ policies: [] })).toThrow(
    'stack/Ci: policies: must name at least one policy, got none',
  );
  expect(() => appRole({ name: '' })).toThrow('stack/Ci: name: must be a name of letters');
});
