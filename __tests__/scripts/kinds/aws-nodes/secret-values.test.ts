import { nodeVariables } from '../../../../scripts/kinds/aws-nodes/secret-values';
import type { CredentialSession } from '../../../../scripts/kinds/kind';
import { nodeCatalog } from '../../../fixtures/node-catalog';
import { loadedFrom } from '../../../support/loaded';

const SIMULATED = { simulated: true } as CredentialSession;

test('the values of all groups are in one variable, by group and key; in the sandbox no Vault is asked', async () => {
  const keys =
    "registry: { host: harbor.example.org, user: 'vault://secret/user', password: 'vault://secret/password' }, params: { e: [DB=vault://secret/db] }";
  const vault = "vault: { address: 'https://vault.example.org:8200', mounts: { secret: {} } }\n";
  const change = await nodeVariables(SIMULATED, loadedFrom(`${nodeCatalog(keys)}${vault}`));
  const { TF_VAR_registry_auth: values, ...others } = change({ HOME: '/home/lab' });
  expect(others).toEqual({ HOME: '/home/lab' });
  expect(JSON.parse(values ?? '')).toEqual({
    'workers/registry-user': 'simulated-secret',
    'workers/registry-password': 'simulated-secret',
    'workers/DB': 'simulated-secret',
  });
});

test('groups without secrets have no such variable', async () => {
  const change = await nodeVariables(SIMULATED, loadedFrom(nodeCatalog()));
  expect(change({})).toEqual({});
});
