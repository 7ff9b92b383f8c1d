import { presharedKeyReference } from '../../../model/vault/preshared-key-path';
import { SecretReference } from '../../../model/vault/secret-reference';

const FOLDER = SecretReference.parse('vault://secret/vpn');

describe('the path of a pre-shared key', () => {
  test('names environment, network and the base address of the inside CIDR', () => {
    expect(String(presharedKeyReference(FOLDER, 'dev', 'aws/default', '169.254.100.0/30'))).toBe(
      'vault://secret/vpn/dev/aws/default/169.254.100.0',
    );
  });

  test('is another one for another tunnel, entry or environment', () => {
    const paths = [
      presharedKeyReference(FOLDER, 'dev', 'aws/default', '169.254.100.0/30'),
      presharedKeyReference(FOLDER, 'dev', 'aws/default', '169.254.100.4/30'),
      presharedKeyReference(FOLDER, 'dev', 'aws/osaka', '169.254.100.0/30'),
      presharedKeyReference(FOLDER, 'prod', 'aws/default', '169.254.100.0/30'),
    ].map(String);
    expect(new Set(paths).size).toBe(4);
  });

  test('is refused in a cubbyhole, which goes with its token', () => {
    const folder = SecretReference.parse('vault://cubbyhole/vpn');
    expect(() => presharedKeyReference(folder, 'dev', 'aws/default', '169.254.100.0/30')).toThrow(
      'must be a folder that others can read, got "vault://cubbyhole/vpn; a cubbyhole goes with its token"',
    );
  });

  test.each(['169.254.100.1/30', '169.254.100.0', 'x'])('%s is no inside CIDR', (cidr) => {
    expect(() => presharedKeyReference(FOLDER, 'dev', 'aws/default', cidr)).toThrow(/^must be /);
  });
});
