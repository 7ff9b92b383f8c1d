import { type SshLogin, sshLoginText } from '../../../../model/docker/ssh-login';
import type { SshHost } from './ssh-hosts';

export interface SshConfigOptions {
  /** The absolute path of the file with the nodes' host keys. */
  readonly knownHosts: string;
  /** The host over which the nodes are reached. @default - they are reached directly */
  readonly jump?: SshLogin;
}

/** OpenSSH's configuration for the nodes of an environment: an entry for each sshd, whose key must be known. */
export function nodesConfigText(
  environment: string,
  hosts: readonly SshHost[],
  { knownHosts, jump }: SshConfigOptions,
): string {
  const common = [
    // A word of OpenSSH's configuration in which % begins a token.
    `UserKnownHostsFile "${knownHosts.replaceAll('%', '%%')}"`,
    'StrictHostKeyChecking yes',
    ...(jump === undefined ? [] : [`ProxyJump ${sshLoginText(jump)}`]),
  ];
  const entries = hosts.map(({ alias, address, port, user }) =>
    [`Host ${alias}`, `HostName ${address}`, `Port ${port}`, `User ${user}`, ...common].join('\n  '),
  );
  const head = `# The nodes of ${environment}, by kakehashi nodes ssh-config, which writes it anew each time.`;
  return `${[head, ...entries].join('\n\n')}\n`;
}
