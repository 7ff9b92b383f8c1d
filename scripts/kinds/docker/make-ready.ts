import type { Loaded } from '../../../catalog/environment/catalog';
import type { SshHost } from '../../../model/docker/docker-host';
import type { Session } from '../../session/session';
import { prepareSsh } from './host-keys';
import { type DockerStack, hostOf, isOnDockerHost } from './stacks';

/** Writes OpenSSH's files for all hosts of the environment, and learns the keys of those that were chosen. @throws Declined */
export async function makeHostsReady(
  session: Session,
  { stacks }: Loaded,
  chosen: readonly DockerStack[],
): Promise<void> {
  if (session.simulated) return;
  const all = overSsh(stacks.filter(isOnDockerHost));
  if (all.length > 0) await prepareSsh(session, { all, asked: overSsh(chosen) });
}

function overSsh(stacks: readonly DockerStack[]): readonly SshHost[] {
  return stacks.map(hostOf).filter((host) => host.kind === 'ssh');
}
