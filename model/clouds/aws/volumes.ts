/** Types of EBS volumes, and how many GiB they have (EBS user guide, "Amazon EBS volume types"). */
const BOUNDS: Readonly<Record<string, { readonly min: number; readonly max: number }>> = {
  standard: { min: 1, max: 1024 },
  io1: { min: 4, max: 16_384 },
  io2: { min: 4, max: 16_384 },
  gp2: { min: 1, max: 16_384 },
  gp3: { min: 1, max: 16_384 },
  sc1: { min: 125, max: 16_384 },
  st1: { min: 125, max: 16_384 },
};

export const VOLUME_TYPES: readonly string[] = Object.keys(BOUNDS);

/** The smallest and the largest size of a volume of a type, in GiB. */
export function volumeBounds(type: string): { readonly min: number; readonly max: number } {
  return BOUNDS[type] ?? { min: 1, max: 16_384 };
}

/** The device names that AWS recommends for further volumes (EC2 user guide, "Device names for volumes"). */
export const DISK_DEVICES: readonly string[] = [...'fghijklmnop'].map((letter) => `/dev/sd${letter}`);
