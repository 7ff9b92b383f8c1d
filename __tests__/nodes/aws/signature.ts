import { createHash, createHmac } from 'node:crypto';
import type { Asked } from '../cloud-stand-in';

/** What the stand-in gives out as the instance role's credentials. */
export const ROLE_KEY = {
  AccessKeyId: 'ASIAEXAMPLE',
  SecretAccessKey: 'example/Secret+Key',
  Token: 'token/of+the+session==',
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

/**
 * The region and the service for which a request is signed with {@link ROLE_KEY} (Signature Version 4), or what is wrong with its
 * signature, as the real service would find it.
 */
export function signedFor({ method, url, headers, body }: Asked): string {
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const [, id, day = '', region = '', service = '', names = '', signature] =
    form.exec(headers.authorization ?? '') ?? [];
  if (id !== ROLE_KEY.AccessKeyId) return 'not signed';
  const signed = names.split(';');
  for (const name of [
    'host',
    'x-amz-date',
    'x-amz-security-token',
    ...(service === 's3' ? ['x-amz-content-sha256'] : []),
  ]) {
    if (!signed.includes(name)) return `${name} is not signed`;
  }
  if (headers['x-amz-security-token'] !== ROLE_KEY.Token) return 'another session';
  const [path = '', query = ''] = url.split('?');
  const canonical = [
    method,
    path,
    query,
    ...signed.map((name) => `${name}:${String(headers[name] ?? '').trim()}`),
    '',
    names,
    sha256(body),
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = ['aws4_request'].reduce(
    hmac,
    [region, service].reduce(hmac, hmac(`AWS4${ROLE_KEY.SecretAccessKey}`, day)),
  );
  return hmac(key, text).toString('hex') === signature ? `${region} ${service}` : 'wrong signature';
}
