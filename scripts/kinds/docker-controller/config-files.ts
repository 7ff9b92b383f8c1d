import path from 'node:path';
import { Failure } from '../../../base/errors';
import type { Catalog } from '../../../catalog/environment/catalog';
import type { Entries } from '../../../catalog/out/entries';

/** A file that the controller reads, as it is to be. */
export interface ConfigFile {
  readonly name: string;
  readonly text: string;
  /** Entries that somebody else wrote, which stay: `aws/lab`. */
  readonly kept: readonly string[];
}

export const CONFIG_NAMES = ['vpn_catalog.yml', 'sakura_config.yml', 'vcp_config.yml'] as const;

export type ConfigTexts = Readonly<Partial<Record<(typeof CONFIG_NAMES)[number], string>>>;

/**
 * The files of the controller's folder `config`: what the catalog says, and what others added there. Which of them is not ours can't be
 * told from one that has left the catalog, so nothing of it is removed.
 *
 * @param existing - the files that are there
 * @throws {@link Failure} for a file in which something would be lost
 */
export function configFiles(
  catalog: Catalog,
  entries: Entries,
  existing: ConfigTexts,
  where: (name: string) => string,
): readonly ConfigFile[] {
  return [
    catalogFile(entries, existing['vpn_catalog.yml'], where),
    ...sakuraFile(catalog, existing['sakura_config.yml'], where),
    ...sdkFile(catalog, existing['vcp_config.yml'], where),
  ];
}

function catalogFile(
  entries: Entries,
  existing: string | undefined,
  where: (name: string) => string,
): ConfigFile {
  const { formatEntries, keepsFromEntries, readEntries } =
    require('../../../catalog/out/entries') as typeof import('../../../catalog/out/entries');
  const name = 'vpn_catalog.yml';
  refuse(where(name), existing === undefined ? undefined : keepsFromEntries(existing));
  const there = existing === undefined ? {} : readEntries(existing);
  const others = Object.entries(there).flatMap(([provider, named]) =>
    Object.keys(named)
      .filter((entry) => entries[provider]?.[entry] === undefined)
      .map((entry) => ({ provider, entry })),
  );
  const merged: Record<string, Entries[string]> = { ...entries };
  for (const { provider, entry } of others) {
    const value = there[provider]?.[entry];
    if (value !== undefined) merged[provider] = { ...merged[provider], [entry]: value };
  }
  // A provider without entries says that it may be used: `onpremises: {}`.
  for (const [provider, named] of Object.entries(there)) merged[provider] ??= named;
  const kept = others.map(({ provider, entry }) => `${provider}/${entry}`);
  return { name, text: formatEntries(merged, existing), kept };
}

function sakuraFile(
  catalog: Catalog,
  existing: string | undefined,
  where: (name: string) => string,
): readonly ConfigFile[] {
  const { formatSakuraConfig, keepsFromSakuraConfig, sakuraConfigOf } =
    require('../../../catalog/out/sakura-config') as typeof import('../../../catalog/out/sakura-config');
  const name = 'sakura_config.yml';
  if (sakuraConfigOf(catalog).pools.length === 0) return [];
  refuse(where(name), existing === undefined ? undefined : keepsFromSakuraConfig(existing, catalog));
  const config = sakuraConfigOf(catalog, existing);
  return [{ name, text: formatSakuraConfig(config, existing), kept: [] }];
}

function sdkFile(
  catalog: Catalog,
  existing: string | undefined,
  where: (name: string) => string,
): readonly ConfigFile[] {
  const { vcpConfigOf } =
    require('../../../catalog/out/vcp-config') as typeof import('../../../catalog/out/vcp-config');
  const { formatVcpConfig, keepsFromVcpConfig } =
    require('../../../catalog/out/vcp-config-text') as typeof import('../../../catalog/out/vcp-config-text');
  const name = 'vcp_config.yml';
  const config = vcpConfigOf(catalog);
  if (config === undefined) return [];
  refuse(where(name), existing === undefined ? undefined : keepsFromVcpConfig(existing, config));
  return [{ name, text: formatVcpConfig(config, existing), kept: [] }];
}

/** The places of the files on the host. */
export function configPaths(folder: string): readonly string[] {
  return CONFIG_NAMES.map((name) => path.join(folder, name));
}

function refuse(where: string, kept: string | undefined): void {
  if (kept !== undefined)
    throw new Failure({
      where,
      summary: `not written: it ${kept}`,
      fixes: ['move the file away there, and run the same command again'],
    });
}
