import { compareTexts } from '../../base/text/compare-texts';
import { insideCidrPool } from '../../model/clouds/aws/inside-cidr';
import type { Cidr } from '../../model/net/cidr';
import type { Allocation } from '../ground/lock';

/** A VPN connection that needs inside CIDRs and interface numbers at a gateway. */
export interface Connection {
  readonly environment: string;
  /** `aws/default`. */
  readonly network: string;
  /** Inside CIDRs that the catalog fixes, by tunnel. */
  readonly fixed: readonly [Cidr | undefined, Cidr | undefined];
  /** What the lock says. */
  readonly locked?: Allocation;
}

/** What the gateway's locks hold for connections that are not in a catalog (any more); never handed out. */
export type Reserved = readonly Allocation[];

/** Names a connection among all of a gateway. */
export function connectionKey(connection: Pick<Connection, 'environment' | 'network'>): string {
  return `${connection.environment}/${connection.network}`;
}

/**
 * Gives every connection of one gateway its two inside CIDRs and interface numbers.
 *
 * Pure: what is locked stays, what the catalog fixes is taken, and the rest gets the next free ones in the order of
 * environment and network. Adding connections never moves locked ones.
 */
export function allocate(
  connections: readonly Connection[],
  reserved: Reserved = [],
): ReadonlyMap<string, Allocation> {
  const cidrs = new Set<string>();
  const interfaces = new Set<number>();
  for (const allocation of [...reserved, ...connections.flatMap(({ locked }) => locked ?? [])]) {
    for (const cidr of allocation.insideCidrs) cidrs.add(cidr.toString());
    for (const number of allocation.interfaces) interfaces.add(number);
  }
  for (const { fixed } of connections) for (const cidr of fixed) if (cidr) cidrs.add(cidr.toString());

  const pool = insideCidrPool();
  const nextCidr = (): Cidr => {
    for (let next = pool.next(); !next.done; next = pool.next()) {
      if (!cidrs.has(next.value.toString())) return next.value;
    }
    throw new RangeError('no inside CIDR is left');
  };
  let last = 0;
  const nextInterface = (): number => {
    do last++;
    while (interfaces.has(last));
    return last;
  };

  const ordered = [...connections].sort(
    (a, b) => compareTexts(a.environment, b.environment) || compareTexts(a.network, b.network),
  );
  return new Map(
    ordered.map((connection) => {
      const { fixed, locked } = connection;
      const allocation: Allocation = {
        insideCidrs: [
          fixed[0] ?? locked?.insideCidrs[0] ?? nextCidr(),
          fixed[1] ?? locked?.insideCidrs[1] ?? nextCidr(),
        ],
        interfaces: locked?.interfaces ?? [nextInterface(), nextInterface()],
        ...(locked?.presharedKeys === undefined ? {} : { presharedKeys: locked.presharedKeys }),
      };
      return [connectionKey(connection), allocation];
    }),
  );
}
