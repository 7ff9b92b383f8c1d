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

/** VCP's own manual makes keys of 2048 bits; the authority's outlives many of them. */
const BITS = { server: 2048, authority: 3072 } as const;

const SIGNING = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;

/** Clocks differ: a certificate is valid from this long before it is made. */
const EARLIER = 3_600_000;

/** Makes an authority: it signs servers and no further authorities. @param name - `Kakehashi CA of dev` */
export async function makeAuthority(name: string, now: Date): Promise<Signed> {
  const { privateKey, publicKey } = await keyPair(BITS.authority);
  const library = certificates();
  const { BasicConstraintsExtension, KeyUsagesExtension, KeyUsageFlags, SubjectKeyIdentifierExtension } =
    library;
  const own = await verifying(publicKey);
  const made = await library.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: commonName(name),
    issuer: commonName(name),
    notBefore: new Date(now.getTime() - EARLIER),
    notAfter: daysAfter(now, AUTHORITY_DAYS),
    publicKey: own,
    signingKey: await signing(privateKey),
    signingAlgorithm: SIGNING,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(own),
    ],
  });
  return signed(made.toString('pem'), privateKey);
}

/** Makes a server's certificate. @throws Error for a key that is not RSA: the driver makes no other authority */
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
  const { privateKey, publicKey } = await keyPair(BITS.server);
  const library = certificates();
  const { BasicConstraintsExtension, KeyUsagesExtension, KeyUsageFlags, ExtendedKeyUsageExtension } = library;
  const own = await verifying(publicKey);
  const issuer = new library.X509Certificate(authority.certificate.pem);
  const made = await library.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: commonName(subject),
    issuer: issuer.subjectName,
    notBefore: new Date(now.getTime() - EARLIER),
    notAfter: daysAfter(now, days),
    publicKey: own,
    signingKey: await signing(authorityKey),
    signingAlgorithm: SIGNING,
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

function keyPair(modulusLength: number) {
  return promisify(generateKeyPair)('rsa', { modulusLength });
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
  return webcrypto.subtle.importKey('pkcs8', key.export({ type: 'pkcs8', format: 'der' }), SIGNING, false, [
    'sign',
  ]);
}

function verifying(key: KeyObject): Promise<webcrypto.CryptoKey> {
  return webcrypto.subtle.importKey('spki', key.export({ type: 'spki', format: 'der' }), SIGNING, true, [
    'verify',
  ]);
}
