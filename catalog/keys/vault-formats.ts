import { ValueError } from '../../model/ipv4';
import type { Format } from './shape';

const HOST = '([A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+\\])';
const LOOPBACK = '(localhost|127\\.[0-9]+\\.[0-9]+\\.[0-9]+|\\[::1\\])';
const PORT = '(:[0-9]{1,5})?';

/** Tokens and secrets go over this connection, so that only a server on the same host may do without TLS. */
export const VAULT_ADDRESS: Format = {
  expected: 'a URL of https with host and port alone, like https://10.0.2.15:8443',
  pattern: `^(https://${HOST}|http://${LOOPBACK})${PORT}$`,
  parse: parseVaultAddress,
  example: 'https://10.0.2.15:8443',
};

const ADDRESS = new RegExp(VAULT_ADDRESS.pattern);

/**
 * A Vault server's URL in its one spelling: small letters, no default port.
 *
 * @throws {@link ValueError} for http but to a loopback address, and for a path, a query, a user or a password
 */
export function parseVaultAddress(text: string): string {
  // What follows the path may hold a token.
  const shown = text.replace(/[?#][\s\S]*$/, '?…');
  const url = ADDRESS.test(text) ? parsedUrl(text) : undefined;
  if (url) return url.origin;
  const near = text.replace(/^(https?:\/\/[^/?#@]+)[/?#][\s\S]*$/, '$1');
  if (/^http:/.test(text)) {
    throw new ValueError(
      'a URL of https: without TLS, tokens and secrets are read on the way (only a loopback address may have http)',
      shown,
    );
  }
  const mend = near !== text && ADDRESS.test(near) ? `did you mean "${near}"?` : undefined;
  throw new ValueError(VAULT_ADDRESS.expected, shown, mend);
}

function parsedUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

const NAMESPACE_PART = '[A-Za-z0-9_][A-Za-z0-9_.-]*';

/** A namespace of Vault Enterprise or OpenBao, without slashes at its ends. */
export const VAULT_NAMESPACE: Format = {
  expected: 'a namespace like team/lab, without slashes at its ends',
  pattern: `^(?!(root|sys|audit|auth|cubbyhole|identity)$)${NAMESPACE_PART}(/${NAMESPACE_PART})*$`,
  example: 'team',
};
