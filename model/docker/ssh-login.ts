import { ValueError } from '../value-error';

/** Who logs in where by SSH. */
export interface SshLogin {
  readonly user: string;
  /** An IPv4 address or a host name. */
  readonly address: string;
  readonly port: number;
}

/** `user@host`, `user@host:port`; without characters that a shell, or OpenSSH's configuration, reads in another way. */
export const SSH_LOGIN_PATTERN =
  '^[a-z_][a-z0-9_-]{0,31}@[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?(:[1-9][0-9]{0,4})?$';

const FORM = new RegExp(SSH_LOGIN_PATTERN);

/** Reads `user@host:port`. @param defaultPort - that of a text without port @throws {@link ValueError} */
export function parseSshLogin(text: string, defaultPort: number): SshLogin {
  const [user = '', place = ''] = text.split('@');
  const [address = '', port = String(defaultPort)] = place.split(':');
  if (!FORM.test(text) || Number(port) > 65535) {
    throw new ValueError('a login like admin@bastion.example.org:22', text);
  }
  return { user, address, port: Number(port) };
}

/** `user@host:port`. */
export function sshLoginText({ user, address, port }: SshLogin): string {
  return `${user}@${address}:${port}`;
}
