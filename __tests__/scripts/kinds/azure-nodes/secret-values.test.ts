import { nodeVariables } from '../../../../scripts/kinds/azure-nodes/secret-values';
import type { CredentialSession } from '../../../../scripts/kinds/kind';
import { tryLoad } from '../../../catalog/folder-of';
import { AZURE_NODES_CASES, azureNodes } from '../../../fixtures/azure-nodes';

async function variablesOf(text: string, before: NodeJS.ProcessEnv = {}): Promise<NodeJS.ProcessEnv> {
  const { loaded } = tryLoad({ 'lab.yml': text }, 'lab');
  if (loaded === undefined) throw new Error('no catalog');
  const session: CredentialSession = {
    simulated: true,
    vaults: {
      client: () => {
        throw new Error('nobody is asked in the sandbox');
      },
    } as never,
  };
  return (await nodeVariables(session, loaded))(before);
}

const SECRETS = AZURE_NODES_CASES['nodes-one'] ?? '';

test('a value for each secret that nodes fetch, by the group and its key', async () => {
  const { TF_VAR_registry_auth: values = '' } = await variablesOf(SECRETS);
  expect(JSON.parse(values)).toEqual({
    'workers/registry-user': 'simulated-secret',
    'workers/registry-password': 'simulated-secret',
    'workers/DB_PASSWORD': 'simulated-secret',
    'workers/docker-ca': 'simulated-secret',
    'workers/docker-certificate': 'simulated-secret',
    'workers/docker-key': 'simulated-secret',
  });
});

test('those of groups of other clouds stay', async () => {
  const before = { TF_VAR_registry_auth: '{"other/registry-user":"me"}' };
  const { TF_VAR_registry_auth: values = '' } = await variablesOf(SECRETS, before);
  expect(JSON.parse(values)).toMatchObject({
    'other/registry-user': 'me',
    'workers/registry-user': 'simulated-secret',
  });
});

test('none where nodes fetch none', async () => {
  expect(await variablesOf(azureNodes())).not.toHaveProperty('TF_VAR_registry_auth');
});
