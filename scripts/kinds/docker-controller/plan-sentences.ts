import { listed } from '../../../base/text/listed';
import type { Controller } from '../../../catalog/kinds/docker-controller/controller';
import type { ControllerPorts } from '../../../model/docker/controller-host';
import { dockerHostUrl } from '../../../model/docker/docker-host';
import { creates, isReplaced, removes } from '../../../terraform/plan/drift';
import { type PlanEffect, type Weight, weighed } from '../../../terraform/plan/effect';
import type { ScrubbedChange } from '../../../terraform/plan/scrub';
import { imageWords } from '../docker/image-words';
import { hostOf } from '../docker/stacks';
import type { Planned } from '../kind';
import { changedLabels, changedPorts, type PublishedPort } from './container-changes';
import { controllerOf } from './controller-of';

/** What a plan means for the controller, the most hurtful first. */
export function controllerSentences({
  stack,
  loaded,
  resources,
  details,
}: Planned<'docker-controller'>): readonly PlanEffect[] {
  const controller = controllerOf(loaded, stack);
  const url = dockerHostUrl(hostOf(stack));
  if (details !== undefined)
    return [...details.changes]
      .sort((one, other) => hurt(one) - hurt(other))
      .flatMap((change) => changeWords(change, url, controller));
  if (controller !== undefined && resources.some(({ action }) => action === 'create'))
    return weighed('created', newController(controller, url));
  return resources.some(
    ({ action, resourceType }) => action === 'delete' && resourceType === 'docker_container',
  )
    ? weighed('outage', [
        `the controller on ${url} is DELETED: no REST API, no Vault and no liveness of nodes from then on; its folders of data and config stay`,
      ])
    : [];
}

function newController(controller: Controller, url: string): readonly string[] {
  const { occtr, jupyter, folders, bind } = controller;
  return [
    `controller ${occtr.name} on ${url} from ${occtr.image.reference}, with its data in ${folders.data}`,
    ...(jupyter === undefined ? [] : [`notebook ${jupyter.name} from ${jupyter.image.reference}`]),
    `ports that open at ${bind}: ${portNames(controller.ports, jupyter !== undefined).join(', ')}`,
    `it serves nobody before ${initialized(occtr.name)}`,
  ];
}

function portNames({ api, vault, grafana, serfRpc, serf, jupyter }: ControllerPorts, hasNotebook: boolean) {
  return [
    `${api} (REST API)`,
    `${vault} (Vault)`,
    `${grafana} (Grafana)`,
    `${serfRpc} and ${serf} (Serf)`,
    ...(hasNotebook ? [`${jupyter} (notebook)`] : []),
  ];
}

function changeWords(
  change: ScrubbedChange,
  url: string,
  controller: Controller | undefined,
): readonly PlanEffect[] {
  const { type, before, after } = change;
  const tell = (weight: Weight, text: string) => weighed(weight, [text], [change]);
  const name = String(after.name ?? before.name ?? '');
  if (type === 'docker_image') return imageWords(change);
  if (type !== 'docker_container') return [];
  const isNotebook = controller?.jupyter?.name === name;
  const what = isNotebook ? 'notebook' : 'controller';
  const ports = changedPorts(change);
  const opened =
    ports.opened.length === 0 ? [] : tell('widened', `ports that open: ${portsText(ports.opened)}`);
  const closed =
    ports.closed.length === 0 ? [] : tell('narrowed', `ports that close: ${portsText(ports.closed)}`);
  if (isReplaced(change))
    return [
      ...tell(
        'outage',
        `${what} ${name} on ${url} is REPLACED because of ${whyReplaced(change)}: ${isNotebook ? 'what runs in it ends, and what was installed in it is lost' : awayWords(controller, name)}`,
      ),
      ...opened,
      ...closed,
    ];
  if (removes(change)) {
    const stays = isNotebook ? 'its work stays in the folder of data' : 'its folders of data and config stay';
    return tell('outage', `${what} ${name} on ${url} is DELETED: ${stays}`);
  }
  if (creates(change)) return [...tell('created', `${what} ${name} on ${url} is made`), ...opened];
  return tell('changed', `${what} ${name} on ${url} changes in place: ${listed(change.changed.map(wordOf))}`);
}

function awayWords(controller: Controller | undefined, name: string): string {
  const seconds = controller?.stopGraceSeconds;
  const stop = seconds === undefined ? '' : `, which may take up to ${seconds} s,`;
  const data = controller?.folders.data;
  const stays = data === undefined ? 'its data stay' : `its data stay in ${data}`;
  return `REST API and Vault are away from its stop${stop} until ${initialized(name)}; ${stays}`;
}

function initialized(name: string): string {
  return `docker exec ${name} ./init.sh has run there`;
}

/** The labels say which file of the host is another one. */
function whyReplaced(change: ScrubbedChange): string {
  const labels = changedLabels(change);
  const words = change.replacedBy
    .map((path) => path.split('.')[0] ?? '')
    .flatMap((attribute) => (attribute === 'labels' ? labels.map(labelWord) : [wordOf(attribute)]));
  return listed([...new Set(words)]) || 'its state';
}

function labelWord(label: string): string {
  return LABELS[label] ?? `the label ${label}`;
}

/** What the labels stand for, which replace a container when it changes. */
const LABELS: Readonly<Record<string, string>> = {
  'kakehashi:certificate': 'a new certificate',
  'kakehashi:secrets': 'new values of its secrets',
  'kakehashi:mounts': 'volumes',
};

function portsText(ports: readonly PublishedPort[]): string {
  return ports.map(({ address, port, protocol }) => `${address}:${port}/${protocol}`).join(', ');
}

/** The catalog's word for an attribute of the provider. */
function wordOf(attribute: string): string {
  return WORDS[attribute] ?? attribute;
}

const WORDS: Readonly<Record<string, string>> = {
  env: 'environment',
  mounts: 'volumes',
  stop_timeout: 'stop_grace',
  destroy_grace_seconds: 'stop_grace',
  networks_advanced: 'its network',
};

/** Containers that go or are replaced come first. */
function hurt(change: ScrubbedChange): number {
  if (change.type !== 'docker_container') return 2;
  return removes(change) || isReplaced(change) ? 0 : 1;
}
