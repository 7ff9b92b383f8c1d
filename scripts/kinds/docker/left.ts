import { dockerHostUrl } from '../../../model/docker/docker-host';
import type { Attributes } from '../../../terraform/state/state-file';
import type { ImportedLeft, LeftPlace, LeftTarget, LeftTypes } from '../left';
import { bearsTags } from '../left-owner';

type Kind = 'container' | 'network';

/**
 * Something whose id the engine gives: it is asked for the id of the name, because the provider has no data source that tells it
 * (kreuzwerker/docker 3.6.2).
 */
function byName(kind: Kind): ImportedLeft {
  return {
    how: 'import',
    identity: 'its name and its labels',
    look: async (target, place) => idsOf(kind, target, place),
    ids: () => [],
    // The provider reads no labels where it imports: they were compared before.
    isOurs: () => true,
    remove: (id) => `docker ${kind} rm ${kind === 'container' ? '-f ' : ''}${id}`,
  };
}

/** The id of what has a name; none where it does not bear the labels that the plan gives it. */
async function idsOf(
  kind: Kind,
  { type, planned }: LeftTarget,
  { session, stack }: LeftPlace,
): Promise<readonly string[]> {
  const { engineOf, hostOf, isOnDockerHost } = require('./stacks') as typeof import('./stacks');
  const { name } = planned;
  if (!isOnDockerHost(stack) || typeof name !== 'string' || name === '') return [];
  if (session.simulated) return simulatedIds(type, planned, dockerHostUrl(hostOf(stack)));
  const engine = engineOf(session, stack);
  const labels = kind === 'container' ? '.Config.Labels' : '.Labels';
  const answer = await engine.docker([kind, 'inspect', '--format', `{{.Id}} {{json ${labels}}}`, name]);
  if (answer.exitCode === 0) {
    const [, id, text] = /^(\S+) (.*)$/s.exec(answer.stdout.trim()) ?? [];
    if (id === undefined || text === undefined) return [];
    return bearsTags({ labels: JSON.parse(text) }, planned) ? [id] : [];
  }
  if (answer.lines.some((line) => /no such (container|network)|network .* not found/i.test(line))) return [];
  throw engine.failure(answer);
}

/** The sandbox's engines have no client: their objects are in its log. */
function simulatedIds(type: string, planned: Attributes, host: string): readonly string[] {
  const { listObjects } =
    require('../../../sandbox/store/objects') as typeof import('../../../sandbox/store/objects');
  const { sandboxFiles } = require('../../session/folders') as typeof import('../../session/folders');
  return listObjects(sandboxFiles().objectsFile, type)
    .filter(({ region, attributes }) => region === host && attributes.name === planned.name)
    .filter(({ attributes }) => bearsTags(attributes, planned))
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
