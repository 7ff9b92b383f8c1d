import fc from 'fast-check';
import { SecretReference } from '../../../model/vault/secret-reference';

describe('SecretReference', () => {
  test.each([
    ['vault://secret/aws/access_key', 'secret', 'aws/access_key'],
    ['vault://cubbyhole/aws/secret_key', 'cubbyhole', 'aws/secret_key'],
    ['vault://kv-v2/a', 'kv-v2', 'a'],
    ['vault://secret/vpn/dev/aws/default/169.254.100.0', 'secret', 'vpn/dev/aws/default/169.254.100.0'],
    ['vault://secret/user@example.com/a+b=c', 'secret', 'user@example.com/a+b=c'],
    ['vault://secret/.hidden', 'secret', '.hidden'],
    [`vault://secret/${'x'.repeat(512 - 15)}`, 'secret', 'x'.repeat(512 - 15)],
  ])('%s', (text, engine, path) => {
    const reference = SecretReference.parse(text);
    expect({ engine: reference.engine, path: reference.path }).toEqual({ engine, path });
    expect(String(reference)).toBe(text);
    expect(JSON.stringify({ reference })).toBe(JSON.stringify({ reference: text }));
    expect(reference.isCubbyhole).toBe(engine === 'cubbyhole');
  });

  test.each([
    ['nothing', ''],
    ['a credential in its place', 'AKIAIOSFODNN7EXAMPLE'],
    ['no scheme', 'secret/aws/access_key'],
    ['one slash', 'vault:/secret/aws'],
    ['three slashes', 'vault:///aws/access_key'],
    ['another scheme', 'https://secret/aws/access_key'],
    ['a scheme in capitals', 'VAULT://secret/aws/access_key'],
    ['an engine alone', 'vault://secret'],
    ['an engine with a slash', 'vault://secret/'],
    ['a slash at the end', 'vault://secret/aws/'],
    ['an empty segment', 'vault://secret//access_key'],
    ['a space', 'vault://secret/aws/access key'],
    ['a space before it', ' vault://secret/aws/access_key'],
    ['a newline after it', 'vault://secret/aws/access_key\n'],
    ['a way up', 'vault://secret/../sys/raw'],
    ['a way up as the engine', 'vault://../secret/a'],
    ['a dot', 'vault://secret/./a'],
    ['three dots', 'vault://secret/.../a'],
    ['an encoded slash', 'vault://secret/aws%2Faccess_key'],
    ['a query', 'vault://secret/aws?list=true'],
    ['a fragment', 'vault://secret/aws#value'],
    ['a wildcard', 'vault://secret/aws/*'],
    ['an expression of Terraform', 'vault://secret/${var.name}'],
    ['letters beyond ASCII', 'vault://secret/鍵'],
    ['a port', 'vault://10.0.2.15:8443/secret/a'],
    ['a control character', 'vault://secret/a\u0007'],
    ['513 characters', `vault://secret/${'x'.repeat(512 - 14)}`],
  ])('%s is refused, and not shown', (_, text) => {
    expect(() => SecretReference.parse(text)).toThrow(
      new Error('must be a reference like vault://secret/aws/access_key, got "something else, not shown"'),
    );
  });

  test('parsing and formatting round-trip', () => {
    const segment = fc.stringMatching(/^[A-Za-z0-9_=@+-][A-Za-z0-9_.=@+-]{0,20}$/);
    fc.assert(
      fc.property(segment, fc.array(segment, { minLength: 1, maxLength: 8 }), (engine, path) => {
        const text = `vault://${engine}/${path.join('/')}`;
        const reference = SecretReference.parse(text);
        expect([String(reference), reference.engine, reference.path]).toEqual([text, engine, path.join('/')]);
        expect(String(SecretReference.parse(String(reference)))).toBe(text);
      }),
    );
  });

  test('names secrets below it', () => {
    const folder = SecretReference.parse('vault://secret/vpn');
    expect(String(folder.below('dev', 'aws'))).toBe('vault://secret/vpn/dev/aws');
    expect(() => folder.below('..')).toThrow(/^must be a reference/);
  });

  test.each([
    ['vault://secret/a', true],
    ['Vault:secret', true],
    ['vault', false],
    ['AKIA', false],
  ])('%s is meant as one: %s', (text, meant) => {
    expect(SecretReference.isMeant(text)).toBe(meant);
  });
});
