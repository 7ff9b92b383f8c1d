import type { Stack } from '../../../../catalog/kinds/registry';
import { controllerSentences } from '../../../../scripts/kinds/docker-controller/plan-sentences';
import { textsOf } from '../../../../terraform/plan/effect';
import type { Attributes, ScrubbedChange, ScrubbedPlan } from '../../../../terraform/plan/scrub';
import { loadedFrom } from '../../../support/loaded';

const IMAGE = `sha256:${'a'.repeat(64)}`;
const loaded = loadedFrom(`cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10 }
controller:
  host: ssh://ubuntu@10.0.2.15
  version: 23.04.0
  images: { occtr: '${IMAGE}', jupyter: '${IMAGE}' }
  jupyter: true
`);
const [stack] = loaded.stacks.filter(
  (one): one is Stack<'docker-controller'> => one.kind === 'docker-controller',
);
const URL = 'ssh://ubuntu@10.0.2.15:22';

const labels = (certificate: string) => [
  { label: 'kakehashi:certificate', value: certificate },
  { label: 'kakehashi:secrets', value: 'x' },
];
const port = (external: number, protocol = 'tcp') => ({ ip: '10.0.2.15', internal: 1, external, protocol });

function change(
  actions: readonly string[],
  before: Attributes,
  after: Attributes,
  more: Partial<ScrubbedChange> = {},
): ScrubbedChange {
  return {
    address: 'docker_container.Controller_Occtr',
    type: 'docker_container',
    actions,
    replacedBy: [],
    before,
    after,
    changed: [],
    ...more,
  };
}

const said = (...changes: readonly ScrubbedChange[]): readonly string[] => {
  if (stack === undefined) throw new Error('no stack');
  const details: ScrubbedPlan = {
    changes,
    unchanged: [],
    references: {},
    drift: [],
    outputs: [],
    outputValues: {},
  };
  return textsOf(controllerSentences({ stack, loaded, resources: [], details }));
};

const AWAY =
  'REST API and Vault are away from its stop, which may take up to 60 s, until docker exec dev-controller ./init.sh has run there; its data stay in /home/ubuntu/dev-controller/volume';

it('says of a new controller what opens, and what must be done', () => {
  if (stack === undefined) throw new Error('no stack');
  const resources = [
    { address: 'docker_container.Controller_Occtr', resourceType: 'docker_container', action: 'create' },
  ];
  expect(textsOf(controllerSentences({ stack, loaded, resources }))).toEqual([
    `controller dev-controller on ${URL} from harbor.vcloud.nii.ac.jp/vcp/occtr@${IMAGE}, with its data in /home/ubuntu/dev-controller/volume`,
    `notebook dev-controller-jupyter from harbor.vcloud.nii.ac.jp/vcpjupyter/cloudop-notebook@${IMAGE}`,
    'ports that open at 10.0.2.15: 443 (REST API), 8443 (Vault), 8080 (Grafana), 7373 and 7947 (Serf), 8888 (notebook)',
    'it serves nobody before docker exec dev-controller ./init.sh has run there',
  ]);
});

it('says of a deletion what ends and what stays', () => {
  if (stack === undefined) throw new Error('no stack');
  const resources = [
    { address: 'docker_container.Controller_Occtr', resourceType: 'docker_container', action: 'delete' },
  ];
  expect(textsOf(controllerSentences({ stack, loaded, resources }))).toEqual([
    `the controller on ${URL} is DELETED: no REST API, no Vault and no liveness of nodes from then on; its folders of data and config stay`,
  ]);
});

const NAME = { name: 'dev-controller' };

it.each<[string, ScrubbedChange, readonly string[]]>([
  [
    'a new certificate',
    change(
      ['delete', 'create'],
      { ...NAME, labels: labels('a') },
      { ...NAME, labels: labels('b') },
      { replacedBy: ['labels'] },
    ),
    [`controller dev-controller on ${URL} is REPLACED because of a new certificate: ${AWAY}`],
  ],
  [
    'other ports and another environment',
    change(
      ['delete', 'create'],
      { ...NAME, ports: [port(443), port(7947, 'udp')] },
      { ...NAME, ports: [port(1443), port(7947, 'udp')] },
      { replacedBy: ['ports.0.external', 'env'] },
    ),
    [
      `controller dev-controller on ${URL} is REPLACED because of ports and environment: ${AWAY}`,
      'ports that open: 10.0.2.15:1443/tcp',
      'ports that close: 10.0.2.15:443/tcp',
    ],
  ],
  [
    'the notebook alone',
    change(
      ['delete', 'create'],
      { name: 'dev-controller-jupyter' },
      { name: 'dev-controller-jupyter' },
      { replacedBy: ['image'] },
    ),
    [
      `notebook dev-controller-jupyter on ${URL} is REPLACED because of image: what runs in it ends, and what was installed in it is lost`,
    ],
  ],
  [
    'no notebook any more',
    change(['delete'], { name: 'dev-controller-jupyter' }, {}),
    [`notebook dev-controller-jupyter on ${URL} is DELETED: its work stays in the folder of data`],
  ],
  [
    'what changes in place',
    change(['update'], NAME, NAME, { changed: ['restart', 'destroy_grace_seconds'] }),
    [`controller dev-controller on ${URL} changes in place: restart and stop_grace`],
  ],
  [
    'another image',
    change(['delete', 'create'], { name: 'a@sha256:1' }, { name: 'a@sha256:2' }, { type: 'docker_image' }),
    ['image a@sha256:1 → a@sha256:2; the old one stays on the host'],
  ],
])('says of %s what it means', (_, planned, sentences) => {
  expect(said(planned)).toEqual(sentences);
});

it('begins with what hurts most', () => {
  const image = change(['create'], {}, { name: 'a@sha256:2' }, { type: 'docker_image' });
  expect(said(image, change(['delete'], NAME, {}))).toEqual([
    `controller dev-controller on ${URL} is DELETED: its folders of data and config stay`,
    'image a@sha256:2 is pulled',
  ]);
});
