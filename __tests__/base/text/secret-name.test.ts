import { isSecretName } from '../../../base/text/secret-name';

describe('the name of a secret', () => {
  it.each([
    ...[
      'APP_KEY',
      'app-key',
      'appKey',
      'apikey',
      'API_KEY',
      'x_token',
      'accessToken',
      'GH_TOKENS',
      'db_passphrase',
    ],
    ...[
      'tlsPassphrase',
      'PGPASSWORD',
      'MYSQL_PWD',
      'SMTP_PASS',
      'clientSecret',
      'secret_id',
      'access_key_id',
    ],
    ...[
      'SECRET_KEY_BASE',
      'master_key',
      'private_key_pem',
      'encryption_key',
      'psk',
      'tunnel1_psk',
      'shared_key',
    ],
    ...[
      'connection_string',
      'conn_str',
      'SENTRY_DSN',
      'AccountKey',
      'SharedAccessKey',
      'client_certificate_pem',
    ],
    ...['MY_API_KEY_OLD', 'acces_key', 'secretkey', 'license.key', 'credentials', 'sse_customer_key'],
  ])('is %s', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    ...[
      'key',
      'keys',
      'ssh_public_keys',
      'public_key',
      'ssh_key',
      'kms_key',
      'kms_key_id',
      'kms_encryption_key',
    ],
    ...['token_ttl_seconds', 'secret_id_ttl_seconds', 'web_identity_token_file', 'shared_credentials_files'],
    ...[
      'preshared_key_storage',
      'key_reference',
      'rekey_margin_time_seconds',
      'PASSAGE',
      'bypass',
      'monkey',
      'KEYS',
    ],
    ...[
      'token_policies',
      'TLS_KEY_FILE',
      'hash_key',
      'compass',
      'description',
      'keyboard',
      'skip_credentials_validation',
    ],
  ])('is not %s', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

test('of the schema of catalogs these names alone are those of secrets', () => {
  const { catalogSchema } =
    require('../../../catalog/out/schema') as typeof import('../../../catalog/out/schema');
  const names = new Set(
    [...JSON.stringify(catalogSchema()).matchAll(/"([a-z][a-z0-9_]*)":/g)].map(([, name = '']) => name),
  );
  expect([...names].filter(isSecretName).sort()).toEqual([
    'access_key',
    'client_secret',
    'password',
    'preshared_keys',
    'secret',
    'secret_key',
    'token',
  ]);
});
