import path from 'node:path';
import type { Controller } from '../../../catalog/kinds/docker-controller/controller';
import {
  CERTIFICATE_FILES,
  environmentFile,
  secretsFile,
  secretsFolder,
} from '../../../model/docker/controller-files';
import type { ControllerFolders } from '../../../model/docker/controller-host';

/** The places of the controller's files on its host, all absolute. */
export interface HostPaths extends ControllerFolders {
  readonly certificate: string;
  readonly key: string;
  readonly authority: string;
  /** The digests of key and certificate, as `sha256sum -c` reads them. */
  readonly sums: string;
  readonly environment: string;
  readonly secrets: string;
  readonly secretsVersion: string;
  readonly secretsOf: (container: string) => string;
}

/** @param project - the project's folder, in which relative ones are */
export function hostPaths(folders: ControllerFolders, project: string): HostPaths {
  const [data, config, cert] = [folders.data, folders.config, folders.cert].map((folder) =>
    path.resolve(project, folder),
  );
  if (data === undefined || config === undefined || cert === undefined) throw new Error('three folders');
  const inCert = (name: string) => path.join(cert, name);
  const secrets = secretsFolder(cert);
  return {
    data,
    config,
    cert,
    certificate: inCert(CERTIFICATE_FILES.certificate),
    key: inCert(CERTIFICATE_FILES.key),
    authority: inCert(CERTIFICATE_FILES.authority),
    sums: inCert('SHA256SUMS'),
    environment: environmentFile(cert),
    secrets,
    secretsVersion: path.join(secrets, 'version'),
    secretsOf: (container) => secretsFile(cert, container),
  };
}

/** Whether a folder of the controller lies in the project's folder, so that Terraform must be told where that is. */
export function hasRelativeFolder({ folders }: Pick<Controller, 'folders'>): boolean {
  return [folders.data, folders.config, folders.cert].some((folder) => !path.isAbsolute(folder));
}
