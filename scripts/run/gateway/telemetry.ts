import type { Stack } from '../../../catalog/kinds/registry';
import type { TunnelTelemetry } from '../../../gateway/status/tunnel-telemetry';
import { tunnelsOf } from '../../kinds/registry';
import { refreshedResources } from '../../session/refreshed-state';
import { variablesOfPlan } from '../plan-variables';
import type { HostEnvironment } from './neighbours';

/**
 * The tunnels of a stack as the cloud reports them now. Nothing but the tunnels is kept of what the cloud reports, because it
 * holds keys in clear.
 *
 * @throws TerraformError
 */
export async function readTelemetry(run: HostEnvironment, stack: Stack): Promise<readonly TunnelTelemetry[]> {
  const kind = tunnelsOf(stack);
  if (kind === undefined) return [];
  await run.initializer.init(stack.id);
  const env = await variablesOfPlan(run, stack, { destroy: false });
  const resources = await refreshedResources(run.session, stack.id, env);
  return resources.flatMap((resource) => kind.telemetryOf(resource));
}
