import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * The length of a path that OpenSSH makes of this folder's: a slash, 40 hexadecimal digits, and while it is made a dot and 16
 * characters more.
 */
const NAME_LENGTH = 1 + 40 + 17;

/** The longest path of a socket, with its final zero (unix(7)). */
const LONGEST = 108;

/**
 * The folder for the sockets of shared connections, which nobody else can enter; undefined where there can be none: whoever may
 * write to it could answer in the place of a host.
 *
 * @param files - the folder of the known host keys: a connection is shared only by those that trust the same ones
 * @param parent - @default - the folder for temporary files, whose path is short
 */
export function socketFolder(files: string, parent = tmpdir()): string | undefined {
  const user = process.getuid?.() ?? 0;
  const digest = createHash('sha256').update(path.resolve(files)).digest('hex').slice(0, 8);
  const folder = path.join(parent, `kakehashi-ssh-${user}-${digest}`);
  if (folder.length + NAME_LENGTH >= LONGEST) return undefined;
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch {
    // It is there already, or can't be made: what is there decides.
  }
  const status = lstatSync(folder, { throwIfNoEntry: false });
  const isOurs = status?.isDirectory() === true && status.uid === user && (status.mode & 0o077) === 0;
  return isOurs ? folder : undefined;
}
