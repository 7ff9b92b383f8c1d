import { homedir } from 'node:os';
import { listed } from '../../../base/text/listed';
import { visibleText } from '../../../base/visible-text';
import type { AzureSettings } from '../../../catalog/kinds/azure/settings';
import { type Finding, failed, noted, passed } from '../../report/finding';
import type { CredentialExamination } from '../kind';
import { notChecked } from '../not-checked';
import { cliSubscriptions, hasCli, profileFile } from './cli-profile';

const SUBJECT = 'Azure credentials';
const SUBSCRIPTION = 'Azure subscription';
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What proves that a client is who it says: the provider takes the first of these. */
const PROOFS = [
  ['ARM_CLIENT_CERTIFICATE', 'a certificate'],
  ['ARM_CLIENT_CERTIFICATE_PATH', 'a certificate'],
  ['ARM_CLIENT_SECRET', 'a secret'],
  ['ARM_CLIENT_SECRET_FILE_PATH', 'a secret'],
] as const;

/** Where a token of a pipeline comes from: one of these, whose variables are all set. */
const TOKENS = [
  ['ARM_OIDC_TOKEN'],
  ['ARM_OIDC_TOKEN_FILE_PATH'],
  ['ARM_OIDC_REQUEST_TOKEN', 'ARM_OIDC_REQUEST_URL'],
  ['ACTIONS_ID_TOKEN_REQUEST_TOKEN', 'ACTIONS_ID_TOKEN_REQUEST_URL'],
  ['SYSTEM_ACCESSTOKEN', 'ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID'],
] as const;

/**
 * Checks by which way Terraform's provider will log in to Azure, whether what that way needs is there, and the subscription.
 * Nobody is asked: it looks at variables, and at the file in which Azure CLI notes its logins.
 */
export async function checkAzureCredentials(examination: CredentialExamination): Promise<readonly Finding[]> {
  const { loaded, simulated, withheld, variables } = examination;
  const unchecked = notChecked(SUBJECT, { simulated, withheld });
  if (unchecked !== undefined) return [unchecked];
  const settings = loaded.catalog.kinds['azure-network']?.settings;
  if (settings === undefined) return [];
  return [login(settings, variables), ...subscription(settings, variables), ...shapes(settings, variables)];
}

function login(settings: AzureSettings, variables: NodeJS.ProcessEnv): Finding {
  switch (settings.auth) {
    case 'cli':
      return cli(variables);
    case 'msi':
      return noted(
        SUBJECT,
        'auth: msi: the managed identity of the machine on which Terraform runs; not checked, because only Azure can tell',
      );
    case 'oidc':
      return oidc(settings, variables);
    case 'environment':
      return fromEnvironment(settings, variables);
  }
}

function cli(variables: NodeJS.ProcessEnv): Finding {
  const login = 'log in: az login';
  if (!hasCli(variables))
    return failed(
      SUBJECT,
      'auth: cli, and no program az is on the path: Terraform asks it for each token',
      'install Azure CLI',
      'name another way: providers.azurerm.auth: environment',
    );
  const file = profileFile(variables);
  const users = [...new Set(cliSubscriptions(file).map(({ user }) => visibleText(user)))].filter(Boolean);
  if (users.length === 0)
    return failed(SUBJECT, `auth: cli, and ${file.replace(homedir(), '~')} has no login`, login);
  return passed(SUBJECT, `auth: cli: ${listed(users)}, logged in with Azure CLI`);
}

function oidc(settings: AzureSettings, variables: NodeJS.ProcessEnv): Finding {
  const missing = [...client(settings, variables), ...tenant(settings, variables)];
  const source = TOKENS.find((names) => names.every((name) => isSet(variables, name)));
  if (source === undefined)
    return failed(
      SUBJECT,
      `auth: oidc, and there is no token: none of ${listed(TOKENS.map((names) => names.join(' with ')))} is set`,
      'GitHub Actions: permissions: { id-token: write }',
      'set ARM_OIDC_TOKEN_FILE_PATH',
    );
  if (missing.length > 0) return incomplete('auth: oidc', missing);
  return passed(SUBJECT, `auth: oidc: a token by ${source.join(' and ')}`);
}

function fromEnvironment(settings: AzureSettings, variables: NodeJS.ProcessEnv): Finding {
  const proof = PROOFS.find(([name]) => isSet(variables, name));
  const from = settings.credentials?.client_secret === undefined ? proof?.[0] : 'Vault';
  if (proof !== undefined) {
    const missing = [...client(settings, variables), ...tenant(settings, variables)];
    if (missing.length > 0) return incomplete(`auth: environment, with ${proof[0]}`, missing);
    const who = settings.clientId ?? variables.ARM_CLIENT_ID ?? `as in ${variables.ARM_CLIENT_ID_FILE_PATH}`;
    return passed(SUBJECT, `auth: environment: client ${visibleText(who)}, with ${proof[1]} (${from})`);
  }
  for (const [name, auth] of [
    ['ARM_USE_OIDC', 'oidc'],
    ['ARM_USE_MSI', 'msi'],
  ] as const) {
    if (variables[name]?.toLowerCase() === 'true' || variables[name] === '1')
      return login({ ...settings, auth }, variables);
  }
  const set = ['ARM_CLIENT_ID', 'ARM_TENANT_ID'].filter((name) => isSet(variables, name));
  const isLoggedIn = hasCli(variables) && cliSubscriptions(profileFile(variables)).length > 0;
  if (set.length === 0 && isLoggedIn)
    return noted(
      SUBJECT,
      'auth: environment, and no variable has any: Terraform falls back on the login of Azure CLI',
      'say so: providers.azurerm.auth: cli',
    );
  return failed(
    SUBJECT,
    `auth: environment, and none of ${listed(PROOFS.map(([name]) => name))} is set`,
    'set ARM_CLIENT_ID, ARM_TENANT_ID and ARM_CLIENT_SECRET',
    'log in with az login, and write providers.azurerm.auth: cli',
  );
}

/** In azurerm 4 a subscription has to be named; Azure CLI's default one is not taken. */
function subscription(settings: AzureSettings, variables: NodeJS.ProcessEnv): readonly Finding[] {
  const { subscriptionId, tenantId, auth } = settings;
  const variable = variables.ARM_SUBSCRIPTION_ID;
  const id = subscriptionId ?? variable ?? '';
  const known = auth === 'cli' ? cliSubscriptions(profileFile(variables)) : [];
  const setIt = ['write providers.azurerm.subscription_id', 'set ARM_SUBSCRIPTION_ID'] as const;
  if (id === '') {
    const standard = known.find(({ isDefault }) => isDefault);
    const hint = standard === undefined ? '' : `; Azure CLI's default is ${standard.id}, which is not taken`;
    return [failed(SUBSCRIPTION, `none is named, and azurerm 4 needs one${hint}`, ...setIt)];
  }
  const from = subscriptionId === undefined ? 'ARM_SUBSCRIPTION_ID' : 'providers.azurerm.subscription_id';
  if (!ID.test(id))
    return [failed(SUBSCRIPTION, `${from} must be an id, 8-4-4-4-12 hexadecimal digits`, ...setIt)];
  const isOther = subscriptionId !== undefined && isSet(variables, 'ARM_SUBSCRIPTION_ID') && variable !== id;
  const other = isOther ? `; ARM_SUBSCRIPTION_ID names another one (${visibleText(variable ?? '')})` : '';
  const own = known.find((candidate) => candidate.id.toLowerCase() === id.toLowerCase());
  if (known.length > 0 && own === undefined)
    return [
      failed(
        SUBSCRIPTION,
        `${id} (${from}) is not among those of Azure CLI's login: ${listed(known.map((one) => `${one.id} (${visibleText(one.name)})`))}`,
        `log in to its tenant: az login --tenant ${tenantId ?? (variables.ARM_TENANT_ID || 'TENANT')}`,
        'correct the id',
      ),
    ];
  const name = own === undefined ? '' : ` "${visibleText(own.name)}"`;
  const text = `${id}${name} (${from})${other}`;
  return [isOther ? noted(SUBSCRIPTION, text) : passed(SUBSCRIPTION, text)];
}

/** Ids that can't be ids. Their values are shown, because no id is a secret. */
function shapes({ clientId, tenantId }: AzureSettings, variables: NodeJS.ProcessEnv): readonly Finding[] {
  const ids = [
    ...(clientId === undefined ? ['ARM_CLIENT_ID'] : []),
    ...(tenantId === undefined ? ['ARM_TENANT_ID'] : []),
  ];
  return ids.flatMap((name) => {
    const value = variables[name] ?? '';
    if (value === '' || ID.test(value)) return [];
    const must = 'must be an id, 8-4-4-4-12 hexadecimal digits';
    return [failed(name, `${must}; it has ${value.length} characters`, `correct ${name}`)];
  });
}

function client({ clientId }: AzureSettings, variables: NodeJS.ProcessEnv): readonly string[] {
  const has =
    clientId !== undefined ||
    isSet(variables, 'ARM_CLIENT_ID') ||
    isSet(variables, 'ARM_CLIENT_ID_FILE_PATH');
  return has ? [] : ['ARM_CLIENT_ID'];
}

function tenant({ tenantId }: AzureSettings, variables: NodeJS.ProcessEnv): readonly string[] {
  return tenantId !== undefined || isSet(variables, 'ARM_TENANT_ID') ? [] : ['ARM_TENANT_ID'];
}

function incomplete(way: string, missing: readonly string[]): Finding {
  const keys = missing.map((name) => `providers.azurerm.${name.slice('ARM_'.length).toLowerCase()}`);
  return failed(
    SUBJECT,
    `${way}, and without ${listed(missing)}`,
    `set ${listed(missing)}`,
    `write ${listed(keys)}`,
  );
}

function isSet(variables: NodeJS.ProcessEnv, name: string): boolean {
  return (variables[name] ?? '') !== '';
}
