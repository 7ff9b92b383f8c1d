import { EXIT, Failure } from '../../base/errors';
import { inParallel } from '../../base/pool';
import { networkStackId } from '../../catalog/ground/stacks';
import type { Loaded } from '../../catalog/load';
import type { TunnelStatus } from '../../gateway/status/tunnel-telemetry';
import { lendCredentials } from '../run/credentials';
import { nothingApplied } from '../run/gateway/candidates';
import { viewFromGateway } from '../run/gateway/gateway-view';
import { showStatus } from '../run/gateway/show-status';
import { readTelemetry } from '../run/gateway/telemetry';
import { Initializer } from '../session/init';
import { isUnapplied } from '../session/outputs';
import { readCatalog } from '../session/read-catalog';
import { type Session, withSession } from '../session/session';
import type { Settings } from '../session/settings';
import { synthesize } from '../session/synthesize';

/** `kakehashi status`: shows the state of each tunnel as the cloud reports it and, on the gateway host, as its daemon does. */
export function status(settings: Settings, position: string | undefined): Promise<number> {
  return withSession({ command: 'status' }, settings, position, async (session) => {
    const loaded = readCatalog(session.environment, session.settings, session.report);
    await synthesize(session, loaded.stacks);
    await lendCredentials(session, loaded);
    const tunnels = await cloudView(session, loaded);
    if (tunnels.length === 0) throw new Failure(nothingApplied(session.environment, session.simulated));
    showStatus(session, tunnels, await viewFromGateway(session, loaded, tunnels));
    return EXIT.done;
  });
}

async function cloudView(session: Session, loaded: Loaded): Promise<readonly TunnelStatus[]> {
  const { environment, networks } = loaded.catalog;
  const asked = networks.flatMap(({ key, vpn }) => {
    const stack = loaded.stacks.find(({ id }) => id === networkStackId(environment, key));
    return vpn === undefined || stack === undefined || isUnapplied(session, stack) ? [] : [{ key, stack }];
  });
  const initializer = new Initializer(session);
  for (const stack of initializer.warmUps(asked.map(({ stack }) => stack.id))) await initializer.init(stack);
  const answers = await inParallel(asked, session.parallelism, async ({ key, stack }) => {
    const found = await readTelemetry(session, initializer, stack);
    return found.map((cloud): TunnelStatus => ({ network: key, cloud }));
  });
  return answers.flat();
}
