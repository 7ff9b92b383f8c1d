import path from 'node:path';
import { makePrivate, readIfThere, writeExactly } from '../../../base/files';
import type { Folders } from '../../session/folders';

const IGNORE = `# Written by kakehashi. Private keys are in this folder: do not commit it.
*
`;

/** The folder of what an apply will copy to the controller's host: `state/dev/controller`. */
export function controllerFolder({ states }: Pick<Folders, 'states'>): string {
  return path.join(states, 'controller');
}

/** The private key and the certificate of the environment's own authority, where no Vault keeps them. */
export function authorityFile({ states }: Pick<Folders, 'states'>): string {
  return path.join(states, 'controller-ca.key');
}

/** Makes a folder for private keys: only its owner enters it, and Git leaves it out. */
export function makeKeyFolder(folder: string): void {
  makePrivate(folder);
  const ignore = path.join(folder, '.gitignore');
  if (readIfThere(ignore) === undefined) writeExactly(ignore, IGNORE, 0o600);
}
