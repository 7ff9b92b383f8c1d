import { createPrivateKey } from 'node:crypto';
import {
  makeAuthority,
  makeServerCertificate,
  type Signed,
} from '../../../../scripts/kinds/docker-controller/certificate/make-certificate';

/** When the tests' certificates are made. */
export const NOW = new Date('2026-11-30T12:00:00Z');

export const NAMES = ['127.0.0.1', 'localhost', '10.0.2.15'];

/** A server's certificate of an authority. */
export function serverOf(
  authority: Signed,
  { names = NAMES, days = 397, now = NOW }: { names?: readonly string[]; days?: number; now?: Date } = {},
): Promise<Signed> {
  const key = createPrivateKey(authority.key);
  return makeServerCertificate(authority, key, { names, commonName: names[0] ?? 'x', days, now });
}

export { makeAuthority };
