/** The fields of a public key's data (RFC 4253 §6.6): each has its length before it. Undefined if the lengths are wrong. */
function fieldsOf(data: Buffer): readonly Buffer[] | undefined {
  const fields: Buffer[] = [];
  for (let at = 0; at < data.length; ) {
    if (at + 4 > data.length) return undefined;
    const end = at + 4 + data.readUInt32BE(at);
    if (end > data.length) return undefined;
    fields.push(data.subarray(at + 4, end));
    at = end;
  }
  return fields;
}

const LEAST_RSA_BITS = 2048;

/** Why Azure does not take a text as a public key of SSH: undefined if it does. */
export function sshKeyFault(
  text: string,
): 'incomplete' | 'undecodable' | 'no key' | 'unsupported' | 'short' | undefined {
  const [, base64] = text.trim().split(/\s+/);
  if (base64 === undefined) return 'incomplete';
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64) || base64.length % 4 !== 0) return 'undecodable';
  const [algorithm, first, second] = fieldsOf(Buffer.from(base64, 'base64')) ?? [];
  if (algorithm === undefined || first === undefined) return 'no key';
  const name = algorithm.toString('latin1');
  if (name === 'ssh-ed25519') return first.length === 32 ? undefined : 'no key';
  if (name !== 'ssh-rsa') return 'unsupported';
  // The modulus has a zero in front of it where its first bit is set.
  const modulus = second?.subarray(second[0] === 0 ? 1 : 0);
  return (modulus?.length ?? 0) * 8 < LEAST_RSA_BITS ? 'short' : undefined;
}
