import { createHash } from 'node:crypto';
import type { SshLogin } from '../../../model/docker/ssh-login';

/** A line of OpenSSH's known_hosts that says the key of one host. */
export interface HostKey {
  /** `10.0.2.31`, `[10.0.2.31]:20022`. */
  readonly name: string;
  /** `ssh-ed25519`. */
  readonly type: string;
  readonly base64: string;
}

/** How known_hosts names a host (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"). */
export function knownName({ address, port }: Pick<SshLogin, 'address' | 'port'>): string {
  return port === 22 ? address : `[${address}]:${port}`;
}

/** The keys of a file, without comments and lines of another form. */
export function readHostKeys(text: string): readonly HostKey[] {
  return text.split('\n').flatMap((line): readonly HostKey[] => {
    const [names = '', type = '', base64 = ''] = line.trim().split(/\s+/);
    if (names.startsWith('#') || !/^(ssh|ecdsa|sk)-/.test(type) || base64 === '') return [];
    return names.split(',').map((name) => ({ name, type, base64 }));
  });
}

export function hostKeyLine({ name, type, base64 }: HostKey): string {
  return `${name} ${type} ${base64}`;
}

/** `ED25519 SHA256:…`, as `ssh-keygen -lf` prints it on the host. */
export function fingerprint({ type, base64 }: HostKey): string {
  const digest = createHash('sha256').update(Buffer.from(base64, 'base64')).digest('base64');
  return `${typeName(type)} SHA256:${digest.replace(/=+$/, '')}`;
}

function typeName(type: string): string {
  if (type.startsWith('ecdsa')) return 'ECDSA';
  return type === 'ssh-rsa' ? 'RSA' : type.replace(/^ssh-/, '').toUpperCase();
}
