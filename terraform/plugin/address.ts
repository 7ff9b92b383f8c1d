import type { NetConnectOpts } from 'node:net';

/** Where a plugin listens, in the terms of go-plugin's handshake: a host and port, or the path of a unix socket. */
export interface PluginAddress {
  readonly network: 'tcp' | 'unix';
  /** `127.0.0.1:40123`, `[::1]:40123` or `/tmp/plugin.sock`. */
  readonly address: string;
}

/** An address for display: `127.0.0.1:40123` or `unix:/tmp/plugin.sock`. */
export function addressText({ network, address }: PluginAddress): string {
  return network === 'unix' ? `unix:${address}` : address;
}

/**
 * The options with which `node:net` connects to an address, or listens at it.
 *
 * @throws {Error} for a TCP address without a port
 */
export function socketOptions({ network, address }: PluginAddress): NetConnectOpts {
  if (network === 'unix') return { path: address };
  const [, host, port] = /^\[?(.*?)\]?:(\d+)$/.exec(address) ?? [];
  if (host === undefined || port === undefined)
    throw new Error(`plugin address: must be host:port, got "${address}"`);
  return { host, port: Number(port) };
}
