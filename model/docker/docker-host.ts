import { ValueError } from '../value-error';
import { parseSshLogin, type SshLogin, sshLoginText } from './ssh-login';

/** How a Docker engine is reached: over SSH, or by a socket of this machine. */
export type DockerHost = SshHost | SocketHost;

export interface SshHost {
  readonly kind: 'ssh';
  readonly login: SshLogin;
  /** The host through which it is reached. Absent where it is reached directly. */
  readonly jump?: SshLogin;
}

/** The engine of this machine, for local development. */
export interface SocketHost {
  readonly kind: 'socket';
  /** The socket's absolute path. */
  readonly path: string;
}

/** VCP wants the host's own sshd at this port, because the base container has port 22. */
export const HOST_SSH_PORT = 20022;

const SOCKET = /^unix:\/\/(\/[A-Za-z0-9_.@/+-]+)$/;

/** What `docker -H` and the provider take: `ssh://root@10.0.2.31:20022`, `unix:///var/run/docker.sock`. */
export function dockerHostUrl(host: DockerHost): string {
  return host.kind === 'socket' ? `unix://${host.path}` : `ssh://${sshLoginText(host.login)}`;
}

/**
 * Reads what {@link dockerHostUrl} writes.
 *
 * @param jump - the jump host, `user@host:port`
 * @throws {@link ValueError}
 */
export function parseDockerHost(url: string, jump?: string): DockerHost {
  const socket = SOCKET.exec(url)?.[1];
  if (socket !== undefined) return { kind: 'socket', path: socket };
  const scheme = 'ssh://';
  if (!url.startsWith(scheme)) throw new ValueError('ssh://user@host:port or unix:///path', url);
  const login = parseSshLogin(url.slice(scheme.length), HOST_SSH_PORT);
  return {
    kind: 'ssh',
    login,
    ...(jump === undefined ? {} : { jump: parseSshLogin(jump, 22) }),
  };
}

/** The path of a socket, `unix:///var/run/docker.sock`; undefined for anything else. */
export function socketPath(text: string): string | undefined {
  return SOCKET.exec(text)?.[1];
}
