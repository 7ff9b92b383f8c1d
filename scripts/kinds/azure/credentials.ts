import type { Loaded } from '../../../catalog/environment/catalog';
import type { AzureSettings } from '../../../catalog/kinds/azure/settings';
import type { VaultClient } from '../../../vault/client';
import type { CredentialSession, VariableChange } from '../kind';

type Auth = AzureSettings['auth'];

/** Variables of Terraform's provider, by the names that VCP's SDK gives the credentials. */
const VARIABLES: Readonly<Record<string, string>> = {
  subscription_id: 'ARM_SUBSCRIPTION_ID',
  client_id: 'ARM_CLIENT_ID',
  client_secret: 'ARM_CLIENT_SECRET',
  tenant_id: 'ARM_TENANT_ID',
};

/** A certificate, which the provider tries before a secret. */
const CERTIFICATE = [
  'ARM_CLIENT_CERTIFICATE',
  'ARM_CLIENT_CERTIFICATE_PATH',
  'ARM_CLIENT_CERTIFICATE_PASSWORD',
];
/** A client's own proofs, which the provider tries before OIDC, a managed identity and Azure CLI. */
const PROOFS = [...CERTIFICATE, 'ARM_CLIENT_SECRET', 'ARM_CLIENT_SECRET_FILE_PATH'];
const SWITCHES = ['ARM_USE_OIDC', 'ARM_USE_AKS_WORKLOAD_IDENTITY', 'ARM_USE_MSI', 'ARM_USE_CLI'];

/** Variables that the provider would prefer to credentials of Vault, or mix with them. */
const WINNING = [...CERTIFICATE, ...SWITCHES, 'ARM_CLIENT_ID_FILE_PATH', 'ARM_CLIENT_SECRET_FILE_PATH'];

/**
 * What the provider needs of the credentials: those that the catalog keeps in Vault, and of the user's variables only those of
 * the way that `providers.azurerm.auth` names, so that no other one comes first. The sandbox needs none.
 */
export async function azureVariables(
  { simulated, vaults }: CredentialSession,
  { catalog }: Loaded,
): Promise<VariableChange> {
  const settings = catalog.kinds['azure-network']?.settings;
  if (simulated || settings === undefined) return (variables) => variables;
  const { credentials } = settings;
  const { vault } = catalog.kinds;
  if (credentials === undefined || vault === undefined)
    return (variables) => ofOneWay(variables, settings.auth);
  const read = await credentialVariables(credentials, await vaults.client(vault));
  return (variables) => withCredentials(variables, read);
}

/**
 * Reads the credentials, as the variables that the provider reads. Each value is added to the masks.
 *
 * @throws VaultError that names every reference which can't be read
 */
export async function credentialVariables(
  credentials: NonNullable<AzureSettings['credentials']>,
  client: Pick<VaultClient, 'read'>,
): Promise<Record<string, string>> {
  const { readAll } = require('../../../vault/read-all') as typeof import('../../../vault/read-all');
  const named = Object.entries(credentials).flatMap(([name, reference]) => {
    const variable = VARIABLES[name];
    return variable === undefined ? [] : [[variable, reference] as const];
  });
  return readAll(client, Object.fromEntries(named));
}

/** The variables with these credentials, without those that would take their place or be mixed with them. */
export function withCredentials(
  variables: NodeJS.ProcessEnv,
  credentials: Readonly<Record<string, string>>,
): NodeJS.ProcessEnv {
  return { ...without(variables, WINNING), ...credentials };
}

/** The variables of one way to log in. `environment` takes all that there is, in the provider's own order. */
export function ofOneWay(variables: NodeJS.ProcessEnv, auth: Auth): NodeJS.ProcessEnv {
  if (auth === 'environment') return variables;
  const on = { cli: 'ARM_USE_CLI', msi: 'ARM_USE_MSI', oidc: 'ARM_USE_OIDC' }[auth];
  const others = SWITCHES.filter((name) => name !== on);
  const off = Object.fromEntries(others.map((name) => [name, 'false']));
  return { ...without(variables, PROOFS), ...off, [on]: 'true' };
}

function without(variables: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !names.includes(name)));
}
