import '../../stacks/fast-tokens';
import type { Loaded } from '../../catalog/environment/catalog';
import { azureCatalog } from '../fixtures/azure-catalog';
import { temporaryFolder } from '../support/catalog-folder';
import { loadedFrom } from '../support/loaded';
import { synthesizedCatalog } from '../support/synthesized-catalog';

const ID = '12345678-1234-9876-4563-123456789012';
const OTHER = '87654321-1234-9876-4563-123456789012';
const catalog = (keys: string): string =>
  `${azureCatalog('none').replace(/^providers: .*$/m, `providers: { azurerm: { ${keys} } }`)}vault: { address: 'https://10.0.2.15:8443' }\n`;

/** The provider's block in Terraform, and its version. */
function providerOf(keys: string): { readonly block: unknown; readonly version: unknown } {
  const { stacks } = synthesizedCatalog(temporaryFolder({ 'lab.yml': catalog(keys) }), ['lab']);
  const { provider, terraform } = stacks['lab-azure-default'] as unknown as {
    provider: { azurerm: readonly unknown[] };
    terraform: { required_providers: { azurerm: { version: string } } };
  };
  return { block: provider.azurerm[0], version: terraform.required_providers.azurerm.version };
}

const settingsOf = (loaded: Loaded) => loaded.catalog.kinds['azure-network']?.settings;

/** azurerm 4 would register dozens of providers of resources, and azurerm 5 registers none. */
const REGISTERED = {
  resource_provider_registrations: 'none',
  resource_providers_to_register: ['Microsoft.Network', 'Microsoft.Compute'],
};

it('registers the two namespaces that are used, and takes the log-in of the environment', () => {
  expect(providerOf('')).toEqual({
    block: { ...REGISTERED, features: [{}], use_cli: false, use_msi: false, use_oidc: false },
    version: '~> 4.55',
  });
});

it.each([
  ['cli', { use_cli: true, use_msi: false, use_oidc: false }],
  ['msi', { use_cli: false, use_msi: true, use_oidc: false }],
  ['oidc', { use_cli: false, use_msi: false, use_oidc: true }],
  ['environment', { use_cli: false, use_msi: false, use_oidc: false }],
] as const)('logs in with %s and nothing else', (auth, switches) => {
  expect(providerOf(`auth: ${auth}`).block).toEqual({ ...REGISTERED, features: [{}], ...switches });
});

it('has the ids and the version that the catalog gives', () => {
  const { block, version } = providerOf(
    `version: '>= 4.60.1, < 4.70', subscription_id: ${ID}, tenant_id: ${OTHER}, client_id: ${ID.toUpperCase()}`,
  );
  expect(block).toMatchObject({ subscription_id: ID, tenant_id: OTHER, client_id: ID.toUpperCase() });
  expect(version).toBe('>= 4.60.1, < 4.70');
});

it('has no id and no secret that is kept elsewhere: the driver reads them', () => {
  const keys =
    'subscription_id: vault://secret/azure/subscription_id, tenant_id: vault://secret/azure/tenant_id, client_id: vault://secret/azure/client_id, client_secret: vault://secret/azure/client_secret';
  const { block } = providerOf(keys);
  expect(block).toEqual({ ...REGISTERED, features: [{}], use_cli: false, use_msi: false, use_oidc: false });
  const loaded = loadedFrom(catalog(keys));
  expect(
    Object.fromEntries(
      Object.entries(settingsOf(loaded)?.credentials ?? {}).map(([name, reference]) => [
        name,
        String(reference),
      ]),
    ),
  ).toEqual({
    subscription_id: 'vault://secret/azure/subscription_id',
    tenant_id: 'vault://secret/azure/tenant_id',
    client_id: 'vault://secret/azure/client_id',
    client_secret: 'vault://secret/azure/client_secret',
  });
  expect(loaded.catalog.credentials.azure).toBe(settingsOf(loaded)?.credentials);
});

it('keeps an id of the catalog beside those that are kept elsewhere', () => {
  const settings = settingsOf(
    loadedFrom(catalog(`subscription_id: ${ID}, client_secret: vault://secret/azure/client_secret`)),
  );
  expect(settings).toMatchObject({ subscriptionId: ID, auth: 'environment' });
  expect(Object.keys(settings?.credentials ?? {})).toEqual(['client_secret']);
});

it('knows of no credentials where none are named', () => {
  const loaded = loadedFrom(catalog(`subscription_id: ${ID}, auth: cli`));
  expect(settingsOf(loaded)).toEqual({ version: '~> 4.55', auth: 'cli', subscriptionId: ID });
  expect(loaded.catalog.credentials).not.toHaveProperty('azure');
});
