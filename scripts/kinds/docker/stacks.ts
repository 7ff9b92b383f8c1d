import type { Stack } from '../../../catalog/kinds/registry';
import { type DockerHost, parseDockerHost } from '../../../model/docker/docker-host';
import type { Session } from '../../session/session';
import { Engine } from './engine';
import { sshFiles } from './ssh-files';

/** A stack on a Docker host. */
export type DockerStack = Stack<'docker-nodes' | 'docker-controller'>;

export function isOnDockerHost(stack: Stack): stack is DockerStack {
  return stack.kind === 'docker-nodes' || stack.kind === 'docker-controller';
}

/** The host of a stack: where the lock file has it, also for one that is gone. */
export function hostOf({ place }: Pick<DockerStack, 'place'>): DockerHost {
  return parseDockerHost(place.host, place.jump);
}

/** The engine of a stack's host. */
export function engineOf(
  session: Pick<Session, 'processes' | 'folders'>,
  stack: Pick<DockerStack, 'place'>,
): Engine {
  return new Engine(session.processes, hostOf(stack), sshFiles(session.folders));
}
