import type { NetworkVpn } from '../../ground/network';
import type { BothTunnels } from './vpn-options';

export interface AwsVpn extends NetworkVpn {
  readonly presharedKeyStorage: 'Standard' | 'SecretsManager';
  /** Profile, `tunnel_options` and `tunnels[i]` merged; `insideCidr` only where the catalog fixes one. */
  readonly tunnels: BothTunnels;
  /** Absent: no logs. */
  readonly logs?: VpnLogs;
}

export interface VpnLogs {
  readonly format: 'json' | 'text';
  /** One of CloudWatch's values; 0 keeps for ever. */
  readonly retentionDays: number;
  /** BGP logs beside the activity logs: needs provider 6.25. */
  readonly bgp: boolean;
}
