import { UsageError } from '../base/errors';

/**
 * The URL of a Vault server, checked: `https://<host>[:<port>]`. Only this machine itself may have `http`, since a token
 * would travel in clear text.
 *
 * @param where - what holds the address, for messages: `VAULT_ADDR`, `vault.address`
 * @throws {@link UsageError}
 */
export function serverAddress(text: string, where: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const usable = url !== undefined && /^https?:$/.test(url.protocol) && url.username + url.password === '';
  if (!usable || url.search + url.hash !== '' || !/^\/?$/.test(url.pathname)) {
    const got = url === undefined || url.username + url.password === '' ? `"${text}"` : 'one with a password';
    throw new UsageError({ where, summary: `must be a URL like https://10.0.2.15:8443, got ${got}` });
  }
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
    throw new UsageError({
      where,
      summary: `must begin with https://, got "${text}": a token would travel in clear text`,
      fixes: ['write https:// (http is only for this machine itself)'],
    });
  }
  return url;
}

/** Whether a host is this machine. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
