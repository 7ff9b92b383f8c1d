import { ValueError } from '../value-error';

/** The shortest RSA key that is taken, in bits (NIST SP 800-131A). */
export const LEAST_RSA_BITS = 2048;

/** The kinds of keys that a node takes (RFC 4253, RFC 5656, RFC 8709). */
export const SSH_KEY_TYPES = [
  'ssh-ed25519',
  'ssh-rsa',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
] as const;

export type SshKeyType = (typeof SSH_KEY_TYPES)[number];

const EXPECTED = 'an SSH public key of one line like "ssh-ed25519 AAAA… name"';

/** The text that a refusal shows in place of what may be a private key. */
const HIDDEN = 'something else, not shown';

/** Length of a point of each curve, uncompressed: 4, x, y (SEC 1, 2.3.3). */
const POINT_BYTES: Readonly<Record<string, number>> = { nistp256: 65, nistp384: 97, nistp521: 133 };

/** A public key in OpenSSH's form of one line: type, Base64, comment. */
export class SshPublicKey {
  private constructor(
    readonly type: SshKeyType,
    /** The key's blob (RFC 4253, section 6.6) in Base64. */
    readonly base64: string,
    /** What follows the key: usually `user@host`. May be empty. */
    readonly comment: string,
  ) {}

  /**
   * Reads a key and decodes it: the type in front must be the one inside.
   *
   * Other forms are refused with the command that converts them; the text of what may be a private key is in no message.
   *
   * @throws {@link ValueError}
   */
  static parse(text: string): SshPublicKey {
    refuseOtherForms(text);
    const line = text.trim();
    const [type = '', base64 = '', ...comment] = line.split(/[ \t]+/);
    const known = SSH_KEY_TYPES.find((name) => name === type);
    if (known === undefined || /[\r\n]/.test(line))
      throw new ValueError(EXPECTED, HIDDEN, { fix: adviceFor(line) });
    const fields = blobFields(base64);
    if (fields === undefined)
      throw new ValueError(`${EXPECTED}, complete`, `${type} with a broken second part`);
    const inside = fields[0]?.toString('latin1') ?? '';
    if (inside !== known) {
      throw new ValueError(`a key whose first word is the type inside (${shownType(inside)})`, type);
    }
    checkParts(known, fields.slice(1));
    return new SshPublicKey(known, base64, comment.join(' '));
  }

  toString(): string {
    return [this.type, this.base64, ...(this.comment === '' ? [] : [this.comment])].join(' ');
  }

  toJSON(): string {
    return this.toString();
  }
}

/** Recognises SECSH (RFC 4716), PuTTY's and private keys. */
function refuseOtherForms(text: string): void {
  if (/PuTTY-User-Key-File-[0-9]/.test(text)) {
    throw new ValueError(EXPECTED, "PuTTY's file with a private key in it, not shown", {
      fix: 'keep it to yourself; its public key is printed by: puttygen FILE -O public-openssh',
    });
  }
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) {
    throw new ValueError(EXPECTED, 'a private key, not shown', {
      fix: 'keep it to yourself; its public key is printed by: ssh-keygen -y -f FILE',
    });
  }
  if (text.includes('---- BEGIN SSH2 PUBLIC KEY ----')) {
    throw new ValueError(EXPECTED, 'a key in the SECSH form (RFC 4716)', {
      fix: 'convert it with: ssh-keygen -i -f FILE',
    });
  }
  if (/-----BEGIN (RSA )?PUBLIC KEY-----/.test(text)) {
    throw new ValueError(EXPECTED, 'a key in a PEM form', {
      fix: 'convert it with: ssh-keygen -i -m PKCS8 -f FILE (or -m PEM for BEGIN RSA PUBLIC KEY)',
    });
  }
}

function adviceFor(line: string): string | undefined {
  if (/[\r\n]/.test(line)) return 'each key is one line of its own';
  if (/^ssh-dss /.test(line))
    return 'DSA keys are no longer taken by sshd: make one with ssh-keygen -t ed25519';
  if (/^sk-/.test(line)) return 'keys of security tokens are not taken';
  const options = SSH_KEY_TYPES.some((type) => line.includes(`${type} AAAA`));
  return options ? 'options before the key are not taken' : undefined;
}

/** The strings of a blob, each with its length in front (RFC 4251, section 5), or undefined. */
function blobFields(base64: string): readonly Buffer[] | undefined {
  const blob = Buffer.from(base64, 'base64');
  if (base64 === '' || blob.toString('base64') !== base64) return undefined;
  const fields: Buffer[] = [];
  let at = 0;
  while (at < blob.length) {
    if (at + 4 > blob.length) return undefined;
    const end = at + 4 + blob.readUInt32BE(at);
    if (end > blob.length) return undefined;
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

function checkParts(type: SshKeyType, parts: readonly Buffer[]): void {
  const [first = Buffer.alloc(0), second = Buffer.alloc(0)] = parts;
  const broken = (): ValueError =>
    new ValueError(`${EXPECTED}, complete`, `${type} with a broken second part`);
  if (type === 'ssh-rsa') {
    if (parts.length !== 2 || first.length === 0) throw broken();
    const bits = bitLength(second);
    if (bits < LEAST_RSA_BITS)
      throw new ValueError(`an RSA key of ${LEAST_RSA_BITS} bits or more`, `${bits} bits`);
  } else if (type === 'ssh-ed25519') {
    if (parts.length !== 1 || first.length !== 32) throw broken();
  } else {
    const curve = type.slice('ecdsa-sha2-'.length);
    if (parts.length !== 2 || first.toString('latin1') !== curve) throw broken();
    if (second.length !== POINT_BYTES[curve] || second[0] !== 4) throw broken();
  }
}

/** Bits of a positive mpint (RFC 4251, section 5). */
function bitLength(number: Buffer): number {
  const start = number.findIndex((byte) => byte !== 0);
  return start < 0 ? 0 : (number.length - start) * 8 - Math.clz32(number[start] ?? 0) + 24;
}

/** A type from inside of a blob, without characters that a terminal would not show. */
function shownType(inside: string): string {
  return /^[a-z0-9@.-]{1,64}$/.test(inside) ? inside : 'no known one';
}
