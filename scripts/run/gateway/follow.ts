import { existsSync } from 'node:fs';
import { shownPath } from '../../../base/files';
import { gatewayFolder } from '../../session/folders';
import { storeHostKeys } from './keys/stored';
import type { HostEnvironment } from './neighbours';
import { renderHost } from './render';
import { showHost } from './show-host';

/**
 * Updates the on-premises side after an apply or a destroy: the keys in Vault, and the files of the gateway host with the
 * tunnels of all environments that end there.
 *
 * @param changed - ids of the stacks that this run applied
 * @param isTouched - whether this run changed the host's files; it may have taken the environment's last tunnel away
 * @throws VaultError, {@link Failure}
 */
export async function followAtGateway(
  own: HostEnvironment,
  changed: ReadonlySet<string>,
  isTouched: boolean,
): Promise<void> {
  const { session, loaded } = own;
  const { site, networks } = loaded.catalog;
  if (site === undefined || (!isTouched && networks.every(({ vpn }) => vpn === undefined))) return;
  for (const gateway of site.gateways) {
    const rendered = await renderHost(own, gateway);
    if (rendered !== undefined) {
      showHost(session, rendered);
      await storeHostKeys(own, rendered.host.connections, changed);
      continue;
    }
    const folder = gatewayFolder(gateway.publicIp, session.simulated, session.folders.root);
    if (!existsSync(folder)) continue;
    session.report.say(
      `\ngateway   ${shownPath(folder)}/   no tunnel ends at this host any more: stop its daemon, then remove the folder`,
    );
  }
}
