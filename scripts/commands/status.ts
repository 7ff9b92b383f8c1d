import type { Loaded } from '../../catalog/load';
import { networkUnitId } from '../../catalog/units';
import type { Settings } from '../cli/settings';
import { EXIT, Failure } from '../errors';
import { nothingApplied } from '../gateway/candidates';
import { gatewayView } from '../gateway/status/gateway-view';
import { readTelemetry } from '../gateway/status/telemetry';
import { showStatus, type TunnelStatus } from '../gateway/status/words';
import { lendCredentials } from '../run/credentials';
import { Initializer } from '../run/init';
import { isUnapplied } from '../run/outputs';
import { inParallel } from '../run/pool';
import { readCatalog } from '../run/read-catalog';
import { type Session, withSession } from '../run/session';
import { synthesize } from '../run/synthesize';

/** `kakehashi status`: each tunnel as the cloud reports it now and, on the gateway host, as its daemon does. Changes nothing. */
export function status(settings: Settings, position: string | undefined): Promise<number> {
  return withSession({ command: 'status' }, settings, position, async (session) => {
    const loaded = readCatalog(session.environment, session.settings, session.report);
    await synthesize(session, loaded.units);
    await lendCredentials(session, loaded);
    const tunnels = await cloudView(session, loaded);
    if (tunnels.length === 0) throw new Failure(nothingApplied(session.environment, session.simulated));
    showStatus(session, tunnels, await gatewayView(session, loaded, tunnels));
    return EXIT.done;
  });
}

async function cloudView(session: Session, loaded: Loaded): Promise<readonly TunnelStatus[]> {
  const { environment, networks } = loaded.catalog;
  const asked = networks.flatMap(({ key, vpn }) => {
    const unit = loaded.units.find(({ id }) => id === networkUnitId(environment, key));
    return vpn === undefined || unit === undefined || isUnapplied(session, unit)
      ? []
      : [{ key, unit: unit.id }];
  });
  const initializer = new Initializer(session);
  for (const unit of initializer.warmUps(asked.map(({ unit }) => unit))) await initializer.init(unit);
  const answers = await inParallel(asked, session.parallelism, async ({ key, unit }) => {
    const found = await readTelemetry(session, initializer, unit);
    return found.map((cloud): TunnelStatus => ({ network: key, cloud }));
  });
  return answers.flat();
}
