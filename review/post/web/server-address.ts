import { UsageError } from '../../../base/errors';

/**
 * The address of an API from a variable, without a slash at its end.
 *
 * @throws {@link UsageError} where a token would go over the network in clear, or into a log with the address
 */
export function serverAddress(name: string, text: string): URL {
  if (!URL.canParse(text)) throw new UsageError(`${name}: must be an address with https://`);
  const address = new URL(text);
  if (address.username + address.password !== '')
    throw new UsageError(`${name}: must have no user and no password`);
  const isSafe =
    address.protocol === 'https:' || (address.protocol === 'http:' && isLoopback(address.hostname));
  if (!isSafe)
    throw new UsageError(
      `${name}: must begin with https://, since a token is sent there, got "${address.origin}"`,
    );
  if (address.search + address.hash !== '') throw new UsageError(`${name}: must have no "?" and no "#"`);
  return address;
}

/** An address with its path and no slash at its end. */
export function baseOf(address: URL): string {
  return address.href.replace(/\/+$/, '');
}

function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}
