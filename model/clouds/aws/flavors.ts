import type { Flavor, Flavors, FlavorTables } from '../../nodes/flavors';

const flavor = (machineType: string, volumeType: string, volumeSize: number): Flavor => ({
  machineType,
  volumeSize,
  volumeType,
});

/** Our choice: the sizes of VCP's table (virtual processors, memory, disk) on types that are sold in every large region. */
const CURRENT: Flavors = {
  small: flavor('m7i.large', 'gp3', 16),
  medium: flavor('m7i.xlarge', 'gp3', 40),
  large: flavor('m7i.2xlarge', 'gp3', 100),
  gpu: flavor('g5.xlarge', 'gp3', 100),
};

/** The table of provider `aws` in VCP's `vcp_flavor.yml`, and ours. */
export const AWS_FLAVORS: FlavorTables = {
  current: CURRENT,
  vcp: {
    small: flavor('m4.large', 'gp2', 16),
    medium: flavor('m4.xlarge', 'gp2', 40),
    large: flavor('m4.2xlarge', 'gp2', 100),
    gpu: flavor('g3.4xlarge', 'gp2', 40),
  },
};

/** The table of provider `aws_spot` in VCP's `vcp_flavor.yml`, and ours, which is the same as for on-demand nodes. */
export const AWS_SPOT_FLAVORS: FlavorTables = {
  current: CURRENT,
  vcp: {
    small: flavor('m4.large', 'standard', 16),
    medium: flavor('m4.xlarge', 'standard', 40),
    large: flavor('m4.2xlarge', 'standard', 100),
  },
};
