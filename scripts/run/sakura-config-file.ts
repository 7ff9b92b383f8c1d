import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../base/errors';
import { readIfThere, shownPath, writeAtomically } from '../../base/files';
import { counted } from '../../base/text/counted';
import { listed } from '../../base/text/listed';
import type { Loaded } from '../../catalog/environment/catalog';
import type { Session } from '../session/session';
import { SIMULATED } from './entries-file';

/** What of a session it takes to write the file. */
interface Writer extends Pick<Session, 'simulated'> {
  readonly folders: Pick<Session['folders'], 'results'>;
  readonly report: Pick<Session['report'], 'say' | 'event'>;
}

/**
 * Looks whether the controller's `sakura_config.yml` could be written, before anything is built.
 *
 * @throws {@link Failure} where the file holds something else that would be lost, or addresses that no node may get
 */
export function checkSakuraConfig(session: Writer, { catalog }: Pick<Loaded, 'catalog'>): void {
  const { sakuraConfigOf, keepsFromSakuraConfig } = sakuraConfigs();
  const file = fileOf(session);
  if (sakuraConfigOf(catalog).pools.length === 0 && sakuraConfigOf(catalog).leftOut.length === 0) return;
  if (existsSync(file) && !statSync(file).isFile())
    throw new Failure(`${shownPath(file)}: must be a file, got a folder or a device`);
  const existing = readIfThere(file);
  const kept = existing === undefined ? undefined : keepsFromSakuraConfig(existing, catalog);
  if (kept !== undefined) throw new Failure(`${shownPath(file)}: not written: it ${kept}`);
}

/**
 * Writes the controller's `sakura_config.yml` beside the entries, in one step; nothing where no entry is on the Sakura cloud. A
 * file that says it all already is left untouched.
 *
 * @throws {@link Failure} as {@link checkSakuraConfig}
 */
export function writeSakuraConfig(session: Writer, loaded: Pick<Loaded, 'catalog'>): void {
  checkSakuraConfig(session, loaded);
  const { sakuraConfigOf, formatSakuraConfig, replacedPools } = sakuraConfigs();
  const { folders, report, simulated } = session;
  const file = fileOf({ folders });
  const existing = readIfThere(file);
  const config = sakuraConfigOf(loaded.catalog, existing);
  const { pools, leftOut } = config;
  if (pools.length > 0) {
    const text = formatSakuraConfig(config, existing, simulated ? SIMULATED : undefined);
    if (text !== existing) writeAtomically(file, text);
    const entries = pools.map(({ entry, addresses, from }) => ({ entry, addresses: addresses.length, from }));
    report.event({ type: 'sakura_config_written', file: shownPath(file), entries });
    const said = pools.map(
      ({ entry, addresses }) => `${entry}: ${counted(addresses.length, 'address', 'addresses')}`,
    );
    report.say(`\nsakura    ${shownPath(file)}   ${said.join(', ')}`);
    const replaced = replacedPools(config, existing);
    if (replaced.length > 0) report.say(`          ${listed(replaced)}: changed to what the catalog says`);
    const chosen = pools.filter(({ from }) => from === 'chosen').map(({ entry }) => entry);
    if (chosen.length > 0)
      report.say(`          chosen for ${listed(chosen)}: the catalog's sakura_config: names your own`);
  }
  if (leftOut.length > 0)
    report.say(
      `${pools.length > 0 ? '' : '\n'}sakura    no addresses for ${listed(leftOut)}: write private_network_ipmask, or sakura_config:`,
    );
}

function fileOf({ folders }: Pick<Writer, 'folders'>): string {
  return path.join(folders.results, 'sakura_config.yml');
}

function sakuraConfigs() {
  return require('../../catalog/out/sakura-config') as typeof import('../../catalog/out/sakura-config');
}
