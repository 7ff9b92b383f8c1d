import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { Failure } from '../../base/errors';
import { readIfThere, shownPath, writeAtomically } from '../../base/files';
import { listed } from '../../base/text/listed';
import type { Loaded } from '../../catalog/environment/catalog';
import type { VcpConfig } from '../../catalog/out/vcp-config';
import type { Session } from '../session/session';
import { SIMULATED } from './entries-file';

/** What of a session it takes to write the file. */
interface Writer extends Pick<Session, 'simulated'> {
  readonly folders: Pick<Session['folders'], 'results'>;
  readonly report: Pick<Session['report'], 'say' | 'event'>;
}

/** The file, and what is to be in it. */
interface Planned {
  readonly file: string;
  readonly config: VcpConfig;
  readonly existing: string | undefined;
}

/**
 * Looks whether the SDK's `vcp_config.yml` could be written, before anything is built.
 *
 * @throws {@link Failure} where the file holds something else that would be lost, or a credential in clear text
 */
export function checkVcpConfig(session: Writer, loaded: Pick<Loaded, 'catalog'>): void {
  planned(session, loaded);
}

/**
 * Writes the SDK's `vcp_config.yml` beside the entries, in one step; nothing where the catalog has no site. A file that
 * says it all already is left untouched.
 *
 * @throws {@link Failure} where the file holds something else that would be lost, or a credential in clear text
 */
export function writeVcpConfig(session: Writer, loaded: Pick<Loaded, 'catalog'>): void {
  const { formatVcpConfig, vcpConfigChanges } =
    require('../../catalog/out/vcp-config-text') as typeof import('../../catalog/out/vcp-config-text');
  const plan = planned(session, loaded);
  if (plan === undefined) return;
  const { file, config, existing } = plan;
  const text = formatVcpConfig(config, existing, session.simulated ? SIMULATED : undefined);
  const changes = vcpConfigChanges(config, existing);
  if (text !== existing) writeAtomically(file, text);
  const providers = config.providers.map(({ name }) => name);
  const { report } = session;
  report.event({
    type: 'vcp_config_written',
    file: shownPath(file),
    providers,
    left_out: config.leftOut,
    ...(changes.length === 0 ? {} : { changes }),
  });
  const without =
    config.leftOut.length === 0
      ? ''
      : `; left out: ${config.leftOut.join(', ')}, because the names that the SDK has for such secrets are not published`;
  report.say(`\nsdk       ${shownPath(file)}   ${providers.join(', ') || 'no provider'}${without}`);
  if (config.unnamed.length > 0)
    report.say(`          credentials of ${listed(config.unnamed)}: yours to write (no names are published)`);
  for (const { key, before, after } of changes)
    report.say(`          ${key}: ${before === undefined ? `added, ${after}` : `${before} → ${after}`}`);
}

function planned(session: Writer, { catalog }: Pick<Loaded, 'catalog'>): Planned | undefined {
  const { vcpConfigOf } =
    require('../../catalog/out/vcp-config') as typeof import('../../catalog/out/vcp-config');
  const { keepsFromVcpConfig } =
    require('../../catalog/out/vcp-config-text') as typeof import('../../catalog/out/vcp-config-text');
  const config = vcpConfigOf(catalog);
  if (config === undefined) return undefined;
  const file = path.join(session.folders.results, 'vcp_config.yml');
  if (existsSync(file) && !statSync(file).isFile())
    throw new Failure(`${shownPath(file)}: must be a file, got a folder or a device`);
  const existing = readIfThere(file);
  const kept = existing === undefined ? undefined : keepsFromVcpConfig(existing, config);
  if (kept !== undefined) throw new Failure(`${shownPath(file)}: not written: it ${kept}`);
  return { file, config, existing };
}
