import { createHash, createPublicKey } from 'node:crypto';
import { filled, text } from '../../provider/attributes';
import { hex } from '../../provider/derived';
import { AwsError, inStep } from '../aws-error';
import { generatedName, prefixOf } from '../generated-name';
import type { Rules } from '../rules';

/** The strings and numbers of a key in the SSH wire format (RFC 4253, section 6.6), each with its length before. */
function fieldsOf(blob: Buffer): readonly Buffer[] {
  const fields: Buffer[] = [];
  for (let at = 0; at + 4 <= blob.length; ) {
    const end = at + 4 + blob.readUInt32BE(at);
    fields.push(blob.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

function base64Url(number: Buffer | undefined): string {
  return Buffer.from(number ?? []).toString('base64url');
}

/** The digest that EC2 shows: of an RSA key, MD5 of its DER form; of an Ed25519 key, SHA-256 of its SSH form in Base64. */
function fingerprint(type: 'rsa' | 'ed25519', blob: Buffer): string {
  if (type === 'ed25519') return createHash('sha256').update(blob).digest('base64');
  const [, exponent, modulus] = fieldsOf(blob);
  const key = createPublicKey({
    key: { kty: 'RSA', n: base64Url(modulus), e: base64Url(exponent) },
    format: 'jwk',
  });
  const der = key.export({ type: 'spki', format: 'der' });
  return (createHash('md5').update(der).digest('hex').match(/../g) ?? []).join(':');
}

/** EC2 takes RSA and Ed25519 keys in the form of OpenSSH. */
function parsed(publicKey: string): { readonly type: 'rsa' | 'ed25519'; readonly fingerprint: string } {
  const [kind = '', encoded = ''] = publicKey.trim().split(/\s+/);
  const type = kind === 'ssh-rsa' ? 'rsa' : kind === 'ssh-ed25519' ? 'ed25519' : undefined;
  const blob = Buffer.from(encoded, 'base64');
  try {
    if (type !== undefined && fieldsOf(blob)[0]?.toString() === kind)
      return { type, fingerprint: fingerprint(type, blob) };
  } catch (failure) {
    // Numbers that make no RSA key.
    if (!(failure instanceof Error)) throw failure;
  }
  throw new AwsError('InvalidKey.Format', 'Key is not in valid OpenSSH public key format');
}

export const keyPair: Rules = {
  noun: 'EC2 Key Pair',
  service: 'EC2',
  actions: { create: 'ImportKeyPair' },
  create(cloud, request) {
    const name = generatedName(cloud, request, cloud.newId('key', request), 'key_name');
    return inStep({ subject: `importing EC2 Key Pair (${name})`, action: 'ImportKeyPair' }, () => {
      if (cloud.find('aws_key_pair', name) !== undefined)
        throw new AwsError('InvalidKeyPair.Duplicate', `The keypair '${name}' already exists.`);
      const key = parsed(text(request, 'public_key'));
      const attributes = filled(request, {
        arn: cloud.arn('ec2', `key-pair/${name}`),
        fingerprint: key.fingerprint,
        key_name: name,
        key_name_prefix: prefixOf(name),
        key_pair_id: `key-${hex(17, 'key', cloud.region, name, key.fingerprint)}`,
        key_type: key.type,
      });
      return { id: name, attributes };
    });
  },
};
