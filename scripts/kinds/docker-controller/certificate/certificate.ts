import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';

/** A certificate, with what is asked of it. */
export interface Certificate {
  readonly pem: string;
  readonly x509: X509Certificate;
  /** The SHA-256 of its DER, in lower hexadecimal. */
  readonly fingerprint: string;
  readonly start: Date;
  readonly end: Date;
  /** The host names and addresses that it is for. */
  readonly names: readonly string[];
  readonly isAuthority: boolean;
}

const BLOCK = /-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\s]+-----END CERTIFICATE-----/g;

/** The certificates of a PEM text, in their order; undefined where one of them can't be read. */
export function readCertificates(text: string): readonly Certificate[] | undefined {
  try {
    return (text.match(BLOCK) ?? []).map(certificateOf);
  } catch {
    return undefined;
  }
}

/** The first certificate of a PEM text; undefined where there is none that can be read. */
export function readCertificate(text: string): Certificate | undefined {
  return readCertificates(text)?.[0];
}

/** An unencrypted private key of a PEM text; undefined for anything else. */
export function readPrivateKey(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}

/** Whether one certificate is signed by the other, which may sign. */
export function isSignedBy({ x509 }: Certificate, issuer: Certificate): boolean {
  return issuer.isAuthority && x509.checkIssued(issuer.x509) && x509.verify(issuer.x509.publicKey);
}

/** Whether a certificate is for a host name or an address, also by a wildcard. */
export function isFor({ x509 }: Certificate, name: string): boolean {
  return x509.checkIP(name) !== undefined || x509.checkHost(name, { subject: 'never' }) !== undefined;
}

function certificateOf(pem: string): Certificate {
  const x509 = new X509Certificate(pem);
  return {
    pem: `${pem}\n`,
    x509,
    fingerprint: x509.fingerprint256.replaceAll(':', '').toLowerCase(),
    start: new Date(x509.validFrom),
    end: new Date(x509.validTo),
    names: namesOf(x509.subjectAltName ?? ''),
    isAuthority: x509.ca,
  };
}

/** Node's text of the names: `DNS:localhost, IP Address:127.0.0.1`. */
function namesOf(text: string): readonly string[] {
  return text.split(', ').flatMap((part) => /^(?:DNS|IP Address):(.+)$/.exec(part)?.[1] ?? []);
}
