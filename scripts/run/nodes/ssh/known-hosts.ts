import { createHash } from 'node:crypto';
import { compareTexts } from '../../../../base/text/compare-texts';

/** A host key as known_hosts has it. */
export interface HostKey {
  /** `172.30.2.4`, `[172.30.2.4]:20022`. */
  readonly host: string;
  /** `ssh-ed25519`. */
  readonly type: string;
  /** Base64. */
  readonly key: string;
}

/** The keys of a known_hosts file, or of what ssh-keyscan prints. Comments and other lines are left out. */
export function parseKnownHosts(text: string): readonly HostKey[] {
  return text.split('\n').flatMap((line) => {
    const [host = '', type = '', key = '', ...more] = line.trim().split(/\s+/);
    const isKey = /^[a-z0-9@.-]+$/.test(type) && /^[A-Za-z0-9+/]+=*$/.test(key) && more.length === 0;
    return host === '' || host.startsWith('#') || !isKey ? [] : [{ host, type, key }];
  });
}

/** Sorted, so that the same keys give the same bytes. */
export function knownHostsText(keys: readonly HostKey[]): string {
  const lines = new Set(keys.map(({ host, type, key }) => `${host} ${type} ${key}\n`));
  return [...lines].sort(compareTexts).join('');
}

/** As `ssh-keygen -l` shows it: `SHA256:…`. */
export function fingerprint({ key }: Pick<HostKey, 'key'>): string {
  const digest = createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64');
  return `SHA256:${digest.replace(/=+$/, '')}`;
}

/** Whether a scanned key was known, or stands in the place of another one of its type. */
export function keyChange(scanned: HostKey, before: readonly HostKey[]): 'known' | 'new' | 'changed' {
  const same = before.filter(({ host, type }) => host === scanned.host && type === scanned.type);
  if (same.length === 0) return 'new';
  return same.some(({ key }) => key === scanned.key) ? 'known' : 'changed';
}
