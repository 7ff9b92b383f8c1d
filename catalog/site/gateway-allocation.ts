import type { EnvironmentDraft } from '../environment/drafts';
import type { Neighbour } from '../environment/neighbours';
import type { Allocation, Lock } from '../ground/lock';
import type { ProblemList } from '../ground/problem-list';
import { allocate, type Connection, connectionKey, type Reserved } from './allocation';

/** How many connections the pool of inside CIDRs has room for, two each, with some left for fixed ones. */
const MOST_CONNECTIONS = 5000;

/** Allocates for all environments that share a gateway and checks that nothing is given twice; the environment's own part. */
export function allocateAtGateway(
  draft: EnvironmentDraft,
  lock: Lock,
  neighbours: readonly Neighbour[],
  problems: ProblemList,
): ReadonlyMap<string, Allocation> {
  const mates = neighbours.filter(
    ({ draft: other }) =>
      other === undefined || (draft.publicIp !== undefined && other.publicIp === draft.publicIp),
  );
  const connections = [
    ...connectionsOf(draft, lock),
    ...mates.flatMap((mate) => (mate.draft ? connectionsOf(mate.draft, mate.lock) : [])),
  ];
  const reserved = [
    ...unusedOf(draft.environment, lock, connections),
    ...mates.flatMap((mate) => unusedOf(mate.environment, mate.lock, connections)),
  ];
  checkClashes(draft, connections, reserved, problems);
  if (connections.length + reserved.length > MOST_CONNECTIONS) {
    const message = `${connections.length + reserved.length} connections end at one gateway; there are inside CIDRs for ${MOST_CONNECTIONS}`;
    problems.error('too-many-connections', ['aws'], message, draft.root.keys.get('aws')?.position);
    return new Map();
  }
  const all = allocate(
    connections,
    reserved.map(({ allocation }) => allocation),
  );
  return new Map(
    connectionsOf(draft, lock).flatMap((connection): [string, Allocation][] => {
      const allocation = all.get(connectionKey(connection));
      return allocation ? [[connection.network, allocation]] : [];
    }),
  );
}

interface Unused {
  readonly name: string;
  readonly allocation: Reserved[number];
}

function connectionsOf(draft: EnvironmentDraft, lock: Lock): readonly Connection[] {
  return draft.networks.flatMap((network): Connection[] => {
    if (!network.vpn) return [];
    const locked = lock.tunnels[network.key];
    const [first, second] = network.vpn.tunnels;
    return [
      {
        environment: draft.environment,
        network: network.key,
        fixed: [first.insideCidr, second.insideCidr],
        ...(locked ? { locked } : {}),
      },
    ];
  });
}

/** What a lock holds for networks that its catalog does not have (any more). */
function unusedOf(environment: string, lock: Lock, connections: readonly Connection[]): readonly Unused[] {
  const used = new Set(
    connections.filter((other) => other.environment === environment).map(({ network }) => network),
  );
  return Object.entries(lock.tunnels)
    .filter(([key]) => !used.has(key))
    .map(([key, allocation]) => ({ name: `${environment}/${key}`, allocation }));
}

/** A fixed or locked inside CIDR, or a locked interface, that two connections of the gateway have. */
function checkClashes(
  draft: EnvironmentDraft,
  connections: readonly Connection[],
  reserved: readonly Unused[],
  problems: ProblemList,
): void {
  const holders = new Map<string, string>();
  const others = connections.filter(({ environment }) => environment !== draft.environment);
  const own = connections.filter(({ environment }) => environment === draft.environment);
  for (const { name, allocation } of reserved)
    for (const what of thingsOf(allocation)) holders.set(what, name);
  for (const connection of others) {
    for (const { what } of takenBy(connection)) holders.set(what, connectionKey(connection));
  }
  for (const connection of own) {
    for (const { what, tunnel, isFixed } of takenBy(connection)) {
      const holder = holders.get(what);
      if (holder === undefined) {
        holders.set(what, connectionKey(connection));
        continue;
      }
      const create = draft.networks.find(({ key }) => key === connection.network)?.create;
      const steps = isFixed ? ['vpn', 'tunnels', tunnel, 'inside_cidr'] : ['vpn'];
      const message = `${what} is taken by ${holder} at the same gateway${isFixed ? '' : ' (both from their lock files)'}`;
      const mend = isFixed
        ? 'choose another /30 of 169.254.0.0/16, or leave it to kakehashi'
        : 'remove the line of the connection that is not applied yet from its lock file';
      const code = isFixed ? 'inside-cidr-taken' : 'lock-clash';
      problems.error(code, create?.pathOf(...steps) ?? [], message, create?.at(...steps), mend);
    }
  }
}

interface Taken {
  readonly what: string;
  readonly tunnel: number;
  readonly isFixed: boolean;
}

function takenBy({ fixed, locked }: Connection): readonly Taken[] {
  const cidrs = [0, 1].flatMap((tunnel): Taken[] => {
    const chosen = fixed[tunnel];
    const cidr = chosen ?? locked?.insideCidrs[tunnel];
    return cidr ? [{ what: `inside CIDR ${cidr}`, tunnel, isFixed: chosen !== undefined }] : [];
  });
  const interfaces = (locked?.interfaces ?? []).map((number, tunnel) => ({
    what: `interface ${number}`,
    tunnel,
    isFixed: false,
  }));
  return [...cidrs, ...interfaces];
}

function thingsOf({ insideCidrs, interfaces }: Allocation): readonly string[] {
  return [
    ...insideCidrs.map((cidr) => `inside CIDR ${cidr}`),
    ...interfaces.map((number) => `interface ${number}`),
  ];
}
