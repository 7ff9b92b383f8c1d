import { dockerHostUrl } from '../../../model/docker/docker-host';
import { sshLoginText } from '../../../model/docker/ssh-login';
import type { ProblemList } from '../../ground/problem-list';
import { checkPlace } from '../../nodes/place-of';
import type { DockerPlace } from '../docker/place';
import type { Around } from '../kind';
import type { GroupDraft, HostDraft } from './draft';
import { containerName } from './names';

/** The longest name of a container, of which the names of its volumes are made. */
const LONGEST_NAME = 100;

/** A host of a group. */
interface Hosted {
  readonly group: GroupDraft;
  readonly host: HostDraft;
}

/** Checks what must hold between groups, and between them and the entries. */
export function checkGroups(
  groups: readonly GroupDraft[],
  around: Around<DockerPlace>,
  problems: ProblemList,
): void {
  checkJumps(groups, problems);
  const before: Hosted[] = [];
  for (const group of groups) {
    const network = checkPlace(group.source, around, problems);
    for (const host of group.hosts) {
      const { cidr } = network ?? {};
      if (cidr !== undefined && host.host.kind === 'ssh' && !cidr.containsAddress(host.address)) {
        const must = `must be an address of ${cidr}, the network of ${group.source.entry}`;
        problems.error('subnet-outside', host.addressPlace.at(), { must, got: `"${host.address}"` });
      }
      checkMoved(host, around, problems);
      checkName(group, host, around.environment, problems);
      for (const other of before) checkBoth({ group, host }, other, around.environment, problems);
      before.push({ group, host });
    }
  }
}

/** A way through jump hosts must end: a jump host that is a host here, too, is reached by its own way. */
function checkJumps(groups: readonly GroupDraft[], problems: ProblemList): void {
  const hosts = groups.flatMap((group) => group.hosts);
  const jumps = new Map(
    hosts.flatMap(({ host, address }) =>
      host.kind === 'ssh' && host.jump !== undefined ? [[address, host.jump.address] as const] : [],
    ),
  );
  for (const { address, place } of hosts) {
    const way = new Set([address]);
    let next = jumps.get(address);
    for (; next !== undefined && !way.has(next); next = jumps.get(next)) way.add(next);
    if (next === undefined) continue;
    const message = `the way through jump hosts comes back to ${next}`;
    problems.error('incompatible', place.at('jump'), message, 'name a host that is reached without this one');
  }
}

/** A node does not move to another host: its container and its volumes would stay behind. */
function checkMoved(
  { key, host, addressPlace, place }: HostDraft,
  { environment, identities, locked }: Around<DockerPlace>,
  problems: ProblemList,
): void {
  const id = identities.idOf(key);
  const built = locked.get(id)?.place.host;
  const isSame = (url: string) => engineOf(url) === engineOf(dockerHostUrl(host));
  if (built === undefined || isSame(built)) return;
  problems.disputed(
    'host-moved',
    addressPlace.at(),
    {
      must: `must stay ${engineOf(built)}, where the lock file has ${id}`,
      got: `"${engineOf(dockerHostUrl(host))}"`,
    },
    [{ environment, stack: id }],
    `a node does not move: give the host another name than ${String(place.path.at(-1))}, and the old node is destroyed and a new one made`,
  );
}

/** The address or the socket, without user and port, which may change. */
function engineOf(url: string): string {
  return url.replace(/^ssh:\/\/[^@]*@/, '').replace(/:[0-9]+$/, '');
}

function checkName(
  { source }: GroupDraft,
  { name, place }: HostDraft,
  environment: string,
  problems: ProblemList,
): void {
  const container = containerName(environment, source.name, name);
  if (container.length <= LONGEST_NAME) return;
  const statement = {
    must: `${container} must have at most ${LONGEST_NAME} characters`,
    got: String(container.length),
  };
  problems.error('bad-name', place.keyAt(), statement, 'shorten the name of the host, or of the group');
}

/** Checks what two nodes on one engine must not share, and what they must. */
function checkBoth(own: Hosted, other: Hosted, environment: string, problems: ProblemList): void {
  const [url, before] = [dockerHostUrl(own.host.host), dockerHostUrl(other.host.host)];
  if (engineOf(url) !== engineOf(before)) return;
  const { place, addressPlace, address } = own.host;
  const them = `${other.group.source.name}.${other.host.name}`;
  if (own.group === other.group) {
    const message = `${address} is the host ${other.host.name} already`;
    problems.error('address-taken', addressPlace.at(), message, 'remove one of the two');
    return;
  }
  if (own.group.isBase && other.group.isBase) {
    const message = `${address} has the base container of ${them} already, with the network of the host`;
    problems.error('address-taken', addressPlace.at(), message, 'choose another host');
  }
  const [name, taken] = [own, other].map(({ group, host }) =>
    containerName(environment, group.source.name, host.name),
  );
  if (name === taken) {
    const message = `its container would be ${name}, as that of ${them} on the same host`;
    problems.error('name-clash', place.keyAt(), message, 'give it another name');
  }
  const [ownJump, otherJump] = [own, other].map(({ host: { host } }) =>
    host.kind === 'ssh' && host.jump !== undefined ? sshLoginText(host.jump) : 'none',
  );
  if (ownJump !== otherJump) {
    const statement = {
      must: `must be ${otherJump}, as in ${them}: a host is reached in one way`,
      got: ownJump ?? 'none',
    };
    problems.error('incompatible', place.at('jump'), statement);
  }
  checkPorts(own, other, problems);
}

function checkPorts({ group, host }: Hosted, other: Hosted, problems: ProblemList): void {
  for (const { external, protocol } of group.ports) {
    const isTaken = other.group.ports.some(
      (port) => port.external === external && port.protocol === protocol,
    );
    if (!isTaken) continue;
    const message = `${external}/${protocol} of ${host.address} is published by ${other.group.source.name} already`;
    problems.error('address-taken', group.source.place.at('ports'), message, 'choose another port');
  }
}
