import { azureCatalog } from '../../fixtures/azure-catalog';
import { NOT_RECORDED, type WrongCatalog } from './table';

const ID = '12345678-1234-9876-4563-123456789012';

/** The keys of `providers.azurerm`, in line 2. */
const withProvider = (name: string, keys: string, ...problems: readonly string[]): WrongCatalog => ({
  name,
  azure: NOT_RECORDED,
  text: azureCatalog().replace(/^providers: .*$/m, `providers: { azurerm: { ${keys} } }`),
  problems,
});

/** `providers.azurerm`. */
export const PROVIDER: readonly WrongCatalog[] = [
  withProvider('a provider before 4.55', "version: '~> 4.54'", '2:34 bad-value providers.azurerm.version'),
  withProvider(
    'a provider of the major version before',
    "version: '~> 3.117'",
    '2:34 bad-value providers.azurerm.version',
  ),
  withProvider(
    'a provider of the next major version',
    "version: '~> 5.0'",
    '2:34 bad-value providers.azurerm.version',
  ),
  withProvider(
    'a constraint that lets the next major version in',
    "version: '>= 4.55'",
    '2:34 bad-value providers.azurerm.version',
  ),
  withProvider('a constraint that is none', 'version: latest', '2:34 bad-value providers.azurerm.version'),
  withProvider(
    'a subscription by its name',
    'subscription_id: lab',
    '2:42 bad-value providers.azurerm.subscription_id',
  ),
  withProvider(
    'a subscription with braces',
    `subscription_id: '{${ID}}'`,
    '2:42 bad-value providers.azurerm.subscription_id',
  ),
  withProvider(
    'a subscription with its path',
    `subscription_id: /subscriptions/${ID}`,
    '2:42 bad-value providers.azurerm.subscription_id',
  ),
  withProvider(
    'a tenant by its domain',
    'tenant_id: example.onmicrosoft.com',
    '2:36 bad-value providers.azurerm.tenant_id',
  ),
  withProvider(
    'an application by its name',
    'client_id: kakehashi',
    '2:36 bad-value providers.azurerm.client_id',
  ),
  withProvider('a log-in that is none', 'auth: ssh', '2:31 bad-value providers.azurerm.auth'),
  withProvider('a secret', 'client_secret: aB3~x', '2:25 secret providers.azurerm.client_secret'),
  withProvider(
    'a secret beside az login',
    'auth: cli, client_secret: vault://secret/azure/client_secret',
    '2:36 two-credentials providers.azurerm.client_secret',
    '2:36 missing-key providers.azurerm.client_secret',
  ),
  withProvider(
    'the password of a certificate',
    'client_certificate_password: aB3~x',
    '2:25 secret providers.azurerm.client_certificate_password',
  ),
  withProvider('a location', 'location: japaneast', '2:25 refused-key providers.azurerm.location'),
  withProvider('registrations', 'registrations: [Microsoft.Network]', '2:25 unknown-key providers.azurerm'),
  withProvider('features', 'features: {}', '2:25 unknown-key providers.azurerm'),
  withProvider('a region of AWS', 'region: ap-northeast-1', '2:25 unknown-key providers.azurerm'),
];
