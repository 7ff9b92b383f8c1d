import { lockedVersion } from '../../../../scripts/kinds/docker/old-provider';
import { dockerSentences } from '../../../../scripts/kinds/docker-nodes/plan-sentences';
import { textsOf } from '../../../../terraform/plan/effect';
import type { ScrubbedChange } from '../../../../terraform/plan/scrub';
import { base, dockerCatalog, IMAGE } from '../../../catalog/docker/catalog';
import { loadedFrom } from '../../../support/loaded';

const loaded = loadedFrom(dockerCatalog(base({ volumes: '{ data: /data }', health: '[CMD, "true"]' })));

function sentences(
  changes: readonly Partial<ScrubbedChange>[] | undefined,
  resources: readonly (readonly [string, string])[] = [],
) {
  const stack = loaded.stacks.find((one) => one.kind === 'docker-nodes');
  if (stack?.kind !== 'docker-nodes') throw new Error('no stack');
  const full = changes?.map((change) => ({
    address: 'x.Node',
    type: 'docker_container',
    actions: ['update'],
    replacedBy: [],
    before: { name: 'dev-web-web1' },
    after: {},
    changed: [],
    ...change,
  }));
  return textsOf(
    dockerSentences({
      stack,
      loaded,
      resources: resources.map(([resourceType, action]) => ({
        address: `${resourceType}.x`,
        resourceType,
        action,
      })),
      ...(full === undefined
        ? {}
        : {
            details: {
              changes: full,
              unchanged: [],
              references: {},
              drift: [],
              outputs: [],
              outputValues: {},
            },
          }),
    }),
  );
}

const URL = 'ssh://root@10.0.2.31:20022';

it('says what a new node is', () => {
  expect(sentences(undefined, [['docker_container', 'create']])).toEqual([
    `base container dev-web-web1 on ${URL} from ${IMAGE.replace(/:1[^@]*/, '')}, it may do on the host what root may, volumes data, an apply waits until it is healthy`,
  ]);
});

it.each([
  [[['docker_container', 'delete']], `the container on ${URL} is DELETED`],
  [
    [
      ['docker_container', 'delete'],
      ['docker_volume', 'delete'],
    ],
    `the container on ${URL} is DELETED, and its volume with all that is in it`,
  ],
  [
    [
      ['docker_container', 'delete'],
      ['docker_volume', 'delete'],
      ['docker_volume', 'delete'],
    ],
    `the container on ${URL} is DELETED, and its 2 volumes with all that is in them`,
  ],
] as const)('says what is lost with a node: %j', (resources, sentence) => {
  expect(sentences(undefined, resources)).toEqual([sentence]);
});

it('says the most hurtful first: lost volumes, then what is replaced', () => {
  const replaced = ['delete', 'create'];
  expect(
    sentences([
      { type: 'docker_image', actions: replaced, before: { name: 'a@1' }, after: { name: 'a@2' } },
      { actions: replaced, replacedBy: ['env', 'ports.0.external', 'ports.0.internal'] },
      { type: 'docker_volume', actions: replaced, before: { name: 'v' } },
    ]),
  ).toEqual([
    'volume v is REPLACED: what is in it is lost',
    `container dev-web-web1 on ${URL} is REPLACED because of environment and ports: what runs in it ends, what it wrote outside of its volumes is lost`,
    'image a@1 → a@2; the old one stays on the host',
  ]);
});

it('says that a container is replaced because of its health check, which is a label', () => {
  const changed = ['healthcheck', 'labels'];
  expect(sentences([{ actions: ['delete', 'create'], replacedBy: ['labels'], changed }])).toEqual([
    expect.stringContaining(`is REPLACED because of health: `),
  ]);
});

it('says that a container which somebody stopped is started again', () => {
  expect(sentences([{ changed: ['must_run'], after: { must_run: true } }])).toEqual([
    `container dev-web-web1 on ${URL}, which somebody stopped, is started again`,
  ]);
});

it('says what changes in place, is made and is deleted', () => {
  expect(
    sentences([
      { changed: ['restart', 'memory'] },
      { actions: ['create'], before: {}, after: { name: 'n' } },
      { actions: ['delete'] },
      { type: 'docker_volume', actions: ['create'], before: {}, after: { name: 'v' } },
      { type: 'docker_volume', actions: ['delete'], before: { name: 'w' } },
      { type: 'docker_image', actions: ['create'], before: {}, after: { name: 'i' } },
      { type: 'other', actions: ['create'] },
    ]),
  ).toEqual([
    'volume w is DELETED with all that is in it',
    `container dev-web-web1 on ${URL} is DELETED`,
    `container dev-web-web1 on ${URL} changes in place: restart and memory`,
    `container n on ${URL} is made`,
    'volume v is made',
    'image i is pulled',
  ]);
});

it("reads the provider's version in Terraform's lock file", () => {
  const lock =
    'provider "registry.terraform.io/kreuzwerker/docker" {\n  version     = "3.6.2"\n  constraints = ">= 3.6.2"\n}\n';
  expect(
    lockedVersion(`provider "registry.terraform.io/hashicorp/aws" {\n  version = "5.100.0"\n}\n${lock}`),
  ).toBe('3.6.2');
  expect(lockedVersion('')).toBeUndefined();
});
