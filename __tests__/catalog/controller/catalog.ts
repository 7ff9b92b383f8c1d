/** The digest of a controller's image. */
export const DIGEST = `sha256:${'a'.repeat(64)}`;

const KEYS = {
  host: 'ssh://ubuntu@10.0.2.15',
  version: '25.04.0',
  images: `{ occtr: '${DIGEST}' }`,
};

/** A catalog with a controller of these keys, beside the usual ones; undefined takes a usual one away. */
export function controllerCatalog(
  keys: Readonly<Record<string, string | undefined>> = {},
  more = '',
  site = 'site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10 }\n',
): string {
  const lines = Object.entries({ ...KEYS, ...keys }).flatMap(([key, value]) =>
    value === undefined ? [] : [`  ${key}: ${value}\n`],
  );
  return `cci_version: '1.0'\n${site}controller:\n${lines.join('')}${more}`;
}

/** The same with a Vault before it. */
export function withVault(keys: Readonly<Record<string, string | undefined>>, more = ''): string {
  return controllerCatalog(keys, `vault: { address: https://vault.example.org:8200 }\n${more}`);
}
