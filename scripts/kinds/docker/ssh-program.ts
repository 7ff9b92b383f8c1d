import { hostEnvironment } from '../../../base/ask-program';
import type { SshLogin } from '../../../model/docker/ssh-login';
import type { SshFiles } from './ssh-files';

/** The command that logs in to a host with the environment's own files. @param options - of OpenSSH */
export function sshCommand(
  { config }: Pick<SshFiles, 'config'>,
  { user, address, port }: SshLogin,
  ...options: readonly string[]
): readonly string[] {
  return ['ssh', '-F', config, ...options, '-T', '-l', user, '-p', String(port), '--', address];
}

/** What OpenSSH and Docker's client need to find the user's keys; the rest of the environment is nothing for a host. */
export function sshEnvironment(): NodeJS.ProcessEnv {
  const { HOME, SSH_AUTH_SOCK } = process.env;
  return {
    ...hostEnvironment(),
    ...(HOME === undefined ? {} : { HOME }),
    ...(SSH_AUTH_SOCK === undefined ? {} : { SSH_AUTH_SOCK }),
  };
}
