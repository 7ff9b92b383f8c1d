import { DOCKER_FILES } from '../../sandbox/docker/files';
import { ObjectLog } from '../../sandbox/store/objects';
import { recordedStates } from './states';

/** The host of the engine where a provider configuration names none. */
const HOST = 'unix:///var/run/docker.sock';

const BOX = {
  command: ['sleep', '100000'],
  entrypoint: [],
  user: '',
  working_dir: '',
  env: [],
  exposed_ports: [],
  volumes: [],
  labels: {},
  healthcheck: null,
  stop_signal: '',
};

/** The images of the recorded engine, which were imported: they have no digest. */
const IMAGES: Readonly<Record<string, typeof BOX | object>> = {
  image: { ...BOX, repo_tags: ['box:1'], repo_digests: [] },
  'image: rich': {
    ...BOX,
    user: '1000',
    working_dir: '/data',
    env: ['A=b'],
    exposed_ports: ['8080/tcp'],
    volumes: ['/data'],
    labels: { x: 'y' },
    healthcheck: { test: ['CMD', 'true'], interval: '1s' },
    repo_tags: ['rich:1'],
    repo_digests: [],
  },
};

/** Puts the images of the recorded engine, with their ids, into a sandbox that does not run. */
export function loadImages(objectsFile: string): void {
  const recorded = recordedStates(DOCKER_FILES);
  const log = ObjectLog.open(objectsFile);
  for (const [label, attributes] of Object.entries(IMAGES)) {
    const id = String(recorded[label]?.applied?.image_id ?? '');
    log.put({ type: 'docker_image', id, region: HOST, attributes: { ...attributes, id } });
  }
  log.close();
}
