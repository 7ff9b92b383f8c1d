import type { Flavor, FlavorTables } from '../../nodes/flavors';

const flavor = (machineType: string, volumeType: string, volumeSize: number): Flavor => ({
  machineType,
  volumeSize,
  volumeType,
});

/** The table of provider `azure` in VCP's `vcp_flavor.yml`, and our choice of sizes that are sold today. There is no `gpu`. */
export const AZURE_FLAVORS: FlavorTables = {
  current: {
    small: flavor('Standard_B2s_v2', 'StandardSSD_LRS', 40),
    medium: flavor('Standard_D4s_v5', 'StandardSSD_LRS', 100),
    large: flavor('Standard_D8s_v5', 'Premium_LRS', 100),
  },
  vcp: {
    small: flavor('Standard_B1s', 'Standard_LRS', 40),
    medium: flavor('Standard_D3_v2', 'Standard_LRS', 100),
    large: flavor('Standard_D4_v2', 'Premium_LRS', 100),
  },
};
