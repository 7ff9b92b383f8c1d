import { DOCKER_REMEDIES, explainDocker } from '../docker/remedies';
import type { DriverKind } from '../kind';
import { dockerSentences } from './plan-sentences';

/** What the driver does for node groups on existing Docker hosts. */
export const DOCKER_NODES_DRIVER: DriverKind<'docker-nodes'> = {
  title: 'Docker',
  mainType: 'docker_container',
  telemetry: {},
  sentences: dockerSentences,
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
  checks: async (examination) =>
    (require('./checks') as typeof import('./checks')).checkDockerHosts(examination),
  provider: { source: 'kreuzwerker/docker', megabytes: 70 },
};
