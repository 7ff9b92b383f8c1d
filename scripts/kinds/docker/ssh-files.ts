import path from 'node:path';
import type { Folders } from '../../session/folders';

/** OpenSSH's files for the hosts of an environment. */
export interface SshFiles {
  readonly folder: string;
  /** The configuration, which each run writes. */
  readonly config: string;
  /** The host keys that the user has confirmed. */
  readonly knownHosts: string;
}

/** `out/dev/ssh/{config,known_hosts}`. The synthesized JSON names the first by its path from a stack's folder. */
export function sshFiles({ results }: Pick<Folders, 'results'>): SshFiles {
  const folder = path.join(results, 'ssh');
  return { folder, config: path.join(folder, 'config'), knownHosts: path.join(folder, 'known_hosts') };
}
