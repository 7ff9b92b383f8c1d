import { generateKeyPair, type KeyObject, randomBytes, webcrypto } from 'node:crypto';
import { promisify } from 'node:util';
import { isAddress, type ServerName } from '../../../../model/tls/server-names';
import { AUTHORITY_DAYS, daysAfter } from '../../../../model/tls/validity';
import type { Certificate } from './certificate';
import { readCertificate } from './certificate';

/** A certificate with its private key, in PEM. */
export interface Signed {
  readonly certificate: Certificate;
  readonly key: string;
}

/** VCP's own scripts make such keys for servers (github.com/nii-gakunin-cloud/ocs-vcp-portable, `tools/create_dummy_cert.sh`). */
const SERVER_BITS = 2048;

/** The authority's key outlives many of a server's, and no program of the controller has it. */
const CURVE = 'P-256';

const SERVER = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
const AUTHORITY = { name: 'ECDSA', namedCurve: CURVE, hash: 'SHA-256' } as const;

/** Clocks differ: a certificate is valid from this long before it is made. */
const EARLIER = 3_600_000;

/** Makes an authority: it signs servers and no further authorities. @param name - `Kakehashi CA of dev` */
export async function makeAuthority(name: string, now: Date): Promise<Signed> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('ec', { namedCurve: CURVE });
  const library = certificates();
  const { BasicConstraintsExtension, KeyUsagesExtension, KeyUsageFlags, SubjectKeyIdentifierExtension } =
    library;
  const own = await verifying(publicKey, AUTHORITY);
  const made = await library.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: commonName(name),
    issuer: commonName(name),
    notBefore: new Date(now.getTime() - EARLIER),
    notAfter: daysAfter(now, AUTHORITY_DAYS),
    publicKey: own,
    signingKey: await signing(privateKey),
    signingAlgorithm: AUTHORITY,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(own),
    ],
  });
  return signed(made.toString('pem'), privateKey);
}

/** Makes a server's certificate. */
export async function makeServerCertificate(
  authority: Signed,
  authorityKey: KeyObject,
  {
    names,
    commonName: subject,
    days,
    now,
  }: {
    readonly names: readonly ServerName[];
    readonly commonName: string;
    readonly days: number;
    readonly now: Date;
  },
): Promise<Signed> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: SERVER_BITS });
  const library = certificates();
  const { BasicConstraintsExtension, KeyUsagesExtension, KeyUsageFlags, ExtendedKeyUsageExtension } = library;
  const own = await verifying(publicKey, SERVER);
  const issuer = new library.X509Certificate(authority.certificate.pem);
  const made = await library.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: commonName(subject),
    issuer: issuer.subjectName,
    notBefore: new Date(now.getTime() - EARLIER),
    notAfter: daysAfter(now, days),
    publicKey: own,
    signingKey: await signing(authorityKey),
    signingAlgorithm: AUTHORITY,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature | KeyUsageFlags.keyEncipherment, true),
      new ExtendedKeyUsageExtension([library.ExtendedKeyUsage.serverAuth]),
      new library.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isAddress(value) ? ('ip' as const) : ('dns' as const), value })),
      ),
      await library.SubjectKeyIdentifierExtension.create(own),
      await library.AuthorityKeyIdentifierExtension.create(issuer.publicKey),
    ],
  });
  return signed(made.toString('pem'), privateKey);
}

/** The library is large, and few commands make a certificate. */
function certificates(): typeof import('@peculiar/x509') {
  require('reflect-metadata');
  return require('@peculiar/x509') as typeof import('@peculiar/x509');
}

function signed(pem: string, key: KeyObject): Signed {
  const certificate = readCertificate(pem);
  if (certificate === undefined) throw new Error('the certificate that was made can not be read');
  return { certificate, key: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
}

/** Positive, and unlike any other: 127 random bits (RFC 5280, 4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.toString('hex');
}

function commonName(name: string) {
  return [{ CN: [name] }];
}

function signing(key: KeyObject): Promise<webcrypto.CryptoKey> {
  const der = key.export({ type: 'pkcs8', format: 'der' });
  return webcrypto.subtle.importKey('pkcs8', der, AUTHORITY, false, ['sign']);
}

function verifying(
  key: KeyObject,
  algorithm: typeof SERVER | typeof AUTHORITY,
): Promise<webcrypto.CryptoKey> {
  const der = key.export({ type: 'spki', format: 'der' });
  return webcrypto.subtle.importKey('spki', der, algorithm, true, ['verify']);
}
