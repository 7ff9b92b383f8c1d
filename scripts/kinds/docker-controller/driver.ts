import { DOCKER_REMEDIES, explainDocker } from '../docker/remedies';
import type { DriverKind } from '../kind';
import { messageSentences, plainSentences } from '../plain-sentences';

/** What the driver does for the portable VC controller on a Docker host. */
export const DOCKER_CONTROLLER_DRIVER: DriverKind<'docker-controller'> = {
  title: 'Docker',
  mainType: 'docker_container',
  telemetry: {},
  sentences: ({ resources, details }) =>
    details === undefined ? messageSentences(resources) : plainSentences(details.changes),
  // sshd takes few connections that log in at once (MaxStartups), should each command need its own.
  parallelism: 2,
  remedies: DOCKER_REMEDIES,
  explain: explainDocker,
  makeReady: async (...args) =>
    (require('../docker/make-ready') as typeof import('../docker/make-ready')).makeHostsReady(...args),
  planVariables: async (planning) =>
    (require('./before-plan') as typeof import('./before-plan')).controllerVariables(planning),
  provider: { source: 'kreuzwerker/docker', megabytes: 70 },
};
