import { Masks } from '../../terraform/masks';

describe('Masks', () => {
  test('replaces every known secret, the longest first', () => {
    const masks = new Masks();
    masks.add('secret1');
    masks.add('secret1-longer');
    expect(masks.mask('a secret1-longer b secret1 c')).toBe('a (sensitive) b (sensitive) c');
  });

  test('finds a secret in JSON, and line by line', () => {
    const masks = new Masks();
    masks.add('line "one"\nline two');
    expect(masks.mask(JSON.stringify({ key: 'line "one"\nline two' }))).toBe('{"key":"(sensitive)"}');
    expect(masks.mask('  line two')).toBe('  (sensitive)');
  });

  test('takes credentials of the environment by name, and their files not', () => {
    const masks = new Masks();
    masks.addVariables({
      AWS_SECRET_ACCESS_KEY: 'canary-aws',
      VAULT_TOKEN: 'canary-vault',
      AWS_WEB_IDENTITY_TOKEN_FILE: '/var/run/token',
      TF_VAR_preshared_keys: '{"169.254.100.0/30": "canary-psk"}',
      TF_VAR_registry_auth: '{"workers/registry-password":"canary-registry"}',
      HOME: '/home/somebody',
    });
    expect(masks.mask('canary-aws canary-vault canary-psk canary-registry')).toBe(
      '(sensitive) (sensitive) (sensitive) (sensitive)',
    );
    expect(masks.mask('/var/run/token /home/somebody')).toBe('/var/run/token /home/somebody');
  });

  test('leaves short values alone: they would spoil the text', () => {
    const masks = new Masks();
    masks.add('abc');
    expect(masks.mask('abcdef')).toBe('abcdef');
  });
});
