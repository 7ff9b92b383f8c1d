import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../../../base/errors';
import { listed } from '../../../../base/text/listed';
import type { Controller } from '../../../../catalog/kinds/docker-controller/controller';
import type { ServerName } from '../../../../model/tls/server-names';
import { endWords } from '../../../../model/tls/validity';
import { type Certificate, isFor, isSignedBy, readCertificates, readPrivateKey } from './certificate';

/** The user's own certificate, with all files as they are copied. */
export interface OwnCertificate {
  readonly certificate: Certificate;
  /** The file with all of its certificates. */
  readonly pem: string;
  readonly authority?: string;
}

type OwnFiles = Extract<Controller['certificate'], { mode: 'files' }>;

/** More than any chain of certificates. */
const LARGEST = 256 * 1024;

/**
 * Reads and checks the user's own certificate and its authority.
 *
 * @param folder - of the catalogs
 * @param names - all that it must be for
 * @throws {@link Failure} that says what is wrong first
 */
export function ownCertificate(
  { certificate: file, ca }: Pick<OwnFiles, 'certificate' | 'ca'>,
  folder: string,
  names: readonly ServerName[],
  now: Date,
): OwnCertificate {
  const pem = textOf(folder, file);
  const [certificate, ...chain] = certificatesOf(file, pem);
  if (certificate === undefined) throw noCertificate(file);
  const authority = ca === undefined ? undefined : textOf(folder, ca);
  const authorities = ca === undefined ? [] : certificatesOf(ca, authority ?? '');
  if (certificate.isAuthority)
    throw wrong(file, 'is the certificate of an authority, not of a server', 'put the server first');
  checkTime(file, certificate, now);
  const missing = names.filter((name) => !isFor(certificate, name));
  if (missing.length > 0)
    throw wrong(
      file,
      `must be for ${listed(missing)} too, and is for ${listed(certificate.names) || 'no name'}`,
      'order one with these subject alternative names',
      'take them out of certificate.san',
    );
  if (ca !== undefined) checkChain(file, ca, [certificate, ...chain], authorities, now);
  return { certificate, pem, ...(authority === undefined ? {} : { authority }) };
}

/**
 * Checks that a private key is that of a certificate.
 *
 * @param where - its reference
 * @throws {@link Failure}; nothing of the key is in it
 */
export function checkOwnKey(key: string, where: string, { certificate }: OwnCertificate): void {
  if (/-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(key))
    throw wrong(
      where,
      'is a private key with a pass phrase: nobody types it when the controller starts',
      `store it without: openssl pkey -in KEY | kakehashi secret put ${where}`,
    );
  const read = readPrivateKey(key);
  if (read === undefined)
    throw wrong(where, 'must be a private key in PEM, got something else', 'store the text of the file');
  if (!certificate.x509.checkPrivateKey(read))
    throw wrong(where, 'is not the private key of the certificate', 'store the key that belongs to it');
}

function checkChain(
  file: string,
  ca: string,
  found: readonly Certificate[],
  authorities: readonly Certificate[],
  now: Date,
): void {
  const wrongOne = authorities.find(({ isAuthority }) => !isAuthority);
  if (authorities.length === 0) throw noCertificate(ca);
  if (wrongOne !== undefined)
    throw wrong(ca, 'holds a certificate that is no authority', 'write the file of the authority as ca');
  for (const authority of authorities) checkTime(ca, authority, now);
  const [leaf, ...between] = found;
  let last = leaf;
  // Each step takes one certificate of the file, so that a circle ends.
  for (const rest = [...between]; last !== undefined; ) {
    const current: Certificate = last;
    if (authorities.some((authority) => isSignedBy(current, authority))) return;
    const next = rest.findIndex((one) => isSignedBy(current, one));
    last = next < 0 ? undefined : rest.splice(next, 1)[0];
  }
  throw wrong(
    file,
    `must be signed by the authority in ${ca}, directly or by certificates that follow it in the file`,
    'append the intermediate certificates',
    'name the right file as ca',
  );
}

function checkTime(file: string, { start, end }: Certificate, now: Date): void {
  if (now < start)
    throw wrong(
      file,
      `is valid from ${start.toISOString().slice(0, 10)} on`,
      'check the clock of this machine',
    );
  if (now > end) throw wrong(file, `has an end: it ${endWords(end, now)}`, 'order a new one');
}

function certificatesOf(file: string, text: string): readonly Certificate[] {
  const found = readCertificates(text);
  if (found === undefined || found.length === 0) throw noCertificate(file);
  return found;
}

function textOf(folder: string, file: string): string {
  const place = path.resolve(folder, file);
  if (!existsSync(place)) throw wrong(file, 'is not there', 'write its path from the folder of the catalogs');
  const status = statSync(place);
  if (!status.isFile()) throw wrong(file, 'must be a file, got a folder or a device', 'name the file');
  if (status.size > LARGEST) throw wrong(file, `must have at most ${LARGEST / 1024} KiB`, 'name the file');
  return readFileSync(place, 'utf8');
}

function noCertificate(file: string): Failure {
  return wrong(
    file,
    'must hold a certificate in PEM, got something else',
    `convert it: openssl x509 -inform DER -in ${file} -out NEW`,
  );
}

function wrong(where: string, summary: string, ...fixes: readonly string[]): Failure {
  return new Failure({ where, summary, fixes });
}
