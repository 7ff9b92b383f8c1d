import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { SSH_KEY_TYPES, SshPublicKey } from '../../../model/nodes/ssh-public-key';

/** A string with its length in front (RFC 4251). */
function field(bytes: Buffer | string): Buffer {
  const data = Buffer.from(bytes);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, data]);
}

const blob = (...fields: readonly (Buffer | string)[]): string =>
  Buffer.concat(fields.map(field)).toString('base64');

/** A modulus of so many bits as an mpint, with the zero that keeps it positive where its highest bit is set. */
function modulus(bits: number): Buffer {
  const bytes = Buffer.alloc(Math.ceil(bits / 8), 0xff);
  bytes[0] = 0xff >> (bytes.length * 8 - bits);
  return bits % 8 === 0 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes;
}

const rsa = (bits: number): string => `ssh-rsa ${blob('ssh-rsa', Buffer.from([1, 0, 1]), modulus(bits))}`;
const ed25519 = `ssh-ed25519 ${blob('ssh-ed25519', Buffer.alloc(32, 7))}`;
const point = (bytes: number): Buffer => Buffer.concat([Buffer.from([4]), Buffer.alloc(bytes - 1, 9)]);
const ecdsa = (bits: 256 | 384 | 521, bytes: number): string =>
  `ecdsa-sha2-nistp${bits} ${blob(`ecdsa-sha2-nistp${bits}`, `nistp${bits}`, point(bytes))}`;

const KEYS = [ed25519, rsa(2048), rsa(4096), ecdsa(256, 65), ecdsa(384, 97), ecdsa(521, 133)];

it.each(KEYS)('reads %.30s', (text) => {
  const key = SshPublicKey.parse(text);
  expect(String(key)).toBe(text);
  expect(key.comment).toBe('');
  expect(SSH_KEY_TYPES).toContain(key.type);
});

it('reads a key that a library made', () => {
  const { publicKey } = generateKeyPairSync('ed25519');
  const raw = publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  expect(SshPublicKey.parse(`ssh-ed25519 ${blob('ssh-ed25519', raw)} me`).type).toBe('ssh-ed25519');
});

it('keeps the comment, and writes one space between the parts', () => {
  const key = SshPublicKey.parse(` ${ed25519.replace(' ', '\t ')}  alice@example.org  at home \n`);
  expect(key.comment).toBe('alice@example.org at home');
  expect(String(key)).toBe(`${ed25519} alice@example.org at home`);
});

it('takes RSA keys from 2048 bits on', () => {
  expect(() => SshPublicKey.parse(rsa(2047))).toThrow(
    'must be an RSA key of 2048 bits or more, got "2047 bits"',
  );
  expect(() => SshPublicKey.parse(rsa(1024))).toThrow('got "1024 bits"');
  expect(SshPublicKey.parse(rsa(2049)).type).toBe('ssh-rsa');
});

it('wants the type in front to be the one inside', () => {
  const [, base64 = ''] = ed25519.split(' ');
  expect(() => SshPublicKey.parse(`ssh-rsa ${base64}`)).toThrow(
    'must be a key whose first word is the type inside (ssh-ed25519), got "ssh-rsa"',
  );
  expect(() => SshPublicKey.parse(`ssh-rsa ${blob('\u001b[2J')}`)).toThrow('(no known one)');
});

it.each([
  ['cut', ed25519.slice(0, -8)],
  ['with more behind it', `ssh-ed25519 ${blob('ssh-ed25519', Buffer.alloc(32), 'x')}`],
  ['too short', `ssh-ed25519 ${blob('ssh-ed25519', Buffer.alloc(31))}`],
  ['without Base64', 'ssh-ed25519 ????'],
  ['without a second part', 'ssh-ed25519'],
  ['of another curve', `ecdsa-sha2-nistp256 ${blob('ecdsa-sha2-nistp256', 'nistp384', point(65))}`],
  [
    'with a compressed point',
    `ecdsa-sha2-nistp256 ${blob('ecdsa-sha2-nistp256', 'nistp256', Buffer.alloc(33, 2))}`,
  ],
  ['without an exponent', `ssh-rsa ${blob('ssh-rsa', '', modulus(2048))}`],
])('refuses a key %s', (_, text) => {
  expect(() => SshPublicKey.parse(text)).toThrow('complete, got "');
});

it.each([
  [
    '---- BEGIN SSH2 PUBLIC KEY ----\nComment: "x"\nAAAA\n---- END SSH2 PUBLIC KEY ----\n',
    'ssh-keygen -i -f FILE',
  ],
  ['PuTTY-User-Key-File-2: ssh-rsa\nPrivate-Lines: 14\nSECRET\n', 'puttygen FILE -O public-openssh'],
  ['PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\nSECRET\n', 'puttygen FILE -O public-openssh'],
  [
    '-----BEGIN OPENSSH PRIVATE KEY-----\nSECRET\n-----END OPENSSH PRIVATE KEY-----\n',
    'ssh-keygen -y -f FILE',
  ],
  ['-----BEGIN RSA PRIVATE KEY-----\nSECRET\n', 'ssh-keygen -y -f FILE'],
  ['-----BEGIN PUBLIC KEY-----\nAAAA\n', 'ssh-keygen -i -m PKCS8 -f FILE'],
  [`no-pty,command="x SECRET" ${ed25519}`, 'options before the key are not taken'],
  ['ssh-dss AAAA', 'make one with ssh-keygen -t ed25519'],
  [`sk-ssh-ed25519@openssh.com ${ed25519.split(' ')[1]}`, 'keys of security tokens are not taken'],
  [`${ed25519}\n${ed25519}`, 'each key is one line of its own'],
])('says what to do about %.30j', (text, advice) => {
  const read = (): SshPublicKey => SshPublicKey.parse(text);
  expect(read).toThrow(advice);
  expect(read).not.toThrow('SECRET');
});

it('shows nothing of a text that is no key', () => {
  expect(() => SshPublicKey.parse('b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAA')).toThrow(
    'must be an SSH public key of one line like "ssh-ed25519 AAAA… name", got "something else, not shown"',
  );
});

it('never takes a key with a changed, missing or further character', () => {
  fc.assert(
    fc.property(fc.constantFrom(...KEYS), fc.nat(), fc.constantFrom('', 'AA', '*'), (text, at, change) => {
      const start = text.indexOf(' ') + 1;
      const where = start + (at % 20);
      const changed = `${text.slice(0, where)}${change}${text.slice(where + 1)}`;
      expect(() => SshPublicKey.parse(changed)).toThrow('must be');
    }),
  );
});

it('reads what it prints', () => {
  const comment = fc.array(fc.stringMatching(/^[!-~]{1,8}$/), { maxLength: 3 });
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), comment, (bytes, words) => {
      const text = ['ssh-ed25519', blob('ssh-ed25519', Buffer.from(bytes)), ...words].join(' ');
      fc.pre(!/PRIVATE KEY|PuTTY/.test(text));
      expect(String(SshPublicKey.parse(text))).toBe(text);
    }),
  );
});
