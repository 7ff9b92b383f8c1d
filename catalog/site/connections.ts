import { counted } from '../../base/text/counted';
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
  const holders = new Map<string, string>();
  for (const { name, allocation } of unused) for (const what of thingsOf(allocation)) holders.set(what, name);
  for (const { environment, connections, locked } of others) {
    for (const claim of connections)
      for (const { what } of takenBy(claim, locked[claim.key]))
        holders.set(what, `${environment}/${claim.key}`);
  }
  for (const claim of own.connections) {
    for (const { what, fixed } of takenBy(claim, own.locked[claim.key])) {
      const holder = holders.get(what);
      if (holder === undefined) {
        holders.set(what, `${own.environment}/${claim.key}`);
        continue;
      }
      const message = `${what} is taken by ${holder} at the same gateway`;
      if (fixed !== undefined) problems.error('inside-cidr-taken', claim.where(fixed), message, claim.fix);
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

interface Taken {
  readonly what: string;
  /** The number of the inside CIDR that the catalog fixes; absent for what the lock holds. */
  readonly fixed?: number;
}

function takenBy({ insideCidrs }: ConnectionClaim, locked: Allocation | undefined): readonly Taken[] {
  const cidrs = insideCidrs.flatMap((chosen, index): Taken[] => {
    if (chosen) return [{ what: `inside CIDR ${chosen}`, fixed: index }];
    const kept = locked?.insideCidrs[index];
    return kept ? [{ what: `inside CIDR ${kept}` }] : [];
  });
  return [...cidrs, ...(locked?.interfaces ?? []).map((number) => ({ what: `interface ${number}` }))];
}

function thingsOf({ insideCidrs, interfaces }: Allocation): readonly string[] {
  return [
    ...insideCidrs.map((cidr) => `inside CIDR ${cidr}`),
    ...interfaces.map((number) => `interface ${number}`),
  ];
}
