import { generateKeyPairSync } from 'node:crypto';
import { sshKeyFault } from '../../../sandbox/azure/ssh-key';
import { PUBLIC_KEY } from './azure-nodes';

function field(data: Buffer | string): Buffer {
  const bytes = Buffer.from(data);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** An RSA key of a length in the form of OpenSSH. */
function rsa(bits: number): string {
  const { publicKey } = generateKeyPairSync('rsa', { modulusLength: bits });
  const { n = '', e = '' } = publicKey.export({ format: 'jwk' });
  const modulus = Buffer.concat([Buffer.alloc(1), Buffer.from(n, 'base64url')]);
  const data = Buffer.concat([field('ssh-rsa'), field(Buffer.from(e, 'base64url')), field(modulus)]);
  return `ssh-rsa ${data.toString('base64')} somebody`;
}

it.each([
  ['an Ed25519 key', PUBLIC_KEY, undefined],
  ['an Ed25519 key with a comment', `${PUBLIC_KEY} somebody@example.org`, undefined],
  ['an RSA key of 2048 bits', rsa(2048), undefined],
  ['an RSA key of 1024 bits', rsa(1024), 'short'],
  ['a type alone', 'ssh-ed25519', 'incomplete'],
  ['text that is not Base64', 'ssh-ed25519 !!!!', 'undecodable'],
  ['Base64 that holds no key', 'ssh-ed25519 AAAA', 'no key'],
  ['a cut key', PUBLIC_KEY.slice(0, -4), 'no key'],
  ['a DSA key', `ssh-dss ${Buffer.concat([field('ssh-dss'), field('x')]).toString('base64')}`, 'unsupported'],
])('knows %s', (_what, key, fault) => {
  expect(sshKeyFault(key)).toBe(fault);
});
