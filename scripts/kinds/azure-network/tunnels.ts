import { AZURE_VPN } from '../../../model/clouds/azure/azure-vpn';
import type { KindTunnels } from '../tunnels';
import { changesOnlyKey } from './key-change';

/**
 * The tunnels of a virtual network gateway's connections. Terraform's provider reports no state of a connection: azurerm 4.55
 * has no attribute for it.
 */
export const AZURE_TUNNELS: KindTunnels = {
  cloud: AZURE_VPN,
  telemetryOf: () => [],
  changesOnlyKey,
};
