import { HOST_SSH_PORT, socketPath } from '../../../model/docker/docker-host';
import type { ProblemList } from '../../ground/problem-list';
import type { Draft } from '../../shape/shape';
import type { Place } from '../../source/place';
import type { HostDraft } from './draft';
import type { DOCKER_GROUP } from './keys';

type Keys = Draft<typeof DOCKER_GROUP>;

/** Reads the hosts of a group: `hosts`, or VCP's `ip_address_list` and `user_name`. @param key - of the group */
export function readHosts(
  key: string,
  place: Place,
  draft: Keys,
  problems: ProblemList,
): readonly HostDraft[] {
  checkForm(place, problems);
  const hosts = place.has('hosts') ? named(key, place, draft, problems) : addressed(key, place, draft);
  const listed = place.has('hosts') ? place.below('hosts').names : place.below('ip_address_list').items;
  const { numNodes } = draft;
  if (numNodes !== undefined && listed.length > 0 && numNodes !== listed.length) {
    const statement = { must: `must be the number of hosts, ${listed.length}`, got: String(numNodes) };
    problems.error('bad-value', place.at('num_nodes'), statement, 'remove it');
  }
  return hosts;
}

function checkForm(place: Place, problems: ProblemList): void {
  const [hasHosts, hasList] = [place.has('hosts'), place.has('ip_address_list')];
  if (hasHosts && hasList)
    problems.error(
      'incompatible',
      place.keyAt('ip_address_list'),
      'says the same as hosts',
      'remove one of the two',
    );
  if (hasHosts && place.has('user_name')) {
    const message = 'is the user of ip_address_list';
    problems.error('incompatible', place.keyAt('user_name'), message, 'write user in each of hosts');
  }
  const fix = 'write hosts: { web1: { address: 10.0.2.31, user: ubuntu } }';
  const { node, names } = place.below('hosts');
  if (node?.kind === 'map' && names.length === 0)
    problems.error('bad-value', place.at('hosts'), 'must name a host', fix);
  if (!hasHosts && !hasList) {
    const message = 'key "hosts" is missing: the Docker hosts of the group';
    problems.error('missing-key', place.keyAt(), message, fix);
  }
}

function named(key: string, group: Place, draft: Keys, problems: ProblemList): readonly HostDraft[] {
  return Object.entries(draft.hosts ?? {}).flatMap(([name, keys]): readonly HostDraft[] => {
    if (keys?.address === undefined) return [];
    const { address, user, port, jump, interface: card } = keys;
    const place = group.below('hosts', name);
    const common = { key: `${key}/${name}`, name, place, addressPlace: place.below('address') };
    const socket = socketPath(address);
    if (socket === undefined) {
      const login = { user, address, port };
      return [
        {
          ...common,
          host: { kind: 'ssh', login, ...(jump === undefined ? {} : { jump }) },
          address,
          ...(card === undefined ? {} : { card }),
        },
      ];
    }
    for (const needless of ['user', 'port', 'jump', 'interface'].filter((one) => place.has(one))) {
      const message = 'is of a host that is reached over SSH; this one is the engine of this machine';
      problems.error('incompatible', place.keyAt(needless), message, 'remove it');
    }
    return [{ ...common, host: { kind: 'socket', path: socket }, address: '127.0.0.1' }];
  });
}

function addressed(key: string, group: Place, draft: Keys): readonly HostDraft[] {
  const list = group.below('ip_address_list');
  // A broken address is reported where it stands, and the indexes of the others no longer agree.
  const addresses = draft.ipAddressList?.length === list.items.length ? draft.ipAddressList : [];
  return addresses.map((address, index) => {
    const name = address.replaceAll('.', '-');
    const login = { user: draft.userName ?? 'root', address, port: HOST_SSH_PORT };
    const place = list.below(index);
    return { key: `${key}/${name}`, name, host: { kind: 'ssh', login }, address, place, addressPlace: place };
  });
}
