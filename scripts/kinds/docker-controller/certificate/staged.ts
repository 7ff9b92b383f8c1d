import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { readIfThere, writeExactly } from '../../../../base/files';
import { CERTIFICATE_FILES } from '../../../../model/docker/controller-files';
import type { Folders } from '../../../session/folders';
import { controllerFolder, makeKeyFolder } from '../folder';
import { readCertificate, readPrivateKey } from './certificate';
import type { FoundCertificate } from './fitness';
import type { Signed } from './make-certificate';

/** A server's certificate that was made and is not on its host yet, as texts of its files. */
export interface StagedCertificate {
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
}

/** Keeps a certificate until an apply copies it. */
export function stage(
  folders: Pick<Folders, 'states'>,
  { certificate, key }: Signed,
  authority: Signed,
): void {
  const folder = controllerFolder(folders);
  makeKeyFolder(folder);
  const texts = { certificate: certificate.pem, key, authority: authority.certificate.pem };
  for (const part of PARTS) writeExactly(path.join(folder, CERTIFICATE_FILES[part]), texts[part], 0o600);
}

/** What is kept; undefined where a file is missing. */
export function stagedCertificate(folders: Pick<Folders, 'states'>): StagedCertificate | undefined {
  const [certificate, key, authority] = PARTS.map((part) =>
    readIfThere(path.join(controllerFolder(folders), CERTIFICATE_FILES[part])),
  );
  if (certificate === undefined || key === undefined || authority === undefined) return undefined;
  return { certificate, key, authority };
}

/** The kept certificate as it is judged. */
export function foundStaged(folders: Pick<Folders, 'states'>): FoundCertificate {
  const staged = stagedCertificate(folders);
  const certificate = staged && readCertificate(staged.certificate);
  const authority = staged && readCertificate(staged.authority);
  const key = staged && readPrivateKey(staged.key);
  return {
    ...(certificate === undefined ? {} : { certificate }),
    ...(authority === undefined ? {} : { authority }),
    hasKey: key !== undefined && certificate?.x509.checkPrivateKey(key) === true,
  };
}

/** Removes the private key with its certificate: both are on their host now, or are of no use. */
export function unstage(folders: Pick<Folders, 'states'>): void {
  const folder = controllerFolder(folders);
  if (!existsSync(folder)) return;
  for (const part of PARTS) rmSync(path.join(folder, CERTIFICATE_FILES[part]), { force: true });
}

const PARTS = ['certificate', 'key', 'authority'] as const;
