import '../../../stacks/fast-tokens';
import { NodeIdentity } from '../../../constructs/azure/node-identity';
import { StoredSecrets, type StoredSecretsProps, secretUrl } from '../../../constructs/azure/stored-secrets';
import { only, plainAddresses, type Synthesized } from '../../support/synthesized';
import { synthesizedAzure } from '../../support/synthesized-azure';
import { groupIn } from './node-lab';

const build = (props: Partial<StoredSecretsProps> = {}): Synthesized =>
  synthesizedAzure((stack) => {
    const resourceGroup = groupIn(stack);
    StoredSecrets.valuesVariable(stack);
    new StoredSecrets(stack, 'Secrets', {
      resourceGroup,
      name: 'kkh-0123456789',
      identity: new NodeIdentity(stack, 'Identity', { resourceGroup, name: 'lab-nodes-workers' }),
      secrets: { 'registry-user': { value: 'workers/registry-user', version: 7 } },
      ...props,
    });
  });

it('writes values that are in no state, and says which Terraform can', () => {
  const synth = build();
  expect(plainAddresses(synth).filter((address) => address.includes('key_vault'))).toEqual([
    'azurerm_key_vault.Secrets',
    'azurerm_key_vault_secret.Secrets_registry-user',
  ]);
  expect(only(synth, 'azurerm_key_vault_secret')).toEqual({
    content_type: 'text/plain',
    key_vault_id: expect.stringMatching(/^\$\{azurerm_key_vault\.Secrets_[0-9A-F]{8}\.id\}$/),
    name: 'registry-user',
    value_wo: '${lookup(var.registry_auth, "workers/registry-user", null)}',
    value_wo_version: 7,
  });
  expect(synth.terraform).toMatchObject({ required_version: '>= 1.11.0' });
  expect(Object.values(synth.variable as object)).toEqual([
    expect.objectContaining({ ephemeral: true, sensitive: true, nullable: false, default: {} }),
  ]);
});

it('lets the login write and the nodes read, and nobody else', () => {
  expect(only(build({ tags: { owner: 'team' } }), 'azurerm_key_vault')).toMatchObject({
    name: 'kkh-0123456789',
    sku_name: 'standard',
    soft_delete_retention_days: 7,
    tags: { owner: 'team' },
    access_policy: [
      {
        object_id: expect.stringContaining('data.azurerm_client_config.Secrets_Login'),
        secret_permissions: ['Get', 'Set', 'Delete', 'Recover', 'Purge'],
        key_permissions: [],
      },
      {
        object_id: expect.stringContaining('azurerm_user_assigned_identity.Identity'),
        secret_permissions: ['Get'],
        key_permissions: [],
      },
    ],
  });
});

it.each<[string, Partial<StoredSecretsProps>]>([
  ['name: must be 3 to 24 letters, digits and -, beginning with a letter, got k1', { name: 'k1' }],
  [
    `name: must be 3 to 24 letters, digits and -, beginning with a letter, got ${'k'.repeat(25)}`,
    { name: 'k'.repeat(25) },
  ],
  [
    'secrets: names must be of letters, digits and -, got a_b',
    { secrets: { a_b: { value: 'a', version: 1 } } },
  ],
])('refuses %s', (message, props) => {
  expect(() => build(props)).toThrow(`stack/Secrets: ${message}`);
});

it('takes names of 3 and of 24 characters', () => {
  for (const name of ['kkh', 'k'.repeat(24)]) expect(() => build({ name })).not.toThrow();
});

it('tells nodes where a secret is', () => {
  expect(secretUrl('kkh-1', 'a')).toBe('https://kkh-1.vault.azure.net/secrets/a');
});
