import type { SshHost } from '../../../model/docker/docker-host';
import { type SshLogin, sshLoginText } from '../../../model/docker/ssh-login';

export interface SshConfigOptions {
  /** The absolute path of the file of known host keys. */
  readonly knownHosts: string;
  /** The folder of sockets by which connections are shared. @default - none: each command has a connection of its own */
  readonly sockets?: string;
}

/**
 * OpenSSH's configuration for the hosts of an environment: host keys are always checked, and only those in the file count; a
 * connection is shared by all commands, because sshd refuses many that log in at once (MaxStartups); jump hosts are used.
 *
 * The user's own configuration comes last, for keys and agents: OpenSSH takes the first value that it finds.
 *
 * @param hosts - those with the same address have the same jump host
 */
export function sshConfigText(hosts: readonly SshHost[], { knownHosts, sockets }: SshConfigOptions): string {
  const jumps = new Map(
    hosts.flatMap(({ login, jump }) => (jump === undefined ? [] : [[login.address, jump]])),
  );
  const blocks = [...jumps].map(([address, jump]) => [
    `Host ${address}`,
    `  ProxyJump ${sshLoginText(jump)}`,
  ]);
  const shared =
    sockets === undefined
      ? ['  ControlMaster no', '  ControlPath none']
      : ['  ControlMaster auto', `  ControlPath ${quoted(`${sockets}/%C`)}`, '  ControlPersist 60'];
  const lines = [
    '# Written by kakehashi at each run: what you change here is lost.',
    ...blocks.flat(),
    'Host *',
    '  StrictHostKeyChecking yes',
    `  UserKnownHostsFile ${quoted(knownHosts)}`,
    '  GlobalKnownHostsFile /dev/null',
    '  VerifyHostKeyDNS no',
    '  UpdateHostKeys no',
    '  HashKnownHosts no',
    '  BatchMode yes',
    '  ConnectTimeout 15',
    '  ServerAliveInterval 15',
    ...shared,
    '  Include ~/.ssh/config',
  ];
  return `${lines.join('\n')}\n`;
}

/** The jump hosts, each once. */
export function jumpsOf(hosts: readonly SshHost[]): readonly SshLogin[] {
  return onePerHost(hosts.flatMap(({ jump }) => jump ?? []));
}

/** The hosts themselves, each once. */
export function loginsOf(hosts: readonly SshHost[]): readonly SshLogin[] {
  return onePerHost(hosts.map(({ login }) => login));
}

function onePerHost(logins: readonly SshLogin[]): readonly SshLogin[] {
  return [...new Map(logins.map((login) => [`${login.address}:${login.port}`, login])).values()];
}

/** A value in quotes; a `%` begins a token of OpenSSH's, except in the last part of the path of a socket. */
function quoted(value: string): string {
  return `"${value.replaceAll(/%(?!C$)/g, '%%')}"`;
}
