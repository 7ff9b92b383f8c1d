import { DOCKER_LEFT } from '../docker/left';
import { DOCKER_REMEDIES, explainDocker } from '../docker/remedies';
import { engineOf } from '../docker/stacks';
import type { DriverKind } from '../kind';
import { nodeOf } from './node-of';
import { dockerSentences } from './plan-sentences';
import { dockerNodeScene } from './scene';

/** What the driver does for node groups on existing Docker hosts. */
export const DOCKER_NODES_DRIVER: DriverKind<'docker-nodes'> = {
  title: 'Docker',
  scene: dockerNodeScene,
  mainType: 'docker_container',
  telemetry: {},
  effects: dockerSentences,
  // sshd takes few connections that log in at once (MaxStartups), should each command need its own.
  parallelism: 2,
  remedies: DOCKER_REMEDIES,
  explain: explainDocker,
  makeReady: async (...args) =>
    (require('../docker/make-ready') as typeof import('../docker/make-ready')).makeHostsReady(...args),
  planVariables: async (planning) =>
    (require('./before-plan') as typeof import('./before-plan')).beforePlan(planning),
  lookBefore: async (writes) =>
    (require('./taken-names') as typeof import('./taken-names')).lookAtTakenNames(writes),
  afterFailure: async ({ session, stack, loaded, errors }) => {
    const { lastLogLines } = require('../docker/last-log-lines') as typeof import('../docker/last-log-lines');
    const node = nodeOf(loaded, stack)?.node;
    return node === undefined ? [] : lastLogLines(engineOf(session, stack), errors, [node.name]);
  },
  checks: async (examination) =>
    (require('./checks') as typeof import('./checks')).checkDockerHosts(examination),
  provider: { source: 'kreuzwerker/docker', megabytes: 70 },
  left: DOCKER_LEFT,
};
