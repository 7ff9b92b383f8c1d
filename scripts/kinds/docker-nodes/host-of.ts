import type { Loaded } from '../../../catalog/environment/catalog';
import type { DockerGroup, DockerNode } from '../../../catalog/kinds/docker-nodes/group';
import type { Stack } from '../../../catalog/kinds/registry';
import { type DockerHost, parseDockerHost } from '../../../model/docker/docker-host';
import type { Session } from '../../session/session';
import { Engine } from './engine';
import { sshFiles } from './ssh-files';

type DockerStack = Stack<'docker-nodes'>;

/** The host of a stack: where the lock file has it, also for one that is gone. */
export function hostOf({ place }: Pick<DockerStack, 'place'>): DockerHost {
  return parseDockerHost(place.host, place.jump);
}

/** The engine of a stack's host. */
export function engineOf(session: Pick<Session, 'processes' | 'folders'>, stack: DockerStack): Engine {
  return new Engine(session.processes, hostOf(stack), sshFiles(session.folders));
}

export interface GroupAndNode {
  readonly group: DockerGroup;
  readonly node: DockerNode;
}

/** The node that a stack makes; undefined for one that is gone. */
export function nodeOf(
  { catalog }: Pick<Loaded, 'catalog'>,
  { id }: Pick<DockerStack, 'id'>,
): GroupAndNode | undefined {
  const groups = catalog.kinds['docker-nodes']?.groups ?? [];
  return groups.flatMap((group) =>
    group.nodes.flatMap((node) => (node.stack === id ? [{ group, node }] : [])),
  )[0];
}
