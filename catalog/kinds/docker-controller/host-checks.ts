import { sshLoginText } from '../../../model/docker/ssh-login';
import type { ContainerClaim, HostPort } from '../../ground/claims';
import type { ProblemList } from '../../ground/problem-list';
import type { Around } from '../kind';
import type { ControllerDraft } from './draft';
import { CONTROLLER_KEY, containerNames } from './names';
import { publishedPorts } from './ports';

/** What listens in a base container, which has the host's network (docs/reference/vcp.md). */
const BASE_CONTAINER: readonly HostPort[] = [
  ...[22, 7373, 7947, 9445, 18083, 24224].map((port) => ({
    address: '0.0.0.0',
    port,
    protocol: 'tcp' as const,
  })),
  ...[5353, 7947].map((port) => ({ address: '0.0.0.0', port, protocol: 'udp' as const })),
];

/** Reports what the controller would take of its host that something else has there: of this environment or of another one. */
export function checkNeighboursOnHost(
  draft: ControllerDraft,
  { claims, environment, neighbours }: Around<unknown>,
  problems: ProblemList,
): void {
  const own = claims.containers.filter(({ of }) => of === CONTROLLER_KEY);
  for (const other of claims.containers) {
    if (other.of === CONTROLLER_KEY || !isSameHost(own, other)) continue;
    checkName(draft, other, environment, problems);
    checkWay(draft, other, problems);
    checkPorts(draft, other, '', problems);
  }
  for (const neighbour of neighbours)
    for (const other of neighbour.claims.containers) {
      // The socket of a machine is another machine's in another person's hands.
      if (!isSameHost(own, { hosts: other.hosts.filter((host) => !host.startsWith('unix:')) })) continue;
      if (checkPorts(draft, other, ` of ${neighbour.environment}`, problems)) break;
    }
}

function isSameHost(own: readonly ContainerClaim[], { hosts }: Pick<ContainerClaim, 'hosts'>): boolean {
  return own.some((container) => container.hosts.some((host) => hosts.includes(host)));
}

function checkName(
  { place }: ControllerDraft,
  { name, of }: ContainerClaim,
  environment: string,
  problems: ProblemList,
): void {
  if (!Object.values(containerNames(environment)).includes(name)) return;
  const message = `its container would be ${name}, as that of ${of} on the same host`;
  problems.error('name-clash', place.keyAt(), message, 'give the group or its host another name');
}

function checkWay(
  { place, keys: { host, jump } }: ControllerDraft,
  other: ContainerClaim,
  problems: ProblemList,
): void {
  if (host?.kind !== 'ssh' || other.hosts[0] !== host.login.address) return;
  const text = (login: typeof jump) => (login === undefined ? 'none' : sshLoginText(login));
  const [way, otherWay] = [text(jump), text(other.jump)];
  if (way === otherWay) return;
  const must = `must be ${otherWay}, as in ${other.of}: a host is reached in one way`;
  problems.error('incompatible', place.at('jump'), { must, got: way });
}

/** @returns whether there is a clash: of one other container the first is told */
function checkPorts(
  { place, keys, jupyter, bind }: ControllerDraft,
  other: ContainerClaim,
  ofNeighbour: string,
  problems: ProblemList,
): boolean {
  const taken = other.hasHostNetwork ? BASE_CONTAINER : other.ports;
  const all = ['0.0.0.0', bind];
  const clash = publishedPorts(keys.ports, jupyter !== undefined).find(({ port, protocol }) =>
    taken.some(
      (one) =>
        one.port === port && one.protocol === protocol && (bind === '0.0.0.0' || all.includes(one.address)),
    ),
  );
  if (clash === undefined) return false;
  const who = `${other.of}${ofNeighbour}`;
  const port = `${clash.port}/${clash.protocol} of the host`;
  const message = other.hasHostNetwork
    ? `${port} is the base container's of ${who}, which has the network of the host`
    : `${port} is published by ${who} already`;
  const fix =
    other.of === CONTROLLER_KEY
      ? 'write create: false in one of the two, where both are one controller'
      : `choose another ${other.hasHostNetwork ? 'host for one of the two' : 'port'}`;
  problems.error('address-taken', place.at('ports', clash.key), message, fix);
  return true;
}
