/** A name that a server certificate is for, as it is written in a catalog: an IPv4 address or a host's name. */
export type ServerName = string;

const ADDRESS = /^\d{1,3}(\.\d{1,3}){3}$/;

export function isAddress(name: ServerName): boolean {
  return ADDRESS.test(name);
}

/**
 * All names of the controller's certificate, each once: what its own host calls it, its private address, and what the catalog adds
 * (docs/reference/controller.md).
 */
export function controllerNames(privateAddress: string, more: readonly string[]): readonly ServerName[] {
  return [...new Set(['127.0.0.1', 'localhost', privateAddress, ...more.map((name) => name.toLowerCase())])];
}

/** The names of which one list lacks some that the other has. */
export function missingNames(
  wanted: readonly ServerName[],
  found: readonly ServerName[],
): readonly ServerName[] {
  const has = new Set(found.map((name) => name.toLowerCase()));
  return wanted.filter((name) => !has.has(name.toLowerCase()));
}
