import {
  fingerprint,
  hostKeyLine,
  knownName,
  readHostKeys,
} from '../../../../scripts/kinds/docker/known-hosts';

const ED25519 = 'AAAAC3NzaC1lZDI1NTE5AAAAIGTkqgp4kmWCTz1ZiYkK/BXRlmMbhZVtxDo2Zk5F8xBM';

it('names a host as OpenSSH does: with a port only where it is not 22', () => {
  expect(knownName({ address: '10.0.2.31', port: 22 })).toBe('10.0.2.31');
  expect(knownName({ address: '10.0.2.31', port: 20022 })).toBe('[10.0.2.31]:20022');
});

it('reads the keys of hosts, and leaves out comments, markers and what is no key', () => {
  const text = `# a comment
[10.0.2.31]:20022 ssh-ed25519 ${ED25519} a comment
one,two ecdsa-sha2-nistp256 AAAA
@revoked * ssh-rsa AAAA
broken ssh-ed25519
other text here
`;
  const keys = readHostKeys(text);
  expect(keys).toEqual([
    { name: '[10.0.2.31]:20022', type: 'ssh-ed25519', base64: ED25519 },
    { name: 'one', type: 'ecdsa-sha2-nistp256', base64: 'AAAA' },
    { name: 'two', type: 'ecdsa-sha2-nistp256', base64: 'AAAA' },
  ]);
  expect(readHostKeys(keys.map(hostKeyLine).join('\n'))).toEqual(keys);
});

it.each([
  ['ssh-ed25519', 'ED25519'],
  ['ssh-rsa', 'RSA'],
  ['ecdsa-sha2-nistp256', 'ECDSA'],
])('shows the fingerprint of a key of type %s as ssh-keygen does: %s', (type, shown) => {
  expect(fingerprint({ name: 'x', type, base64: 'AAAA' })).toBe(
    `${shown} SHA256:cJ6AyISHokEeHuTfufIqhhSS0gxHZRUMDHlKvXD4FHw`,
  );
});
