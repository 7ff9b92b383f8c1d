/** What an IPsec daemon of this host says of one of its connections. */
export interface DaemonConnection {
  /** As the daemon has it: `dev-aws-default-1`. */
  readonly name: string;
  /** The address of the other end, where it says that. */
  readonly peer?: string;
  readonly ike: 'established' | 'connecting' | 'down';
  /** How many pairs of child SAs carry packets. */
  readonly children: number;
  readonly bytesIn?: number;
  readonly bytesOut?: number;
}

/** Two sightings of one connection as one: during a rekeying there are two of each. */
export function together(one: DaemonConnection, other: DaemonConnection): DaemonConnection {
  const order = ['established', 'connecting', 'down'] as const;
  const sum = (a: number | undefined, b: number | undefined): number | undefined =>
    a === undefined ? b : a + (b ?? 0);
  const bytesIn = sum(one.bytesIn, other.bytesIn);
  const bytesOut = sum(one.bytesOut, other.bytesOut);
  const peer = one.peer ?? other.peer;
  return {
    name: one.name,
    ...(peer === undefined ? {} : { peer }),
    ike: order.find((state) => state === one.ike || state === other.ike) ?? 'down',
    children: one.children + other.children,
    ...(bytesIn === undefined ? {} : { bytesIn }),
    ...(bytesOut === undefined ? {} : { bytesOut }),
  };
}
