import type { Loaded } from '../../catalog/environment/catalog';
import { CatalogError } from '../../catalog/ground/catalog-error';
import { type Finding, failedBy, noted } from '../report/finding';
import type { Check, Examination } from './check';
import { checkPermissions } from './vault-permissions';
import { checkSecrets } from './vault-secrets';
import { checkServer, placeOf } from './vault-server';
import { checkToken } from './vault-token';

/** Checks that the catalog's Vault answers, and that the token may do there what the catalog needs. */
export const VAULT_CHECK: Check = {
  name: 'vault',
  look: async (examination) => {
    const { catalog } = examination;
    if (catalog instanceof CatalogError) return [noted('vault', 'not checked: the catalog is not valid')];
    return lookAtVault(examination, catalog);
  },
};

async function lookAtVault(examination: Examination, loaded: Loaded): Promise<readonly Finding[]> {
  const { vault } = loaded.catalog.kinds;
  if (vault === undefined)
    return [noted('vault', 'the catalog has no section vault: credentials come from environment variables')];
  const server = await checkServer(examination, vault);
  // The first is about whether it can be asked anything.
  if (server[0]?.verdict === 'failed')
    return [...server, noted('token, permissions, secrets', 'not checked: the server is not ready')];
  const { findings, client } = await checkToken(examination, loaded, vault);
  const until = [...server, ...findings];
  if (client === undefined)
    return [...until, noted('permissions, secrets', 'not checked: there is no token')];
  try {
    const permissions = await checkPermissions(client, loaded, vault);
    const secrets = await checkSecrets(client, loaded, examination.settings.sandbox);
    return [...until, ...permissions, ...secrets];
  } catch (error) {
    return [...until, failedBy(error, 'secrets', placeOf(vault))];
  }
}
