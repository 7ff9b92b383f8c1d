import { visibleText } from '../../../base/visible-text';
import type { TunnelTelemetry } from '../../../gateway/status/tunnel-telemetry';
import { TUNNEL_NUMBERS } from '../../../model/clouds/aws/tunnel-options';
import type { StateResource } from '../../../terraform/plan/prior-resources';

type Attributes = StateResource['values'];

/** The tunnels of a VPN connection with their telemetry; none for any other resource. No key is in the result. */
export function telemetryOf({ type, values }: StateResource): readonly TunnelTelemetry[] {
  if (type !== 'aws_vpn_connection') return [];
  return TUNNEL_NUMBERS.map((number) => tunnelOf(values, `tunnel${number}`));
}

function tunnelOf(connection: Attributes, tunnel: string): TunnelTelemetry {
  const text = (attribute: string): string => String(connection[`${tunnel}_${attribute}`] ?? '');
  const outsideAddress = text('address');
  // By address: the provider can swap the numbers of the tunnels.
  const reports: readonly Attributes[] = Array.isArray(connection.vgw_telemetry)
    ? connection.vgw_telemetry
    : [];
  const report = reports.find((candidate) => candidate.outside_ip_address === outsideAddress);
  const since = visibleText(String(report?.last_status_change ?? ''));
  return {
    insideCidr: text('inside_cidr'),
    outsideAddress,
    cloudInsideAddress: text('vgw_inside_address'),
    connection: String(connection.id ?? ''),
    status: visibleText(String(report?.status ?? 'UNKNOWN')),
    message: visibleText(String(report?.status_message ?? '')),
    ...(Number.isNaN(Date.parse(since)) ? {} : { since }),
    acceptedRoutes: Number(report?.accepted_route_count ?? 0),
  };
}
