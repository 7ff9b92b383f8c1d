import { readFileSync } from 'node:fs';
import { AzureCloud } from './azure-cloud';
import { makeNetwork } from './azure-network';
import { idIn } from './azure-nodes';

let cloud: AzureCloud;
beforeEach(async () => {
  cloud = await AzureCloud.start();
  await makeNetwork(cloud.azure);
  await cloud.azure.make('key_vault', VAULT);
});
afterEach(() => cloud.stop());

const VAULT = {
  resource_group_name: 'lab',
  location: 'japaneast',
  name: 'dev-pool',
  sku_name: 'standard',
  tenant_id: '00000000-0000-4000-9000-000000000000',
  rbac_authorization_enabled: true,
};
const VAULT_ID = idIn('KeyVault', 'vaults', 'dev-pool');

it('makes a secret of a value, and a new version of another one', async () => {
  const given = { name: 'token', key_vault_id: VAULT_ID, value: 'one' };
  const made = await cloud.azure.make('key_vault_secret', given);
  expect(made.versionless_id).toBe('https://dev-pool.vault.azure.net/secrets/token');
  expect(made.id).toBe(`${made.versionless_id}/${made.version}`);
  const changed = await cloud.azure.update('key_vault_secret', made, { ...given, value: 'two' });
  expect(changed.state?.version).not.toBe(made.version);
  expect((await cloud.azure.create('key_vault_secret', { ...given, value: 'three' })).refused).toContain(
    'already exists - to be managed via Terraform',
  );
});

it('demands a value in one of two ways', async () => {
  const given = { name: 'token', key_vault_id: VAULT_ID };
  expect((await cloud.azure.create('key_vault_secret', given)).refused).toContain(
    '"value": one of `value,value_wo` must be specified',
  );
});

it('keeps no write-only value', async () => {
  await cloud.azure.client.apply(
    'azurerm_key_vault_secret',
    null,
    { name: 'token', key_vault_id: VAULT_ID, value_wo: null, value_wo_version: 1 },
    { name: 'token', key_vault_id: VAULT_ID, value_wo: 'a-secret-of-the-pool', value_wo_version: 1 },
  );
  expect(cloud.names('key_vault_secret')).toEqual(['token']);
  expect(readFileSync(cloud.objectsFile, 'utf8')).not.toContain('a-secret-of-the-pool');
});

it('is deleted with its secrets', async () => {
  const secret = await cloud.azure.make('key_vault_secret', {
    name: 'token',
    key_vault_id: VAULT_ID,
    value: 'x',
  });
  const vault = await cloud.azure.read('key_vault', VAULT_ID);
  expect(vault?.vault_uri).toBe('https://dev-pool.vault.azure.net/');
  expect(await cloud.azure.delete('key_vault', vault)).toBe('');
  expect(await cloud.azure.read('key_vault_secret', String(secret.id))).toBeNull();
});
