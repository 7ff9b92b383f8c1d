import { dockerHostUrl } from '../../../model/docker/docker-host';
import type { ImportedLeft, LeftPlace, LeftTypes } from '../left';

type Kind = 'container' | 'network';

/**
 * Something whose id the engine gives: it is asked for the id of the name, because the provider has no data source that tells it
 * (kreuzwerker/docker 3.6.2).
 */
function byName(kind: Kind): ImportedLeft {
  return {
    how: 'import',
    identity: 'its name and its labels',
    look: async ({ type, planned: { name } }, place) =>
      typeof name !== 'string' || name === '' ? [] : idsOf(kind, type, name, place),
    ids: () => [],
    remove: (id) => `docker ${kind} rm ${kind === 'container' ? '-f ' : ''}${id}`,
  };
}

async function idsOf(
  kind: Kind,
  type: string,
  name: string,
  { session, stack }: LeftPlace,
): Promise<readonly string[]> {
  const { engineOf, hostOf, isOnDockerHost } = require('./stacks') as typeof import('./stacks');
  if (!isOnDockerHost(stack)) return [];
  if (session.simulated) return simulatedIds(type, name, dockerHostUrl(hostOf(stack)));
  const engine = engineOf(session, stack);
  const answer = await engine.docker([kind, 'inspect', '--format', '{{.Id}}', name]);
  if (answer.exitCode === 0) return [answer.stdout.trim()].filter((id) => id !== '');
  if (answer.lines.some((line) => /no such (container|network)|network .* not found/i.test(line))) return [];
  throw engine.failure(answer);
}

/** The sandbox's engines have no client: their objects are in its log. */
function simulatedIds(type: string, name: string, host: string): readonly string[] {
  const { listObjects } =
    require('../../../sandbox/store/objects') as typeof import('../../../sandbox/store/objects');
  const { sandboxFiles } = require('../../session/folders') as typeof import('../../session/folders');
  return listObjects(sandboxFiles().objectsFile, type)
    .filter(({ region, attributes }) => region === host && attributes.name === name)
    .map(({ id }) => id);
}

/** How what a killed apply made on a Docker host is found, of all types that node groups and a controller have. */
export const DOCKER_LEFT: LeftTypes = {
  docker_container: byName('container'),
  docker_image: { how: 'again', because: 'takes the image that the host has, and the provider imports none' },
  docker_network: byName('network'),
  docker_volume: {
    how: 'import',
    identity: 'its name and its labels',
    ids: ({ planned: { name } }) => (typeof name === 'string' && name !== '' ? [name] : []),
    remove: (name) => `docker volume rm ${name}`,
  },
  terraform_data: { how: 'again', because: 'writes it into the state alone' },
};
