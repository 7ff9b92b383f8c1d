import type { Stack } from '../../../catalog/kinds/registry';
import type { TunnelTelemetry } from '../../../gateway/status/tunnel-telemetry';
import type { CloudVpn } from '../../../model/clouds/cloud-vpn';
import type { NetworkTunnels } from '../../../model/tunnel/description';
import { tunnelsOf } from '../../kinds/registry';
import { readOutput } from '../../session/outputs';
import { refreshedResources } from '../../session/refreshed-state';
import { variablesOfPlan } from '../plan-variables';
import type { HostEnvironment } from './neighbours';

/**
 * The tunnels of a stack as the cloud reports them now. Nothing but the tunnels is kept of what the cloud reports, because it
 * holds keys in clear. Where the provider reports no state of tunnels, it is `UNKNOWN`.
 *
 * @throws TerraformError
 */
export async function readTelemetry(run: HostEnvironment, stack: Stack): Promise<readonly TunnelTelemetry[]> {
  const kind = tunnelsOf(stack);
  if (kind === undefined) return [];
  const { telemetryOf } = kind;
  if (telemetryOf === undefined)
    return unreported(kind.cloud, await readOutput(run.session, run.initializer, stack, 'tunnels'));
  await run.initializer.init(stack.id);
  const env = await variablesOfPlan(run, stack, { destroy: false });
  const resources = await refreshedResources(run.session, stack.id, env);
  return resources.flatMap((resource) => telemetryOf(resource));
}

/** The tunnels of the output `tunnels`, of which nobody says how they are. */
export function unreported({ tunnelStatus }: CloudVpn, output: unknown): readonly TunnelTelemetry[] {
  const networks = Object.entries((output ?? {}) as Readonly<Record<string, NetworkTunnels>>);
  return networks.flatMap(([connection, { tunnels, cloud_connection: names }]) =>
    Object.entries(tunnels).map(([insideCidr, { outside_address, cloud_inside_address }]) => ({
      insideCidr,
      outsideAddress: outside_address,
      cloudInsideAddress: cloud_inside_address,
      connection,
      status: 'UNKNOWN',
      message: '',
      acceptedRoutes: 0,
      ask: tunnelStatus.command(names),
    })),
  );
}
