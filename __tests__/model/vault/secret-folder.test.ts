import { SecretFolder } from '../../../model/vault/secret-folder';
import { SecretReference } from '../../../model/vault/secret-reference';

describe('SecretFolder', () => {
  test.each([
    ['vault://secret', 'secret', '', 'vault://secret'],
    ['vault://secret/', 'secret', '', 'vault://secret'],
    ['vault://secret/aws', 'secret', 'aws', 'vault://secret/aws'],
    ['vault://secret/aws/dev/', 'secret', 'aws/dev', 'vault://secret/aws/dev'],
    ['vault://cubbyhole', 'cubbyhole', '', 'vault://cubbyhole'],
  ])('%s', (text, engine, path, shown) => {
    const folder = SecretFolder.parse(text);
    expect({ engine: folder.engine, path: folder.path, shown: String(folder) }).toEqual({
      engine,
      path,
      shown,
    });
    expect(folder.isCubbyhole).toBe(engine === 'cubbyhole');
  });

  test.each([
    '',
    'secret/aws',
    'vault://',
    'vault:///aws',
    'vault://secret//',
    'vault://../aws',
    'vault://secret/a b',
  ])('%j is refused, and not shown', (text) => {
    expect(() => SecretFolder.parse(text)).toThrow(
      'must be a folder like vault://secret or vault://secret/aws, got "something else, not shown"',
    );
  });

  test('is the folder that a secret lies in', () => {
    const folderOf = (text: string) => String(SecretFolder.of(SecretReference.parse(text)));
    expect(folderOf('vault://secret/aws/access_key')).toBe('vault://secret/aws');
    expect(folderOf('vault://secret/access_key')).toBe('vault://secret');
  });
});
