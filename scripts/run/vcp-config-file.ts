import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Loaded } from '../../catalog/load';
import { Failure } from '../errors';
import { readIfThere, shownPath, writeAtomically } from '../files';
import { SIMULATED } from './entries-file';
import type { Session } from './session';

/** What of a session it takes to write the file. */
interface Writer extends Pick<Session, 'simulated'> {
  readonly folders: Pick<Session['folders'], 'results'>;
  readonly report: Pick<Session['report'], 'say' | 'event'>;
}

/**
 * Writes the SDK's `vcp_config.yml` beside the entries, in one step; nothing where the catalog has no site. A file that
 * says it all already is left untouched.
 *
 * @throws {@link Failure} where the file holds something else that would be lost, or a credential in clear text
 */
export function writeVcpConfig(session: Writer, { catalog }: Pick<Loaded, 'catalog'>): void {
  const { vcpConfigOf } = require('../../catalog/vcp-config') as typeof import('../../catalog/vcp-config');
  const { formatVcpConfig, keepsFromVcpConfig } =
    require('../../catalog/vcp-config-text') as typeof import('../../catalog/vcp-config-text');
  const config = vcpConfigOf(catalog);
  if (config === undefined) return;
  const file = path.join(session.folders.results, 'vcp_config.yml');
  if (existsSync(file) && !statSync(file).isFile())
    throw new Failure(`${shownPath(file)}: must be a file, got a folder or a device`);
  const existing = readIfThere(file);
  const kept = existing === undefined ? undefined : keepsFromVcpConfig(existing, config);
  if (kept !== undefined) throw new Failure(`${shownPath(file)}: not written: it ${kept}`);
  const text = formatVcpConfig(config, existing, session.simulated ? SIMULATED : undefined);
  if (text !== existing) writeAtomically(file, text);
  const providers = config.providers.map(({ name }) => name);
  const { report } = session;
  report.event({
    type: 'vcp_config_written',
    file: shownPath(file),
    providers,
    left_out: config.leftOut,
  });
  const without =
    config.leftOut.length === 0
      ? ''
      : `; not ${config.leftOut.join(', ')}: how the SDK names such secrets is not known`;
  report.say(`\nsdk       ${shownPath(file)}   ${providers.join(', ') || 'no provider'}${without}`);
}
