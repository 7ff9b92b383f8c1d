import { DOCKER_LEFT } from '../docker/left';
import { DOCKER_REMEDIES, explainDocker } from '../docker/remedies';
import type { DriverKind } from '../kind';
import { controllerSentences } from './plan-sentences';
import { controllerScene } from './scene';

/** What the driver does for the portable VC controller on a Docker host. */
export const DOCKER_CONTROLLER_DRIVER: DriverKind<'docker-controller'> = {
  title: 'Docker',
  scene: controllerScene,
  mainType: 'docker_container',
  telemetry: {},
  effects: controllerSentences,
  // sshd takes few connections that log in at once (MaxStartups), should each command need its own.
  parallelism: 2,
  remedies: DOCKER_REMEDIES,
  explain: explainDocker,
  makeReady: async (...args) =>
    (require('../docker/make-ready') as typeof import('../docker/make-ready')).makeHostsReady(...args),
  planVariables: async (planning) =>
    (require('./plan-variables') as typeof import('./plan-variables')).controllerVariables(planning),
  lookBefore: async (writes) =>
    (require('./look-before') as typeof import('./look-before')).certificateSentences(writes),
  refuseLoss: (loss) => (require('./loss') as typeof import('./loss')).refuseNodeLoss(loss),
  whyStale: (asked) => (require('./look-before') as typeof import('./look-before')).whyControllerStale(asked),
  beforeApply: async (applying) =>
    (require('./install') as typeof import('./install')).installFiles(applying),
  afterEntries: async (written) => (require('./hand-over') as typeof import('./hand-over')).handOver(written),
  afterDestroy: async (destroyed) =>
    (require('./dispose') as typeof import('./dispose')).disposeOfFiles(destroyed),
  afterFailure: async (failure) =>
    (require('./failure') as typeof import('./failure')).controllerLogLines(failure),
  storedSecrets: (loaded) =>
    (
      require('./certificate/authority-store') as typeof import('./certificate/authority-store')
    ).storedAuthority(loaded),
  checks: async (examination) =>
    (require('./checks') as typeof import('./checks')).checkController(examination),
  provider: { source: 'kreuzwerker/docker', megabytes: 70 },
  left: DOCKER_LEFT,
};
