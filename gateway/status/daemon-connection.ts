/** One connection as the IPsec daemon of this host reports it. */
export interface DaemonConnection {
  /** Its name in the daemon: `dev-aws-default-1`. */
  readonly name: string;
  /** The address of the other end, where the daemon reports it. */
  readonly peer?: string;
  readonly ike: 'established' | 'connecting' | 'down';
  /** The number of pairs of child SAs that carry packets. */
  readonly children: number;
  readonly bytesIn?: number;
  readonly bytesOut?: number;
}

/** Two reports about one connection as one. During a rekeying the daemon reports the old and the new SA. */
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
