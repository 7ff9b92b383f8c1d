import { serverAddress } from '../../vault/address';

describe('the address of a Vault', () => {
  test.each([
    ['https://10.0.2.15:8443', 'https://10.0.2.15:8443'],
    ['https://vault.example/', 'https://vault.example'],
    ['http://127.0.0.1:8200', 'http://127.0.0.1:8200'],
    ['http://localhost:8200', 'http://localhost:8200'],
    ['http://[::1]:8200', 'http://[::1]:8200'],
  ])('%s', (text, origin) => {
    expect(serverAddress(text, 'VAULT_ADDR').origin).toBe(origin);
  });

  test.each(['', '10.0.2.15:8443', 'ftp://10.0.2.15', 'https://h/v1', 'https://h?x=1', 'https://h#x'])(
    '%j is none',
    (text) => {
      expect(() => serverAddress(text, 'VAULT_ADDR')).toThrow(
        `VAULT_ADDR: must be a URL like https://10.0.2.15:8443, got "${text}"`,
      );
    },
  );

  test('one with a password is refused, and not shown', () => {
    expect(() => serverAddress('https://me:CANARY@h', 'VAULT_ADDR')).toThrow(
      new Error('VAULT_ADDR: must be a URL like https://10.0.2.15:8443, got one with a password'),
    );
  });

  test.each(['http://10.0.2.15:8200', 'http://localhost.example', 'http://127.0.0.1.example'])(
    '%s would carry a token in clear text',
    (text) => {
      expect(() => serverAddress(text, 'vault.address')).toThrow(
        `vault.address: must begin with https://, got "${text}": a token would travel in clear text; write https:// (http is only for this machine itself)`,
      );
    },
  );
});
