import {
  type Claims,
  type IdentityClaim,
  mergeClaims,
  NO_CLAIMS,
  type ReferenceClaim,
} from '../../ground/claims';
import type { ProblemList } from '../../ground/problem-list';
import { optional } from '../../shape/shapes';
import { type DockerPlace, lockedPlace, PLACE } from '../docker/place';
import { DOCKER_PROVIDER, readDockerSettings } from '../docker/settings';
import type { KindReading, KindSource, StackKind } from '../kind';
import { checkGroups } from './checks';
import type { GroupDraft } from './draft';
import { finishGroup } from './finish';
import type { DockerNodesCatalog } from './group';
import { DOCKER_GROUP } from './keys';
import { readGroups } from './read';

const SETTINGS = 'docker';

/** Node groups on existing Docker hosts: a stack for each host, because the provider fails whole where a host is dead. */
export const DOCKER_NODES: StackKind<'docker-nodes', DockerNodesCatalog, DockerPlace> = {
  name: 'docker-nodes',
  sections: {},
  groups: {
    provider: 'onpremises',
    shape: DOCKER_GROUP,
    settings: { name: SETTINGS, key: optional(DOCKER_PROVIDER, 'Version of the provider for Docker hosts') },
  },
  read: readDocker,
  lock: {
    provider: SETTINGS,
    shape: PLACE,
    format: ({ host, jump }) => `host: ${host}${jump === undefined ? '' : `, jump: ${jump}`}`,
    idPattern: (environment) => `${environment}-nodes-<group>-<host>`,
  },
};

function readDocker(
  { root, groups: places }: KindSource,
  problems: ProblemList,
): KindReading<DockerNodesCatalog, DockerPlace> {
  const settings = readDockerSettings(root.below('providers', SETTINGS), problems);
  const groups = readGroups(places, problems);
  return {
    identities: groups.flatMap(identitiesOf),
    claims: mergeClaims(groups.map(claimsOf)),
    check: (around, list) => checkGroups(groups, around, list),
    finish: (around) => {
      const finished = groups.map((group) => finishGroup(group, around));
      return {
        model: { settings, groups: finished },
        networks: [],
        groups: finished,
        stacks: finished.flatMap(({ key, nodes }) =>
          nodes.map((node) => ({
            id: node.stack,
            group: key,
            place: lockedPlace(node.host),
            members: [`${key}/${node.key}`],
            requires: [],
          })),
        ),
        credentials: {},
      };
    },
  };
}

function identitiesOf({ hosts }: GroupDraft): readonly IdentityClaim[] {
  return hosts.map(({ key, place }) => ({ key, where: place.keyAt(), parts: [] }));
}

/** Addresses of hosts that exist are nobody's to give: they are no claims on the network's free addresses. */
function claimsOf({ source, keys }: GroupDraft): Claims {
  const { name, entry, place } = source;
  const { user, password } = keys.registry ?? {};
  const registry = place.below('registry');
  return {
    ...NO_CLAIMS,
    references: Object.entries({ user, password }).flatMap(([key, reference]): readonly ReferenceClaim[] =>
      reference === undefined
        ? []
        : [{ reference, kind: 'credential', where: registry.at(key), keyWhere: registry.keyAt(key) }],
    ),
    groups: [{ name, entry, addresses: [], most: 0, where: place.keyAt(), leaseWhere: place.keyAt() }],
  };
}
