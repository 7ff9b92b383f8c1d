import { chmodSync, existsSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../../../base/errors';
import { makePrivate, readIfThere, removeLeftovers, shownPath, writeExactly } from '../../../../base/files';
import type { Folders } from '../../../session/folders';
import { authorityFile } from '../folder';
import { readCertificate, readPrivateKey } from './certificate';
import type { Signed } from './make-certificate';

/**
 * An authority as one text, which is the value of one secret: its private key, then its certificate, in PEM. So nobody can keep one
 * without the other.
 */
export function authorityText({ certificate, key }: Signed): string {
  return `${key}${certificate.pem}`;
}

/** @throws {@link Failure} for a text that is no authority; nothing of it is shown */
export function readAuthority(text: string, where: string): Signed {
  const certificate = readCertificate(text);
  const key = readPrivateKey(text);
  if (key !== undefined && certificate?.isAuthority === true && certificate.x509.checkPrivateKey(key))
    return { certificate, key: key.export({ type: 'pkcs8', format: 'pem' }).toString() };
  throw new Failure({
    where,
    summary: 'must hold the private key of an authority and its certificate, in PEM, got something else',
    fixes: [
      'restore it from a backup',
      'remove it: the next plan makes another authority, whose ca.pem all clients need',
    ],
  });
}

/** The authority of the file; undefined where there is none. @throws {@link Failure} for a damaged file */
export function authorityInFile(folders: Pick<Folders, 'states'>): Signed | undefined {
  const file = authorityFile(folders);
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  if ((statSync(file).mode & 0o077) !== 0) chmodSync(file, 0o600);
  return readAuthority(text, shownPath(file));
}

export function keepInFile(folders: Pick<Folders, 'states'>, authority: Signed): void {
  const file = authorityFile(folders);
  if (!existsSync(path.dirname(file))) makePrivate(path.dirname(file));
  removeLeftovers(file);
  writeExactly(file, authorityText(authority), 0o600);
}

export function removeAuthorityFile(folders: Pick<Folders, 'states'>): void {
  rmSync(authorityFile(folders), { force: true });
}
