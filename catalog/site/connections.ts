import { counted } from '../../base/text/counted';
import type { Cidr } from '../../model/net/cidr';
import type { Allocation } from '../ground/allocation';
import type { ConnectionClaim } from '../ground/claims';
import type { StackName, Where } from '../ground/problem';
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
  /** The stack of the lock to which a line of it belongs. */
  readonly ownerOf: (key: string) => string | undefined;
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
  checkClashes(own, others, problems);
  const total = connections.length + unused.length;
  if (total > MOST_CONNECTIONS) {
    const where = own.connections[0]?.where() ?? root;
    const message = `${total} connections end at one gateway; there are inside CIDRs for ${MOST_CONNECTIONS}`;
    problems.error('too-many-connections', where, message);
    return new Map();
  }
  const allocated = allocate(connections, unused);
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

/** What a lock holds for networks that its catalog does not have (any more). */
function unusedOf({ connections, locked }: GatewayUser): readonly Allocation[] {
  const used = new Set(connections.map(({ key }) => key));
  return Object.entries(locked).flatMap(([key, allocation]) => (used.has(key) ? [] : [allocation]));
}

/**
 * Reports a lock that holds more or fewer inside CIDRs than a connection needs: what is missing would be allocated anew. The number of
 * its interfaces may change with the catalog: a gateway on Azure gets a second instance, or loses it.
 */
function checkCounts(user: GatewayUser, problems: ProblemList): void {
  const { connections, locked } = user;
  for (const { key, insideCidrs, where } of connections) {
    const held = locked[key];
    if (!held || held.insideCidrs.length === insideCidrs.length) continue;
    const must = `the lock file must hold ${counted(insideCidrs.length, 'inside CIDR')} for ${key}`;
    const got = counted(held.insideCidrs.length, 'inside CIDR');
    const fix = 'restore the lock file from version control';
    problems.disputed('lock-clash', where(), { must, got }, ownersOf([user, key]), fix);
  }
}

/** Reports a fixed or locked inside CIDR, or a locked interface, that two connections of the gateway have. */
function checkClashes(own: GatewayUser, others: readonly GatewayUser[], problems: ProblemList): void {
  const holders = new Holders();
  for (const user of [own, ...others]) {
    const used = new Set(user.connections.map(({ key }) => key));
    // What the environment itself destroys may be taken by what it builds: the gateway never has both.
    for (const [key, allocation] of user === own ? [] : Object.entries(user.locked)) {
      if (used.has(key)) continue;
      for (const taken of takenBy([], allocation)) holders.add(taken, [user, key]);
    }
  }
  for (const user of others) {
    for (const { key, insideCidrs } of user.connections)
      for (const taken of takenBy(insideCidrs, user.locked[key])) holders.add(taken, [user, key]);
  }
  for (const claim of own.connections) {
    for (const taken of takenBy(claim.insideCidrs, own.locked[claim.key])) {
      const holder = holders.of(taken);
      if (holder === undefined) {
        holders.add(taken, [own, claim.key]);
        continue;
      }
      const [{ environment }, key] = holder.line;
      const message = `${nameOf(taken)} is taken by ${environment}/${key} at the same gateway`;
      // What only a lock file says holds as far as it was applied.
      const lines = [
        ...(taken.fixed === undefined ? [[own, claim.key] as const] : []),
        ...(holder.isFixed ? [] : [holder.line]),
      ];
      const owners = ownersOf(...lines);
      if (taken.fixed !== undefined)
        problems.disputed('inside-cidr-taken', claim.where(taken.fixed), message, owners, claim.fix);
      else
        problems.disputed(
          'lock-clash',
          claim.where(),
          `${message} (both from their lock files)`,
          owners,
          'remove the line of the connection that is not applied yet from its lock file',
        );
    }
  }
}

/** A line of an environment's lock file: that of a network. */
type Line = readonly [user: GatewayUser, key: string];

/** The stacks of some lines; none where a line belongs to no stack, so that nothing can be read of it. */
function ownersOf(...lines: readonly Line[]): readonly StackName[] {
  const owners = lines.flatMap(([{ environment, ownerOf }, key]): StackName[] => {
    const stack = ownerOf(key);
    return stack === undefined ? [] : [{ environment, stack }];
  });
  return owners;
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

/** Who has something at a gateway. */
interface Holder {
  readonly line: Line;
  /** Whether its catalog fixes it; else it is from its lock file. */
  readonly isFixed: boolean;
}

/** Who has what at a gateway. Blocks of different sizes may overlap; none is larger than a /24. */
class Holders {
  private readonly interfaces = new Map<number, Holder>();
  private readonly cidrs = new Map<number, { readonly cidr: Cidr; readonly holder: Holder }[]>();

  add({ what, fixed }: Taken, line: Line): void {
    const holder = { line, isFixed: fixed !== undefined };
    if (typeof what === 'number') {
      this.interfaces.set(what, holder);
      return;
    }
    const near = this.cidrs.get(what.first >>> 8) ?? [];
    this.cidrs.set(what.first >>> 8, [...near, { cidr: what, holder }]);
  }

  of({ what }: Taken): Holder | undefined {
    if (typeof what === 'number') return this.interfaces.get(what);
    return this.cidrs.get(what.first >>> 8)?.findLast(({ cidr }) => cidr.overlaps(what))?.holder;
  }
}
