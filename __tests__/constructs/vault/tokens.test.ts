import '../../../stacks/fast-tokens';
import { TerraformVariable } from 'cdktf';
import { AppRole } from '../../../constructs/vault/app-role';
import { TokenRole } from '../../../constructs/vault/token-role';
import { only } from '../../support/synthesized';
import { synthesizedVault } from '../../support/synthesized-vault';

it('takes names, policies and times that only Terraform knows', () => {
  const synth = synthesizedVault((stack) => {
    const variable = (name: string, type: string) => new TerraformVariable(stack, name, { type });
    new TokenRole(stack, 'Users', {
      name: variable('name', 'string').stringValue,
      policies: variable('policies', 'list(string)').listValue,
      maxTtlSeconds: variable('ttl', 'number').numberValue,
    });
    new AppRole(stack, 'Ci', {
      mount: 'approle',
      name: 'ci',
      policies: ['deploy', variable('extra', 'string').stringValue],
      tokenTtlSeconds: variable('token_ttl', 'number').numberValue,
      secretIdTtlSeconds: 60,
    });
  });
  expect(only(synth, 'vault_token_auth_backend_role')).toMatchObject({
    role_name: '${var.name}',
    allowed_policies: '${var.policies}',
    token_explicit_max_ttl: '${var.ttl}',
  });
  expect(only(synth, 'vault_approle_auth_backend_role')).toMatchObject({
    token_policies: ['deploy', '${var.extra}'],
    token_ttl: '${var.token_ttl}',
    token_max_ttl: '${var.token_ttl}',
  });
});

it('checks what of a list is known', () => {
  expect(() =>
    synthesizedVault((stack) => {
      const { stringValue } = new TerraformVariable(stack, 'extra', { type: 'string' });
      new TokenRole(stack, 'Users', { name: 'users', policies: [stringValue, 'root'] });
    }),
  ).toThrow('stack/Users: policies: must not hand out root');
});
