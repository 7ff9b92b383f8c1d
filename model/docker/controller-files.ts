import { posix } from 'node:path';

/** What the controller's image wants in its folder of certificates (VCP's manual, "SSL証明書"). */
export const CERTIFICATE_FILES = {
  certificate: 'occtr_cert.pem',
  key: 'occtr_key.pem',
  authority: 'ca.pem',
} as const;

/** The folder of files with secrets: beside that of certificates, so that no container has it as a whole. */
export function secretsFolder(cert: string): string {
  return posix.join(posix.dirname(cert), 'secrets');
}

/** The file that gives a container its secrets. @param cert - the folder of certificates */
export function secretsFile(cert: string, container: string): string {
  return posix.join(secretsFolder(cert), `${container}.env`);
}

/** The portable controller's `.env`, beside its folders. @param cert - the folder of certificates */
export function environmentFile(cert: string): string {
  return posix.join(posix.dirname(cert), '.env');
}
