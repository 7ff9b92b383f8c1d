import type { VpnConnectionConfig } from '@cdktf/provider-aws/lib/vpn-connection';
import type { TunnelProps } from './site-to-site-vpn-props';

/** What a tunnel's logs are in the provider's terms. */
export interface TunnelLogArguments {
  readonly groupArn: string;
  readonly format: 'json' | 'text';
  readonly bgp: boolean;
}

/**
 * The options of tunnel 1 or 2 as arguments of `aws_vpn_connection`.
 *
 * The one place where `phase1LifetimeSeconds` becomes `tunnel1Phase1LifetimeSeconds`; an absent option stays absent.
 */
export function tunnelArguments(
  number: 1 | 2,
  tunnel: TunnelProps,
  log: TunnelLogArguments | undefined,
): Partial<VpnConnectionConfig> {
  const argument = (name: string): string => `tunnel${number}${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const settings = Object.entries(tunnel)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [argument(name), name === 'insideCidr' ? String(value) : value]);
  const logs = log && { [argument('logOptions')]: { cloudwatchLogOptions: logArguments(log) } };
  return { ...Object.fromEntries(settings), ...logs };
}

/** `bgp_log_*` is set only where it is asked for, because provider 5.100 does not have it. */
function logArguments({ groupArn, format, bgp }: TunnelLogArguments): Readonly<Record<string, unknown>> {
  const activity = { logEnabled: true, logGroupArn: groupArn, logOutputFormat: format };
  return bgp
    ? { ...activity, bgpLogEnabled: true, bgpLogGroupArn: groupArn, bgpLogOutputFormat: format }
    : activity;
}
