import '../../../stacks/fast-tokens';
import { WriteOnlySecret, type WriteOnlySecretProps } from '../../../constructs/vault/write-only-secret';
import { only, plainAddresses } from '../../support/synthesized';
import { synthesizedVault } from '../../support/synthesized-vault';

const build = (props: Partial<WriteOnlySecretProps>) =>
  synthesizedVault((stack) => {
    new WriteOnlySecret(stack, 'Key', {
      mount: { path: 'kv', version: 2 },
      path: 'aws/access_key',
      variable: 'access_key',
      ...props,
    });
  });

it('writes an ephemeral variable into a write-only attribute, in the field value', () => {
  const synth = build({});
  expect(plainAddresses(synth)).toEqual(['vault_kv_secret_v2.Key']);
  expect(only(synth, 'vault_kv_secret_v2')).toEqual({
    mount: 'kv',
    name: 'aws/access_key',
    data_json_wo: '${jsonencode({ value = var.access_key })}',
    data_json_wo_version: 1,
  });
  expect(synth.variable).toEqual({
    access_key: {
      type: 'string',
      sensitive: true,
      nullable: false,
      ephemeral: true,
      description: 'Value of kv/aws/access_key',
    },
  });
});

it('requires the Terraform that has such attributes', () => {
  expect(build({}).terraform).toMatchObject({ required_version: '>= 1.11.0' });
});

it('writes a new value where the revision counts up', () => {
  expect(only(build({ revision: 2 }), 'vault_kv_secret_v2').data_json_wo_version).toBe(2);
  for (const revision of [0, 1.5]) {
    expect(() => build({ revision })).toThrow(
      `stack/Key: revision: must be a whole number from 1 on, got ${revision}`,
    );
  }
});

it('refuses KV v1, whose secrets would lie in the state', () => {
  expect(() => build({ mount: { path: 'secret', version: 1 } })).toThrow(
    'stack/Key: mount: must be of KV v2, because v1 would keep the value in the state; write it with the driver',
  );
});

it('refuses what is no path of a secret, and no name of a variable', () => {
  for (const path of ['', '/a', 'a/', 'a b', '..', '${x}']) {
    expect(() => build({ path })).toThrow(
      `stack/Key: path: must be a path like aws/access_key, got ${JSON.stringify(path)}`,
    );
  }
  for (const variable of ['', 'Key', '1a', 'a-b', 'a} ${x']) {
    expect(() => build({ variable })).toThrow(
      `stack/Key: variable: must be a name of small letters, digits and _, got ${JSON.stringify(variable)}`,
    );
  }
});
