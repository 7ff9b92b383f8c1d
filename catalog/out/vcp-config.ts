import { CLOUD_SECRETS, type Cloud } from '../../model/vault/cloud-secrets';
import { CUBBYHOLE, SecretReference } from '../../model/vault/secret-reference';
import { sectionOf } from '../adopted/keys';
import type { Catalog } from '../environment/catalog';

/** What the SDK's `vcp_config.yml` says of an environment (docs/reference/vcp.md). No credential is ever in it. */
export interface VcpConfig {
  readonly controller: {
    /** The controller's own address. */
    readonly host: string;
    /** What the controller is called where nobody has named it: free to choose (docs/reference/vcp.md). */
    readonly name: string;
    /** Present where the catalog's Vault is on the controller. */
    readonly vaultPort?: number;
  };
  /** In the order of the catalog. */
  readonly providers: readonly VcpProvider[];
  /** Providers whose section is written without credentials: the SDK's names for them are not published. */
  readonly unnamed: readonly string[];
  /** Providers of the catalog that the SDK is not known to have a section for, so that nothing is written about them. */
  readonly leftOut: readonly string[];
}

/** One section of the file. */
export interface VcpProvider {
  readonly name: string;
  /** By the name that the SDK gives them. */
  readonly secrets: { readonly [key: string]: VcpSecret };
  /** Names of its entries, one of which is its `private_network`; `default` first where there is one. */
  readonly networks: readonly [string, ...string[]];
}

export interface VcpSecret {
  readonly reference: SecretReference;
  /** Whether the catalog says so itself; else it is where the hands-on keeps it, and a user may have moved it. */
  readonly stated: boolean;
}

/** Sections without a secret: servers that exist already are reached by SSH (docs/reference/vcp.md). */
const WITHOUT_SECRETS: ReadonlySet<string> = new Set(['onpremises']);

/** Sections of the SDK whose secrets are known to it under names that are not published (docs/reference/vcp.md). */
export const UNNAMED_SECRETS: ReadonlySet<string> = new Set(['proxmox', 'mdx2']);

/** The configuration of the SDK for an environment; undefined where the catalog has no site, and so no controller. */
export function vcpConfigOf(catalog: Catalog): VcpConfig | undefined {
  const { environment, site, kinds } = catalog;
  if (site === undefined) return undefined;
  const host = site.controller.address;
  const vaultPort = kinds.vault && portOn(host, kinds.vault.address);
  const entries = entriesOf(catalog);
  const known = [...entries].filter(([provider]) => isKnown(provider));
  return {
    controller: { host, name: environment, ...(vaultPort === undefined ? {} : { vaultPort }) },
    providers: known.map(([name, names]) => ({
      name,
      secrets: secretsOf(name, catalog),
      networks: names,
    })),
    unnamed: [...entries.keys()].filter((provider) => UNNAMED_SECRETS.has(provider)),
    leftOut: [...entries.keys()].filter((provider) => !isKnown(provider)),
  };
}

/** The names under which the SDK looks for a provider's secrets; empty where it has none, or is not known. */
export function secretNames(provider: string): readonly string[] {
  return isCloud(provider) ? Object.keys(CLOUD_SECRETS[provider]) : [];
}

/** Names of entries by section of the SDK, what is built before what is adopted. */
function entriesOf({ networks, adopted }: Catalog): ReadonlyMap<string, readonly [string, ...string[]]> {
  const found = new Map<string, string[]>();
  const add = (provider: string, entry: string): void => {
    const section = sectionOf(provider);
    found.set(section, [...(found.get(section) ?? []), entry]);
  };
  for (const { entries } of networks) for (const { provider, name } of entries) add(provider, name);
  for (const { provider, name } of adopted) add(provider, name);
  return new Map([...found].map(([provider, names]) => [provider, defaultFirst(names)] as const));
}

function defaultFirst(names: readonly string[]): readonly [string, ...string[]] {
  const [first = 'default', ...others] = [...new Set(names)];
  return names.includes('default')
    ? ['default', ...[first, ...others].filter((name) => name !== 'default')]
    : [first, ...others];
}

function secretsOf(provider: string, catalog: Catalog): VcpProvider['secrets'] {
  if (!isCloud(provider)) return {};
  const stated = catalog.credentials[provider] ?? {};
  const names: Readonly<Record<string, string>> = CLOUD_SECRETS[provider];
  return Object.fromEntries(
    Object.entries(names).map(([name, segment]) => {
      const reference = stated[name];
      const usual = `vault://${CUBBYHOLE}/${provider}/${segment}`;
      return [
        name,
        reference === undefined
          ? { reference: SecretReference.parse(usual), stated: false }
          : { reference, stated: true },
      ];
    }),
  );
}

/** The port of an address on a host; undefined where it is on another one, or not known to be. */
function portOn(host: string, address: string): number | undefined {
  if (!URL.canParse(address)) return undefined;
  const { hostname, port, protocol } = new URL(address);
  if (hostname !== host) return undefined;
  return port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
}

function isKnown(provider: string): boolean {
  return isCloud(provider) || WITHOUT_SECRETS.has(provider) || UNNAMED_SECRETS.has(provider);
}

function isCloud(provider: string): provider is Cloud {
  return Object.hasOwn(CLOUD_SECRETS, provider);
}
