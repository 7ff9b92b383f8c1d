import { EXIT, Failure } from '../../base/errors';
import { shownPath } from '../../base/files';
import type { SiteGateway } from '../../model/gateway/site-gateway';
import { hostEnvironments, nothingApplied } from '../run/gateway/candidates';
import { type AppliedHost, appliedHost } from '../run/gateway/host';
import { folderOf, hostFiles } from '../run/gateway/host-files';
import { keyFolder } from '../run/gateway/keys/folder';
import { checkHostKeys } from '../run/gateway/keys/stored';
import type { HostEnvironment } from '../run/gateway/neighbours';
import { renderHost } from '../run/gateway/render';
import { showChecks } from '../run/gateway/show-checks';
import { showHost } from '../run/gateway/show-host';
import { settledCatalog } from '../run/settle';
import { withSession } from '../run/with-session';
import { Initializer } from '../session/init';
import { needConfiguration } from '../session/outputs';
import type { Session } from '../session/session';
import type { Settings } from '../session/settings';
import { synthesize } from '../session/synthesize';
import { environmentsOf } from './environments';

/** The flags of `kakehashi gateway`. */
export interface GatewayFlags {
  /** Whether it only shows what would change in the folder. */
  readonly diff: boolean;
  /** Whether the daemons' own parsers check the folder. */
  readonly check: boolean;
  /** Where the files refer for the pre-shared keys, instead of holding them: `vault://…`, `file:///…`; true: where the catalog's Vault keeps them. */
  readonly reference?: string | true;
}

/**
 * `kakehashi gateway`: writes the on-premises files of the gateway hosts of the environments. Each host's folder has the
 * tunnels of all environments that are applied there, also of those that are not named.
 */
export async function gateway(
  settings: Settings,
  names: readonly string[],
  flags: GatewayFlags,
): Promise<number> {
  const isChosen = names.length > 0 || settings.environment !== undefined;
  const codes: number[] = [];
  for (const name of hostEnvironments(settings, environmentsOf(settings, names), isChosen)) {
    await withSession({ command: 'gateway' }, settings, name, async (session) => {
      const { loaded } = await settledCatalog(session);
      if (needConfiguration(session, loaded.stacks)) await synthesize(session, loaded);
      const code = await work({ session, loaded, initializer: new Initializer(session) }, flags);
      if (code === undefined && isChosen)
        throw new Failure(nothingApplied(session.environment, loaded, session.simulated));
      if (code !== undefined) codes.push(code);
      return code ?? EXIT.done;
    });
  }
  if (codes.length === 0) {
    throw new Failure(
      'gateway: no network with a VPN tunnel is applied yet; run: kakehashi apply ENVIRONMENT',
    );
  }
  return codes.includes(EXIT.failed) ? EXIT.failed : Math.max(...codes);
}

/** @returns undefined where no network with a tunnel is applied */
async function work(own: HostEnvironment, flags: GatewayFlags): Promise<number | undefined> {
  const codes: number[] = [];
  for (const gateway of own.loaded.catalog.site?.gateways ?? []) {
    const code = await workAt(own, gateway, flags);
    if (code !== undefined) codes.push(code);
  }
  if (codes.length === 0) return undefined;
  return codes.includes(EXIT.failed) ? EXIT.failed : Math.max(...codes);
}

/** @returns undefined where no tunnel ends at this gateway */
async function workAt(
  own: HostEnvironment,
  gateway: SiteGateway,
  flags: GatewayFlags,
): Promise<number | undefined> {
  const { session, loaded } = own;
  const reference = flags.reference === undefined ? undefined : keyFolder(loaded, flags.reference);
  const options = reference === undefined ? {} : { reference };
  if (flags.diff) {
    const applied = await appliedHost(own, gateway, options);
    return applied && showDifferences(session, applied);
  }
  const rendered = await renderHost(own, gateway, options);
  if (rendered === undefined) return undefined;
  showHost(session, rendered);
  if (flags.reference === true) await checkHostKeys(session, loaded, rendered.host.connections);
  if (!flags.check) return EXIT.done;
  return (await showChecks(session, rendered)) ? EXIT.done : EXIT.failed;
}

function showDifferences(session: Session, { host }: AppliedHost): number {
  const { diffFolder, formatChanges } =
    require('../../gateway/folder/diff') as typeof import('../../gateway/folder/diff');
  const folder = folderOf(session, host);
  const shown = shownPath(folder);
  const changes = diffFolder(folder, hostFiles(session, host));
  const listed = changes.map(({ path, kind }) => ({ path, kind }));
  session.report.event({ type: 'gateway_compared', folder: shown, changes: listed });
  session.report.show(
    changes.length === 0 ? `${shown}: no changes` : `${shown}\n\n${formatChanges(changes)}`,
  );
  return changes.length === 0 ? EXIT.done : EXIT.changes;
}
