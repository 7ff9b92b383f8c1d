import path from 'node:path';
import { readIfThere } from '../../../base/files';
import type { Loaded } from '../../../catalog/environment/catalog';
import type { Entries } from '../../../catalog/out/entries';
import type { EntryChange } from '../../../catalog/out/entry-changes';
import type { VcpConfig } from '../../../catalog/out/vcp-config';
import { readSiteOutput, type SiteEnd } from '../../../model/gateway/site-output';
import { ValueError } from '../../../model/value-error';
import type { Session } from '../../session/session';
import { fieldsOf, type NotedEnvironment } from './noted-outputs';

/**
 * What an apply changes in `vpn_catalog.yml`: entries that stacks create, as states and plans tell. Entries that exist
 * already are in no state: they are compared with the file, where it is on this disk.
 */
export function entriesChanges(
  session: Session,
  loaded: Loaded,
  before: NotedEnvironment,
  after: NotedEnvironment,
): readonly EntryChange[] {
  const { mergeEntries, readEntries } =
    require('../../../catalog/out/entries') as typeof import('../../../catalog/out/entries');
  const { entryChanges } =
    require('../../../catalog/out/entry-changes') as typeof import('../../../catalog/out/entry-changes');
  const [createdNow, createdThen] = [createdBy(before), createdBy(after)];
  const { adopted } = loaded.catalog;
  const text = readIfThere(session.folders.entries);
  const stated = loaded.catalog.networks.flatMap(({ entries }) => entries.map(entryName));
  const isBuilt = new Set([...namesIn([...createdNow, ...createdThen]), ...stated]);
  const onDisk = text === undefined ? undefined : without(readEntries(text), isBuilt);
  const builtNow = mergeEntries({ ...loaded.catalog, adopted: [] }, createdNow);
  const known = onDisk ?? mergeEntries({ ...loaded.catalog, networks: [], adopted }, []);
  return entryChanges(merged(known, builtNow), mergeEntries(loaded.catalog, createdThen));
}

function entryName({ provider, name }: { readonly provider: string; readonly name: string }): string {
  return `${provider}/${name}`;
}

function createdBy({ stacks }: NotedEnvironment): readonly Entries[] {
  return stacks.flatMap(({ catalog }) =>
    typeof catalog === 'object' && catalog !== null ? [catalog as Entries] : [],
  );
}

function namesIn(all: readonly Entries[]): ReadonlySet<string> {
  return new Set(
    all.flatMap((entries) =>
      Object.entries(entries).flatMap(([provider, own]) =>
        Object.keys(own).map((name) => `${provider}/${name}`),
      ),
    ),
  );
}

function without(entries: Entries, names: ReadonlySet<string>): Entries {
  return Object.fromEntries(
    Object.entries(entries).map(([provider, own]) => [
      provider,
      Object.fromEntries(Object.entries(own).filter(([name]) => !names.has(`${provider}/${name}`))),
    ]),
  );
}

function merged(one: Entries, other: Entries): Entries {
  const providers = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return Object.fromEntries(
    providers.map((provider) => [provider, { ...one[provider], ...other[provider] }]),
  );
}

/**
 * What an apply changes in the SDK's `vcp_config.yml`: in the file where it is on this disk, else in what the states say of
 * it. Nothing where nothing was applied yet and there is no file.
 */
export function configurationChanges(
  session: Session,
  loaded: Loaded,
  before: NotedEnvironment,
): readonly EntryChange[] {
  const { vcpConfigOf } =
    require('../../../catalog/out/vcp-config') as typeof import('../../../catalog/out/vcp-config');
  const { formatVcpConfig } =
    require('../../../catalog/out/vcp-config-text') as typeof import('../../../catalog/out/vcp-config-text');
  const { mapsIn } = require('../../../catalog/out/entries') as typeof import('../../../catalog/out/entries');
  const { mapChanges } =
    require('../../../catalog/out/entry-changes') as typeof import('../../../catalog/out/entry-changes');
  const wanted = vcpConfigOf(loaded.catalog);
  if (wanted === undefined) return [];
  const file = path.join(session.folders.results, 'vcp_config.yml');
  const former = formerConfiguration(wanted, loaded, before);
  const existing = readIfThere(file) ?? (former === undefined ? undefined : formatVcpConfig(former));
  if (existing === undefined) return [];
  return mapChanges(mapsIn(existing), mapsIn(formatVcpConfig(wanted, existing)));
}

/** The site's end; undefined for a damaged output, of which the comparison of the gateway's files says so. */
function siteIn(output: unknown): SiteEnd | undefined {
  try {
    return readSiteOutput(output)[0];
  } catch (error) {
    if (error instanceof ValueError) return undefined;
    throw error;
  }
}

/** What the states say of the configuration; undefined where they say nothing. */
function formerConfiguration(
  wanted: VcpConfig,
  { catalog }: Loaded,
  before: NotedEnvironment,
): VcpConfig | undefined {
  const site = before.stacks.map(({ site: output }) => siteIn(output)).find((end) => end !== undefined);
  const built = createdBy(before);
  if (site === undefined || built.length === 0) return undefined;
  const providers = wanted.providers.flatMap((provider) => {
    const names = built.flatMap((entries) => Object.keys(fieldsOf(entries[provider.name])));
    const [first, ...others] = names.includes('default')
      ? ['default', ...names.filter((name) => name !== 'default')]
      : names;
    if (first !== undefined) return [{ ...provider, networks: [first, ...others] as const }];
    return catalog.adopted.some((entry) => entry.provider === provider.name) ? [provider] : [];
  });
  const controller = { ...wanted.controller, host: site.site.controller.address };
  return {
    ...wanted,
    controller,
    providers: providers.map((provider) => ({ ...provider, networks: [...provider.networks] as [string] })),
  };
}
