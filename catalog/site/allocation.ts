import { compareTexts } from '../../base/text/compare-texts';
import type { Cidr } from '../../model/net/cidr';
import type { Allocation } from '../ground/allocation';

/** A VPN connection that needs inside CIDRs and interface numbers at a gateway. */
export interface AllocationRequest {
  readonly environment: string;
  /** The network's key, `aws/default`. */
  readonly network: string;
  /** For each inside CIDR that it needs: the one that the catalog fixes, if it does. */
  readonly fixed: readonly (Cidr | undefined)[];
  /** How many interfaces it needs. */
  readonly interfaces: number;
  /** The blocks that may be allocated to it, in the order in which they are. */
  readonly pool: () => Iterable<Cidr>;
  /** What the lock says. */
  readonly locked?: Allocation;
}

/** Names a connection among all of a gateway. */
export function requestKey(connection: Pick<AllocationRequest, 'environment' | 'network'>): string {
  return `${connection.environment}/${connection.network}`;
}

/**
 * Gives every connection of one gateway its inside CIDRs and interface numbers.
 *
 * Pure: what is locked stays, what the catalog fixes is taken, and the rest gets the next free ones in the order of
 * environment and network. Adding connections never moves locked ones.
 *
 * @param reserved what the gateway's locks hold for connections that are not in a catalog (any more); never handed out
 */
export function allocate(
  connections: readonly AllocationRequest[],
  reserved: readonly Allocation[] = [],
): ReadonlyMap<string, Allocation> {
  const given = new Given([...reserved, ...connections.flatMap(({ locked }) => locked ?? [])]);
  for (const { fixed } of connections) for (const cidr of fixed) if (cidr) given.take(cidr);
  const ordered = [...connections].sort(
    (a, b) => compareTexts(a.environment, b.environment) || compareTexts(a.network, b.network),
  );
  return new Map(
    ordered.map((connection) => {
      const { fixed, locked, interfaces, pool } = connection;
      const allocation: Allocation = {
        insideCidrs: fixed.map((cidr, index) => cidr ?? locked?.insideCidrs[index] ?? given.nextCidr(pool)),
        interfaces: Array.from(
          { length: interfaces },
          (_, index) => locked?.interfaces[index] ?? given.nextInterface(),
        ),
        ...(locked?.presharedKeys === undefined ? {} : { presharedKeys: locked.presharedKeys }),
      };
      return [requestKey(connection), allocation];
    }),
  );
}

/** What is given away at one gateway. */
class Given {
  /** Inside CIDRs, none of which is larger than a /24, by the /24 that they are in. */
  private readonly cidrs = new Map<number, Cidr[]>();
  private readonly interfaces: Set<number>;
  /** Pools as far as they are used up: connections of one cloud share one. */
  private readonly pools = new Map<() => Iterable<Cidr>, Iterator<Cidr>>();
  private last = 0;

  constructor(allocations: readonly Allocation[]) {
    this.interfaces = new Set(allocations.flatMap(({ interfaces }) => interfaces));
    for (const { insideCidrs } of allocations) for (const cidr of insideCidrs) this.take(cidr);
  }

  take(cidr: Cidr): void {
    const key = Math.floor(cidr.first / 256);
    this.cidrs.set(key, [...(this.cidrs.get(key) ?? []), cidr]);
  }

  nextCidr(pool: () => Iterable<Cidr>): Cidr {
    const iterator = this.pools.get(pool) ?? pool()[Symbol.iterator]();
    this.pools.set(pool, iterator);
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      if (!this.isFree(next.value)) continue;
      this.take(next.value);
      return next.value;
    }
    throw new RangeError('no inside CIDR is left');
  }

  private isFree(cidr: Cidr): boolean {
    const near = this.cidrs.get(Math.floor(cidr.first / 256)) ?? [];
    return !near.some((other) => other.overlaps(cidr));
  }

  nextInterface(): number {
    do this.last++;
    while (this.interfaces.has(this.last));
    return this.last;
  }
}
