/** A performance tier of Premium SSD. */
interface Tier {
  readonly name: string;
  readonly mostGb: number;
  readonly iops: number;
  readonly mbps: number;
}

function tier(name: string, mostGb: number, iops: number, mbps: number): Tier {
  return { name, mostGb, iops, mbps };
}

const LARGEST = tier('P80', 32_767, 20_000, 900);

/** The tiers of Premium SSD (learn.microsoft.com, "Azure managed disk types"), smallest first. */
const TIERS: readonly Tier[] = [
  tier('P1', 4, 120, 25),
  tier('P2', 8, 120, 25),
  tier('P3', 16, 120, 25),
  tier('P4', 32, 120, 25),
  tier('P6', 64, 240, 50),
  tier('P10', 128, 500, 100),
  tier('P15', 256, 1100, 125),
  tier('P20', 512, 2300, 150),
  tier('P30', 1024, 5000, 200),
  tier('P40', 2048, 7500, 250),
  tier('P50', 4096, 7500, 250),
  tier('P60', 8192, 16_000, 500),
  tier('P70', 16_384, 18_000, 750),
];

/** The tier that a Premium disk of a size gets. */
export function premiumTier(sizeGb: number): Tier {
  return TIERS.find(({ mostGb }) => sizeGb <= mostGb) ?? LARGEST;
}
