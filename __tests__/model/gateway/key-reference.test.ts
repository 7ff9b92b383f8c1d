import { keyReference } from '../../../model/gateway/key-reference';

test.each([
  ['vault://secret/vpn', 'vault://secret/vpn/dev/aws/default/169.254.100.0'],
  ['file:///etc/kakehashi/keys', 'file:///etc/kakehashi/keys/dev/aws/default/169.254.100.0'],
  ['file:///etc/kakehashi/keys/', 'file:///etc/kakehashi/keys/dev/aws/default/169.254.100.0'],
])('below %s a key is at %s', (base, reference) => {
  expect(keyReference(base, 'dev', 'aws/default', '169.254.100.0/30').reference).toBe(reference);
});

test('an inside CIDR of another prefix length is named by its first address too', () => {
  expect(keyReference('vault://secret/vpn', 'dev', 'aws/default', '169.254.21.8/29').reference).toBe(
    'vault://secret/vpn/dev/aws/default/169.254.21.8',
  );
});

test.each(['vault://cubbyhole/vpn', 'https://host/keys', 'file:///etc/../keys'])('%s is refused', (base) => {
  expect(() => keyReference(base, 'dev', 'aws/default', '169.254.100.0/30')).toThrow(/^must be a /);
});
