import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { AzureSettings } from '../../../../catalog/kinds/azure/settings';
import { SecretReference } from '../../../../model/vault/secret-reference';
import {
  azureVariables,
  credentialVariables,
  ofOneWay,
  withCredentials,
} from '../../../../scripts/kinds/azure/credentials';
import { checkAzureCredentials } from '../../../../scripts/kinds/azure/credentials-check';
import { AZURE_REMEDIES } from '../../../../scripts/kinds/azure-network/remedies';
import type { CredentialSession } from '../../../../scripts/kinds/kind';
import { ServerTimes } from '../../../../scripts/kinds/server-times';
import type { Finding } from '../../../../scripts/report/finding';
import { azureEnvironment } from '../azure-network/azure-stack';

const ID = '00000000-1111-2222-3333-444444444444';
const OTHER = '99999999-1111-2222-3333-444444444444';

describe('credentials of Azure', () => {
  test('in Vault become the variables of the provider, and nothing of the user is mixed with them', async () => {
    const names = ['subscription_id', 'client_id', 'client_secret', 'tenant_id'];
    const references = Object.fromEntries(
      names.map((name) => [name, SecretReference.parse(`vault://secret/azure/${name}`)]),
    );
    const client = { read: async (reference: SecretReference) => `value of ${reference.path}` };
    const read = await credentialVariables(references, client);
    expect(read).toEqual({
      ARM_SUBSCRIPTION_ID: 'value of azure/subscription_id',
      ARM_CLIENT_ID: 'value of azure/client_id',
      ARM_CLIENT_SECRET: 'value of azure/client_secret',
      ARM_TENANT_ID: 'value of azure/tenant_id',
    });
    const user = {
      PATH: '/bin',
      ARM_CLIENT_ID: 'mine',
      ARM_CLIENT_CERTIFICATE_PATH: 'c.pfx',
      ARM_USE_MSI: 'true',
    };
    expect(withCredentials(user, read)).toEqual({ PATH: '/bin', ...read });
  });

  const ALL = { ARM_CLIENT_ID: ID, ARM_CLIENT_SECRET: 's', ARM_CLIENT_CERTIFICATE: 'c', ARM_USE_MSI: '1' };

  test.each([
    ['cli', 'ARM_USE_CLI'],
    ['msi', 'ARM_USE_MSI'],
    ['oidc', 'ARM_USE_OIDC'],
  ] as const)('of the way %s are those of no other way', (auth, on) => {
    const variables = ofOneWay(ALL, auth);
    const switches = Object.entries(variables).filter(([name]) => name.startsWith('ARM_USE_'));
    expect(switches.filter(([, value]) => value === 'true').map(([name]) => name)).toEqual([on]);
    expect(switches).toHaveLength(4);
    expect(variables.ARM_CLIENT_SECRET).toBeUndefined();
    expect(variables.ARM_CLIENT_CERTIFICATE).toBeUndefined();
    expect(variables.ARM_CLIENT_ID).toBe(ID);
  });

  test('of the environment are taken as they are, and the sandbox takes none away', async () => {
    expect(ofOneWay(ALL, 'environment')).toEqual(ALL);
    const session = { simulated: true } as CredentialSession;
    const { loaded } = azureEnvironment({ settings: { auth: 'cli' } });
    expect((await azureVariables(session, loaded))(ALL)).toEqual(ALL);
  });
});

describe('the check of the credentials of Azure', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(path.join(tmpdir(), 'kakehashi-azure-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  async function found(...asked: Parameters<typeof findings>): Promise<readonly string[]> {
    return (await findings(...asked)).map(
      ({ verdict, subject, found: text }) => `${verdict} ${subject}: ${text}`,
    );
  }

  function findings(
    settings: Partial<AzureSettings>,
    variables: NodeJS.ProcessEnv,
    more: { simulated?: boolean; withheld?: boolean } = {},
  ): Promise<readonly Finding[]> {
    return checkAzureCredentials({
      loaded: azureEnvironment({ settings }).loaded,
      simulated: false,
      withheld: false,
      variables: { HOME: home, PATH: path.join(home, 'bin'), ...variables },
      stop: new AbortController().signal,
      times: new ServerTimes(),
      ...more,
    });
  }

  /** Azure CLI with a login, as it notes one. */
  function withCli(...subscriptions: readonly object[]): void {
    mkdirSync(path.join(home, 'bin'));
    writeFileSync(path.join(home, 'bin/az'), '');
    if (subscriptions.length === 0) return;
    mkdirSync(path.join(home, '.azure'));
    writeFileSync(path.join(home, '.azure/azureProfile.json'), `\uFEFF${JSON.stringify({ subscriptions })}`);
  }
  const LOGIN = {
    id: ID,
    name: 'lab',
    tenantId: OTHER,
    isDefault: true,
    user: { name: 'alice@example.org' },
  };

  test('checks nothing in the sandbox, and says what it can not see', async () => {
    expect(await found({}, {}, { simulated: true })).toEqual([
      'noted Azure credentials: not checked: the sandbox needs none',
    ]);
    expect(await found({}, {}, { withheld: true })).toEqual([
      "noted Azure credentials: not checked: the catalog keeps them in Vault, where they can't be read now (see vault)",
    ]);
  });

  test('takes a client with a secret', async () => {
    const variables = {
      ARM_CLIENT_ID: ID,
      ARM_TENANT_ID: OTHER,
      ARM_CLIENT_SECRET: 'secret',
      ARM_SUBSCRIPTION_ID: ID,
    };
    expect(await found({}, variables)).toEqual([
      `passed Azure credentials: auth: environment: client ${ID}, with a secret (ARM_CLIENT_SECRET)`,
      `passed Azure subscription: ${ID} (ARM_SUBSCRIPTION_ID)`,
    ]);
  });

  test('names every variable that is missing', async () => {
    expect(await found({ subscriptionId: ID }, { ARM_CLIENT_SECRET: 'secret' })).toEqual([
      'failed Azure credentials: auth: environment, with ARM_CLIENT_SECRET, and without ARM_CLIENT_ID and ARM_TENANT_ID',
      `passed Azure subscription: ${ID} (providers.azurerm.subscription_id)`,
    ]);
    expect((await found({ subscriptionId: ID }, {}))[0]).toBe(
      'failed Azure credentials: auth: environment, and none of ARM_CLIENT_CERTIFICATE, ARM_CLIENT_CERTIFICATE_PATH, ARM_CLIENT_SECRET and ARM_CLIENT_SECRET_FILE_PATH is set',
    );
  });

  test('says where the provider falls back on Azure CLI', async () => {
    withCli(LOGIN);
    expect((await found({ subscriptionId: ID }, {}))[0]).toBe(
      'noted Azure credentials: auth: environment, and no variable has any: Terraform falls back on the login of Azure CLI',
    );
  });

  test('finds the login of Azure CLI and its subscription without running it', async () => {
    expect((await found({ auth: 'cli' }, {}))[0]).toBe(
      'failed Azure credentials: auth: cli, and no program az is on the path: Terraform asks it for each token',
    );
    withCli(LOGIN);
    expect(await found({ auth: 'cli', subscriptionId: ID }, {})).toEqual([
      'passed Azure credentials: auth: cli: alice@example.org, logged in with Azure CLI',
      `passed Azure subscription: ${ID} "lab" (providers.azurerm.subscription_id)`,
    ]);
    expect((await found({ auth: 'cli', subscriptionId: OTHER }, {}))[1]).toBe(
      `failed Azure subscription: ${OTHER} (providers.azurerm.subscription_id) is not among those of Azure CLI's login: ${ID} (lab)`,
    );
    expect((await found({ auth: 'cli' }, {}))[1]).toBe(
      `failed Azure subscription: none is named, and azurerm 4 needs one; Azure CLI's default is ${ID}, which is not taken`,
    );
  });

  test('says to which tenant to log in, where that is known', async () => {
    withCli(LOGIN);
    const helpsOf = async (settings: Partial<AzureSettings>, variables: NodeJS.ProcessEnv) =>
      (await findings({ auth: 'cli', subscriptionId: OTHER, ...settings }, variables)).flatMap(
        ({ fixes }) => fixes,
      );
    const line = (tenant: string) => `log in to its tenant: az login --tenant ${tenant}`;
    expect(await helpsOf({ tenantId: ID }, { ARM_TENANT_ID: OTHER })).toContain(line(ID));
    expect(await helpsOf({}, { ARM_TENANT_ID: OTHER })).toContain(line(OTHER));
    expect(await helpsOf({}, {})).toContain(line('TENANT'));
  });

  test('fails for an Azure CLI without a login', async () => {
    withCli();
    expect((await found({ auth: 'cli', subscriptionId: ID }, { AZURE_CONFIG_DIR: '/nowhere' }))[0]).toBe(
      'failed Azure credentials: auth: cli, and /nowhere/azureProfile.json has no login',
    );
  });

  test('wants a token for oidc', async () => {
    const ids = { clientId: ID, tenantId: OTHER, subscriptionId: ID };
    expect((await found({ auth: 'oidc', ...ids }, {}))[0]).toMatch(
      /^failed Azure credentials: auth: oidc, and there is no token: none of ARM_OIDC_TOKEN, /,
    );
    const github = {
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 't',
      ACTIONS_ID_TOKEN_REQUEST_URL: 'https://example.org',
    };
    expect((await found({ auth: 'oidc', ...ids }, github))[0]).toBe(
      'passed Azure credentials: auth: oidc: a token by ACTIONS_ID_TOKEN_REQUEST_TOKEN and ACTIONS_ID_TOKEN_REQUEST_URL',
    );
    expect((await found({ auth: 'oidc', subscriptionId: ID }, github))[0]).toBe(
      'failed Azure credentials: auth: oidc, and without ARM_CLIENT_ID and ARM_TENANT_ID',
    );
  });

  test('refuses ids that are none, and notes another subscription in the environment', async () => {
    const variables = {
      ARM_CLIENT_ID: 'name',
      ARM_TENANT_ID: OTHER,
      ARM_CLIENT_SECRET: 's',
      ARM_SUBSCRIPTION_ID: OTHER,
    };
    const [, subscription, shape] = await found({ subscriptionId: ID }, variables);
    expect(subscription).toBe(
      `noted Azure subscription: ${ID} (providers.azurerm.subscription_id); ARM_SUBSCRIPTION_ID names another one (${OTHER})`,
    );
    expect(shape).toBe(
      'failed ARM_CLIENT_ID: must be an id, 8-4-4-4-12 hexadecimal digits; it has 4 characters',
    );
    expect((await found({ auth: 'msi' }, { ARM_SUBSCRIPTION_ID: 'lab' }))[1]).toBe(
      'failed Azure subscription: ARM_SUBSCRIPTION_ID must be an id, 8-4-4-4-12 hexadecimal digits',
    );
  });
});

describe('what is known about errors of Azure', () => {
  const linesOf = (error: string) =>
    AZURE_REMEDIES.filter((one) => one.error.test(error)).map(({ line }) =>
      typeof line === 'string' ? line : line(error),
    );

  test.each([
    ['AADSTS7000215: Invalid client secret provided.', /the client secret is wrong/],
    ['AADSTS7000222: The provided client secret keys are expired.', /the client secret has expired/],
    ['StatusCode=403 -- Code="AuthorizationFailed"', /the login lacks a role/],
    [
      "AuthorizationFailed: … does not have authorization to perform action 'Microsoft.Network/connections/sharedKey/action'",
      /the role needs Microsoft\.Network\/connections\/sharedKey\/action/,
    ],
    [
      'MissingSubscriptionRegistration: The subscription is not registered to use namespace',
      /az provider register/,
    ],
    [
      'AnotherOperationInProgress: Another operation on this or dependent resource is in progress.',
      /wait some minutes/,
    ],
    ['InvalidGatewaySkuSpecifiedForGatewayDeploymentType', /VpnGw1 → VpnGw1AZ/],
    ['VirtualNetworkGatewaySkuCannotBeCreatedForSpecifiedVmGeneration', /generation: auto/],
    ['VmssVpnGatewayPublicIpsMustHaveZonesConfigured', /zones: \[1, 2, 3\]/],
    ['LocationNotSupportAvailabilityZones', /zones: \[\]/],
    ['PublicIPCountLimitReached', /a quota of the subscription/],
    ['InUseSubnetCannotBeUpdated', /network interfaces are in the subnet/],
    [
      'updating Connection (Subscription: "x"): polling after CreateOrUpdate: context deadline exceeded',
      /run the same command again/,
    ],
  ])('is one line for %s', (error, line) => {
    expect(linesOf(error)).toEqual([expect.stringMatching(line)]);
  });

  const LATE = 'polling after CreateOrUpdate: context deadline exceeded';

  test.each([
    ['Virtual Network Gateway', 'lab-azure-default-gateway', 'vnet-gateway'],
    ['Connection', 'lab-azure-default', 'vpn-connection'],
  ])('names the %s that Azure may still work on', (noun, name, kind) => {
    const id = `Subscription: "x"\nResource Group Name: "lab-default"\n${noun} Name: "${name}"`;
    expect(linesOf(`creating ${noun} (${id}): ${LATE}`)).toEqual([
      `Terraform has waited longer than create.timeouts allows; Azure may be done by now or go on: wait until this prints Succeeded: az network ${kind} show --resource-group lab-default --name ${name} --query provisioningState --output tsv, then run the same command again, which goes on from what is there`,
    ]);
  });

  test('is nothing for errors of others', () => {
    expect(linesOf('api error InvalidParameterValue: context deadline exceeded')).toEqual([]);
  });
});
