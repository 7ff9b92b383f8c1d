import type { AwsCredentials } from '../../../../catalog/kinds/aws/settings';
import type { SecretReference } from '../../../../model/vault/secret-reference';
import { credentialVariables, withCredentials } from '../../../../scripts/kinds/aws/credentials';
import { VaultError } from '../../../../vault/vault-error';
import { loadedFrom } from '../../../support/loaded';

function credentialsOf(
  names: Readonly<Record<'accessKey' | 'secretKey', string>>,
  sessionToken?: string,
): AwsCredentials {
  const references = [
    `access_key: vault://${names.accessKey}`,
    `secret_key: vault://${names.secretKey}`,
    ...(sessionToken === undefined ? [] : [`token: vault://${sessionToken}`]),
  ];
  const { kinds } = loadedFrom(`cci_version: '1.0'
providers: { aws: { ${references.join(', ')} } }
vault: { address: 'https://10.0.2.15:8443' }
`).catalog;
  const credentials = kinds['aws-network']?.settings.credentials;
  if (credentials === undefined) throw new Error('the catalog has no credentials');
  return credentials;
}

/** A client that holds these secrets, and fails for all else. */
function holding(secrets: Readonly<Record<string, string>>, code: 'missing' | 'sealed' = 'missing') {
  return {
    read: async (asked: SecretReference) => {
      const value = secrets[`${asked.engine}/${asked.path}`];
      if (value === undefined)
        throw new VaultError(code, code === 'sealed' ? 'it is sealed' : `${asked}: is missing`);
      return value;
    },
  };
}

const BOTH = { accessKey: 'secret/aws/access_key', secretKey: 'secret/aws/secret_key' };

describe('credentials of AWS in Vault', () => {
  test('become the variables in which the provider looks for them', async () => {
    const client = holding({
      'secret/aws/access_key': 'AKIA',
      'secret/aws/secret_key': 'abc',
      'secret/aws/token': 'tok',
    });
    expect(await credentialVariables(credentialsOf(BOTH), client)).toEqual({
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: 'abc',
    });
    expect(await credentialVariables(credentialsOf(BOTH, 'secret/aws/token'), client)).toEqual({
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: 'abc',
      AWS_SESSION_TOKEN: 'tok',
    });
  });

  test('are none where the catalog names none, and then nothing is taken away', () => {
    const variables = { AWS_PROFILE: 'lab' };
    expect(withCredentials(variables, {})).toEqual(variables);
  });

  test('that are missing are all named', async () => {
    await expect(credentialVariables(credentialsOf(BOTH), holding({}))).rejects.toThrow(
      /^vault:\/\/secret\/aws\/access_key: is missing\nvault:\/\/secret\/aws\/secret_key: is missing$/,
    );
    await expect(
      credentialVariables(credentialsOf(BOTH), holding({ 'secret/aws/access_key': 'AKIA' })),
    ).rejects.toThrow(/^vault:\/\/secret\/aws\/secret_key: is missing$/);
  });

  test('of a sealed server are asked for once', async () => {
    await expect(credentialVariables(credentialsOf(BOTH), holding({}, 'sealed'))).rejects.toThrow(
      /^it is sealed$/,
    );
  });

  test('take the place of all others that would win, or be mixed with them', () => {
    const before = {
      PATH: '/bin',
      AWS_REGION: 'ap-northeast-1',
      AWS_PROFILE: 'lab',
      AWS_SESSION_TOKEN: 'of another key',
      AWS_WEB_IDENTITY_TOKEN_FILE: '/token',
      AWS_ROLE_ARN: 'arn:aws:iam::1:role/x',
      AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://169.254.170.2',
    };
    expect(withCredentials(before, { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'abc' })).toEqual({
      PATH: '/bin',
      AWS_REGION: 'ap-northeast-1',
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: 'abc',
    });
    expect(before.AWS_PROFILE).toBe('lab');
  });
});
