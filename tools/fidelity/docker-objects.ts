import type { ObjectValue } from '../../sandbox/protocol/values';
import { CONTAINERS } from './docker-containers';
import type { Made, ScenarioObject } from './states';

/** An object of a Docker engine. Which attributes a read keeps is asked of one object of each type only: it takes minutes. */
function object(label: string, type: string, given: ObjectValue, asksKept = false): ScenarioObject {
  return { label, type: `docker_${type}`, configuration: () => given, asksKept };
}

function imageId({ image }: Made): string {
  return String(image?.image_id ?? '');
}

const LABELS = [
  { label: 'a', value: '1' },
  { label: 'b', value: '2' },
];

const IMAGES: readonly ScenarioObject[] = [
  {
    ...object('image', 'image', { name: 'box:1', keep_locally: true }, true),
    changed: { force_remove: true },
  },
  object('image: rich', 'image', { name: 'rich:1', keep_locally: true, triggers: { a: 'b' } }),
  {
    label: 'image: by id',
    type: 'docker_image',
    configuration: (made) => ({ name: imageId(made), keep_locally: true }),
    asksKept: false,
  },
];

const VOLUMES: readonly ScenarioObject[] = [
  object('volume', 'volume', { name: 'data' }, true),
  object('volume: labels', 'volume', { name: 'labelled', labels: LABELS }),
  object('volume: options', 'volume', {
    name: 'memory',
    driver: 'local',
    driver_opts: { type: 'tmpfs', device: 'tmpfs' },
  }),
  object('volume: adopted', 'volume', { name: 'data', labels: LABELS }),
  object('volume: no name', 'volume', {}),
  object('volume: wrong name', 'volume', { name: 'a b' }),
  object('volume: wrong driver', 'volume', { name: 'other', driver: 'foo' }),
  object('volume: wrong option', 'volume', { name: 'other', driver_opts: { foo: 'bar' } }),
];

const NETWORKS: readonly ScenarioObject[] = [
  object('network', 'network', { name: 'plain' }, true),
  object('network: subnet', 'network', { name: 'subnet', ipam_config: [{ subnet: '10.90.0.0/24' }] }),
  object('network: everything', 'network', {
    name: 'everything',
    driver: 'bridge',
    internal: true,
    attachable: true,
    labels: LABELS,
    options: { 'com.docker.network.bridge.name': 'br-all' },
    ipam_driver: 'default',
    ipam_config: [
      {
        subnet: '10.91.0.0/16',
        ip_range: '10.91.1.0/24',
        gateway: '10.91.0.254',
        aux_address: { printer: '10.91.0.5' },
      },
    ],
  }),
  object('network: IPv6', 'network', {
    name: 'six',
    ipv6: true,
    ipam_config: [{ subnet: 'fd00:90::/64' }],
  }),
  object('network: IPv6 and IPv4', 'network', {
    name: 'both',
    ipv6: true,
    ipam_config: [
      { subnet: 'fd00:91::/64', gateway: 'fd00:91::1' },
      { subnet: '10.94.0.0/24', gateway: '10.94.0.1' },
    ],
  }),
  object('network: name exists', 'network', { name: 'plain' }),
  object('network: predefined name', 'network', { name: 'bridge' }),
  object('network: wrong driver', 'network', { name: 'other', driver: 'foo' }),
  object('network: overlay', 'network', { name: 'other', driver: 'overlay' }),
  object('network: overlap', 'network', { name: 'other', ipam_config: [{ subnet: '10.91.128.0/17' }] }),
  object('network: no subnet', 'network', { name: 'other', ipam_config: [{ subnet: '10.92.0.5' }] }),
  object('network: gateway outside', 'network', {
    name: 'other',
    ipam_config: [{ subnet: '10.92.0.0/24', gateway: '10.93.0.1' }],
  }),
  object('network: range outside', 'network', {
    name: 'ranged',
    ipam_config: [{ subnet: '10.92.0.0/24', ip_range: '10.93.0.0/25' }],
  }),
  object('network: IPv6 without subnet', 'network', { name: 'other', ipv6: true }),
];

/**
 * The objects whose states are recorded with a real engine, which has two images: `box:1`, with a command that sleeps, and `rich:1`,
 * whose user, folder, environment, port, volume, label and health check are set.
 */
export const DOCKER_OBJECTS: readonly ScenarioObject[] = [...IMAGES, ...VOLUMES, ...NETWORKS, ...CONTAINERS];
