import { listed } from '../../../base/text/listed';
import type { DockerGroup, DockerNode } from '../../../catalog/kinds/docker-nodes/group';
import { dockerHostUrl } from '../../../model/docker/docker-host';
import { creates, isReplaced, removes } from '../../../terraform/plan/drift';
import { type PlanEffect, type Weight, weighed } from '../../../terraform/plan/effect';
import type { ScrubbedChange } from '../../../terraform/plan/scrub';
import { imageWords } from '../docker/image-words';
import { hostOf } from '../docker/stacks';
import type { Planned } from '../kind';
import { nodeOf } from './node-of';

/** What a plan means for a node on a Docker host, the most hurtful first. */
export function dockerSentences({
  stack,
  loaded,
  resources,
  details,
}: Planned<'docker-nodes'>): readonly PlanEffect[] {
  const found = nodeOf(loaded, stack);
  const url = dockerHostUrl(hostOf(stack));
  if (details !== undefined)
    return [...details.changes].sort(byHurt).flatMap((change) => changeWords(change, url));
  if (resources.some(({ action }) => action === 'create') && found !== undefined)
    return weighed('created', [newNode(found.group, found.node, url)]);
  const volumes = resources.filter(
    ({ resourceType, action }) => resourceType === 'docker_volume' && action === 'delete',
  );
  const lost =
    volumes.length === 0
      ? ''
      : `, and ${volumes.length === 1 ? 'its volume' : `its ${volumes.length} volumes`} with all that is in ${volumes.length === 1 ? 'it' : 'them'}`;
  return resources.some(({ action }) => action === 'delete')
    ? weighed('outage', [`the container on ${url} is DELETED${lost}`])
    : [];
}

function newNode({ container, image }: DockerGroup, { name }: DockerNode, url: string): string {
  const what = container.isBase ? 'base container' : 'container';
  const from = image.kind === 'pulled' ? image.reference : image.file;
  const volumes = Object.keys(container.volumes);
  return [
    `${what} ${name} on ${url} from ${from}`,
    ...(container.privileged ? ['it may do on the host what root may'] : []),
    ...(volumes.length > 0 ? [`volumes ${listed(volumes)}`] : []),
    ...(container.health === undefined ? [] : ['an apply waits until it is healthy']),
  ].join(', ');
}

function changeWords(change: ScrubbedChange, url: string): readonly PlanEffect[] {
  const { type, before, after } = change;
  const tell = (weight: Weight, text: string) => weighed(weight, [text], [change]);
  const name = String(before.name ?? after.name ?? '');
  if (type === 'docker_volume') return volumeWords(change, name);
  if (type === 'docker_image') return imageWords(change);
  if (type !== 'docker_container') return [];
  if (isReplaced(change)) {
    // The health check is a label, too, because its own change would replace nothing.
    const isHealth = change.changed.includes('healthcheck');
    const why = change.replacedBy
      .map((path) => path.split('.')[0] ?? '')
      .map((name) => (name === 'labels' && isHealth ? 'health' : name));
    return tell(
      'outage',
      `container ${name} on ${url} is REPLACED because of ${listed([...new Set(why.map(wordOf))]) || 'its state'}: what runs in it ends, what it wrote outside of its volumes is lost`,
    );
  }
  if (removes(change)) return tell('outage', `container ${name} on ${url} is DELETED`);
  if (creates(change)) return tell('created', `container ${name} on ${url} is made`);
  if (change.changed.includes('must_run') && after.must_run === true)
    return tell('changed', `container ${name} on ${url}, which somebody stopped, is started again`);
  return tell(
    'changed',
    `container ${name} on ${url} changes in place: ${listed(change.changed.map(wordOf))}`,
  );
}

function volumeWords(change: ScrubbedChange, name: string): readonly PlanEffect[] {
  const tell = (weight: Weight, text: string) => weighed(weight, [text], [change]);
  if (isReplaced(change)) {
    const why = listed([...new Set(change.replacedBy.map((path) => wordOf(path.split('.')[0] ?? path)))]);
    const because = why === '' ? '' : ` because of ${why}`;
    return tell('replaced', `volume ${name} is REPLACED${because}: what is in it is lost`);
  }
  if (removes(change)) return tell('destroyed', `volume ${name} is DELETED with all that is in it`);
  return creates(change) ? tell('created', `volume ${name} is made`) : [];
}

/** The catalog's word for an attribute of the provider. */
function wordOf(attribute: string): string {
  return WORDS[attribute] ?? attribute;
}

const WORDS: Readonly<Record<string, string>> = {
  env: 'environment',
  working_dir: 'working_dir',
  memory_swap: 'memory',
  network_mode: 'network',
};

/** Volumes that are lost come first, then containers. */
function byHurt(one: ScrubbedChange, other: ScrubbedChange): number {
  return hurt(one) - hurt(other);
}

function hurt(change: ScrubbedChange): number {
  const loses = removes(change) || isReplaced(change);
  if (change.type === 'docker_volume') return loses ? 0 : 3;
  if (change.type === 'docker_container') return loses ? 1 : 2;
  return 4;
}
