import { counted } from '../../base/text/counted';
import type { Cidr } from '../../model/net/cidr';
import type { Allocation } from '../ground/allocation';
import type { ConnectionClaim } from '../ground/claims';
import type { Where } from '../ground/problem';
import type { ProblemList } from '../ground/problem-list';
import { type AllocationRequest, allocate, requestKey } from './allocation';

/** How many connections the pool of inside CIDRs has room for, two each, with some left for fixed ones. */
const MOST_CONNECTIONS = 5000;

/** An environment whose tunnels end at the gateway. */
export interface GatewayUser {
  readonly environment: string;
  /** Empty where its catalog can't be read; its lock counts all the same. */
  readonly connections: readonly ConnectionClaim[];
  /** By network key, what its lock holds. */
  readonly locked: { readonly [key: string]: Allocation };
}

/**
 * Allocates for all environments that share a gateway, and reports what is given twice.
 *
 * @returns the allocations of the environment itself, by network key
 */
export function allocateAtGateway(
  own: GatewayUser,
  others: readonly GatewayUser[],
  root: Where,
  problems: ProblemList,
): ReadonlyMap<string, Allocation> {
  const all = [own, ...others];
  const connections = all.flatMap(connectionsOf);
  const unused = all.flatMap(unusedOf);
  checkCounts(own, problems);
  checkClashes(own, others, unused, problems);
  const total = connections.length + unused.length;
  if (total > MOST_CONNECTIONS) {
    const where = own.connections[0]?.where() ?? root;
    const message = `${total} connections end at one gateway; there are inside CIDRs for ${MOST_CONNECTIONS}`;
    problems.error('too-many-connections', where, message);
    return new Map();
  }
  const allocated = allocate(
    connections,
    unused.map(({ allocation }) => allocation),
  );
  return new Map(
    connectionsOf(own).flatMap((connection): [string, Allocation][] => {
      const allocation = allocated.get(requestKey(connection));
      return allocation ? [[connection.network, allocation]] : [];
    }),
  );
}

function connectionsOf({ environment, connections, locked }: GatewayUser): readonly AllocationRequest[] {
  return connections.map(({ key, insideCidrs, interfaces, pool }) => ({
    environment,
    network: key,
    fixed: insideCidrs,
    interfaces,
    pool,
    ...(locked[key] ? { locked: locked[key] } : {}),
  }));
}

/** What a lock holds for a network that its catalog does not have (any more). */
interface Unused {
  readonly name: string;
  readonly allocation: Allocation;
}

function unusedOf({ environment, connections, locked }: GatewayUser): readonly Unused[] {
  const used = new Set(connections.map(({ key }) => key));
  return Object.entries(locked)
    .filter(([key]) => !used.has(key))
    .map(([key, allocation]) => ({ name: `${environment}/${key}`, allocation }));
}

/** Reports a lock that holds more or less than a connection needs: what is missing would be allocated anew. */
function checkCounts({ connections, locked }: GatewayUser, problems: ProblemList): void {
  for (const { key, insideCidrs, interfaces, where } of connections) {
    const held = locked[key];
    if (!held || (held.insideCidrs.length === insideCidrs.length && held.interfaces.length === interfaces))
      continue;
    const needs = `${counted(insideCidrs.length, 'inside CIDR')} and ${counted(interfaces, 'interface')}`;
    const got = `${counted(held.insideCidrs.length, 'inside CIDR')} and ${counted(held.interfaces.length, 'interface')}`;
    const must = `the lock file must hold ${needs} for ${key}`;
    problems.error('lock-clash', where(), { must, got }, 'restore the lock file from version control');
  }
}

/** Reports a fixed or locked inside CIDR, or a locked interface, that two connections of the gateway have. */
function checkClashes(
  own: GatewayUser,
  others: readonly GatewayUser[],
  unused: readonly Unused[],
  problems: ProblemList,
): void {
  const holders = new Holders();
  for (const { name, allocation } of unused)
    for (const taken of takenBy([], allocation)) holders.add(taken, name);
  for (const { environment, connections, locked } of others) {
    for (const { key, insideCidrs } of connections)
      for (const taken of takenBy(insideCidrs, locked[key])) holders.add(taken, `${environment}/${key}`);
  }
  for (const claim of own.connections) {
    for (const taken of takenBy(claim.insideCidrs, own.locked[claim.key])) {
      const holder = holders.of(taken);
      if (holder === undefined) {
        holders.add(taken, `${own.environment}/${claim.key}`);
        continue;
      }
      const message = `${nameOf(taken)} is taken by ${holder} at the same gateway`;
      if (taken.fixed !== undefined)
        problems.error('inside-cidr-taken', claim.where(taken.fixed), message, claim.fix);
      else
        problems.error(
          'lock-clash',
          claim.where(),
          `${message} (both from their lock files)`,
          'remove the line of the connection that is not applied yet from its lock file',
        );
    }
  }
}

/** An inside CIDR, or the number of an interface. */
interface Taken {
  readonly what: Cidr | number;
  /** The number of the inside CIDR that the catalog fixes; absent for what the lock holds. */
  readonly fixed?: number;
}

function takenBy(
  insideCidrs: readonly (Cidr | undefined)[],
  locked: Allocation | undefined,
): readonly Taken[] {
  const count = Math.max(insideCidrs.length, locked?.insideCidrs.length ?? 0);
  const cidrs = Array.from({ length: count }, (_, index): readonly Taken[] => {
    const chosen = insideCidrs[index];
    if (chosen) return [{ what: chosen, fixed: index }];
    const kept = locked?.insideCidrs[index];
    return kept ? [{ what: kept }] : [];
  });
  return [...cidrs.flat(), ...(locked?.interfaces ?? []).map((what) => ({ what }))];
}

function nameOf({ what }: Taken): string {
  return typeof what === 'number' ? `interface ${what}` : `inside CIDR ${what}`;
}

/** Who has what at a gateway. Blocks of different sizes may overlap; none is larger than a /24. */
class Holders {
  private readonly interfaces = new Map<number, string>();
  private readonly cidrs = new Map<number, { readonly cidr: Cidr; readonly holder: string }[]>();

  add({ what }: Taken, holder: string): void {
    if (typeof what === 'number') {
      this.interfaces.set(what, holder);
      return;
    }
    const near = this.cidrs.get(what.first >>> 8) ?? [];
    this.cidrs.set(what.first >>> 8, [...near, { cidr: what, holder }]);
  }

  of({ what }: Taken): string | undefined {
    if (typeof what === 'number') return this.interfaces.get(what);
    return this.cidrs.get(what.first >>> 8)?.findLast(({ cidr }) => cidr.overlaps(what))?.holder;
  }
}
