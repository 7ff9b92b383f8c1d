import { X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../base/errors';
import { shownPath } from '../base/files';

/** The largest file that is read, in bytes. A file of certificates has a few KiB; the system's whole bundle has 250. */
const LARGEST = 1024 * 1024;

/**
 * Reads the certificates of authorities from a PEM file.
 *
 * @param where - what names the file, for messages: `vault.ca_file`, `VAULT_CACERT`
 * @throws {@link UsageError} when it can't be read, or holds none that can be used
 */
export function readAuthorities(file: string, where: string): string {
  const absolute = path.resolve(file);
  const text = contentOf(absolute, where);
  const certificates = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  if (/PRIVATE KEY-----/.test(text))
    throw new UsageError({
      where,
      summary: `must hold certificates only, got a private key in ${shownPath(absolute)}`,
    });
  if (certificates.length === 0 || !certificates.every(isCertificate)) {
    throw new UsageError({
      where,
      summary: `must be a PEM file with the authority's certificate, got ${shownPath(absolute)}, which holds none that can be read`,
    });
  }
  return certificates.join('\n');
}

function contentOf(file: string, where: string): string {
  try {
    const { size } = statSync(file);
    if (size > LARGEST)
      throw new UsageError({ where, summary: `must be a PEM file, got ${shownPath(file)} of ${size} bytes` });
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    const summary = `${shownPath(file)} can't be read (${code})`;
    throw new UsageError({ where, summary, fixes: ['correct its path'] });
  }
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== '';
  } catch {
    return false;
  }
}
