import { EXIT, Failure } from '../../base/errors';
import { inParallel } from '../../base/pool';
import type { Loaded } from '../../catalog/environment/catalog';
import type { TunnelStatus } from '../../gateway/status/tunnel-telemetry';
import { connectionKey } from '../../model/gateway/site-gateway';
import { Cidr } from '../../model/net/cidr';
import { tunnelsOf } from '../kinds/registry';
import { provideCredentials } from '../run/credentials';
import { nothingApplied } from '../run/gateway/candidates';
import { viewFromGateway } from '../run/gateway/gateway-view';
import { showStatus } from '../run/gateway/show-status';
import { readTelemetry } from '../run/gateway/telemetry';
import { settledCatalog } from '../run/settle';
import { withSession } from '../run/with-session';
import { Initializer } from '../session/init';
import { isUnapplied } from '../session/outputs';
import type { Session } from '../session/session';
import type { Settings } from '../session/settings';
import { synthesize } from '../session/synthesize';

/** `kakehashi status`: shows the state of each tunnel as the cloud reports it and, on the gateway host, as its daemon does. */
export function status(settings: Settings, position: string | undefined): Promise<number> {
  return withSession({ command: 'status' }, settings, position, async (session) => {
    const { loaded, hasCredentials } = await settledCatalog(session);
    await synthesize(session, loaded);
    if (!hasCredentials) await provideCredentials(session, loaded);
    const tunnels = await cloudView(session, loaded);
    if (tunnels.length === 0)
      throw new Failure(nothingApplied(session.environment, loaded, session.simulated));
    showStatus(session, tunnels, await viewFromGateway(session, loaded, tunnels));
    for (const line of unreportedLines(loaded, tunnels)) session.report.say(line);
    return EXIT.done;
  });
}

async function cloudView(session: Session, loaded: Loaded): Promise<readonly TunnelStatus[]> {
  const asked = loaded.catalog.networks.flatMap(({ key, vpn }) => {
    const stack = loaded.stacks.find(({ network }) => network === key);
    return vpn === undefined || stack === undefined || isUnapplied(session, stack) ? [] : [{ key, stack }];
  });
  const initializer = new Initializer(session);
  for (const stack of initializer.warmUps(asked.map(({ stack }) => stack.id))) await initializer.init(stack);
  const answers = await inParallel(asked, session.parallelism, async ({ key, stack }) => {
    const found = await readTelemetry({ session, loaded, initializer }, stack);
    return found.map(
      (cloud): TunnelStatus => ({ network: connectionOf(loaded, key, cloud.insideCidr), cloud }),
    );
  });
  return answers.flat();
}

/** What is not known of tunnels whose provider reports no state of them, and how to ask the cloud, a line for each connection. */
function unreportedLines({ stacks }: Loaded, tunnels: readonly TunnelStatus[]): readonly string[] {
  const kinds = stacks.flatMap((stack) => (stack.gone ? [] : (tunnelsOf(stack) ?? [])));
  const clouds = new Set(kinds.flatMap(({ cloud, telemetryOf }) => (telemetryOf ? [] : [cloud])));
  const commands = new Set(tunnels.flatMap(({ cloud: { ask } }) => ask ?? []));
  return [...clouds].flatMap(({ name, tunnelStatus }) => [
    `${name}: whether these tunnels are up is not known here, because Terraform's provider does not report it. Ask ${name}, which says ${tunnelStatus.up} of a connection that is up:`,
    ...[...commands].map((command) => `  ${command}`),
  ]);
}

/** The key of the connection that has a tunnel: of a network with one connection its own key. */
function connectionOf({ catalog, allocations }: Loaded, network: string, insideCidr: string): string {
  const keys = (catalog.site?.gateways ?? []).map((gateway) => connectionKey(network, gateway));
  const isHeld = (key: string): boolean =>
    allocations.get(key)?.insideCidrs.some((cidr) => cidr.contains(Cidr.parse(insideCidr))) === true;
  return keys.find(isHeld) ?? keys[0] ?? network;
}
