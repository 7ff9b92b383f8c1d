import { NO_CLAIMS } from '../../ground/claims';
import { ProblemList } from '../../ground/problem-list';
import { optional } from '../../shape/shapes';
import { type DockerPlace, lockedPlace, PLACE } from '../docker/place';
import { readDockerSettings } from '../docker/settings';
import type { KindReading, KindSource, StackKind } from '../kind';
import { checkController } from './checks';
import { claimsOf } from './claims';
import type { ControllerCatalog } from './controller';
import { finishController } from './finish';
import { CONTROLLER } from './keys';
import { CONTROLLER_KEY } from './names';
import { controllerOrigins } from './origins';
import { readController } from './read';

/** The portable VC controller on a Docker host. */
export const DOCKER_CONTROLLER: StackKind<'docker-controller', ControllerCatalog, DockerPlace> = {
  name: 'docker-controller',
  sections: { controller: optional(CONTROLLER, 'The portable VC controller, on a Docker host') },
  origins: controllerOrigins,
  read: readSection,
  lock: {
    provider: 'docker',
    shape: PLACE,
    format: ({ host, jump }) => `host: ${host}${jump === undefined ? '' : `, jump: ${jump}`}`,
    idPattern: (environment) => `${environment}-${CONTROLLER_KEY}`,
  },
  servesNodes: true,
};

function readSection(
  { environment, root }: KindSource,
  problems: ProblemList,
): KindReading<ControllerCatalog, DockerPlace> {
  // What is wrong with them, the node groups' kind reports.
  const settings = readDockerSettings(root.below('providers', 'docker'), new ProblemList());
  const draft = readController(root, environment, problems);
  const built = draft?.isBuilt === true ? draft : undefined;
  return {
    identities: built === undefined ? [] : [{ key: CONTROLLER_KEY, where: built.place.keyAt(), parts: [] }],
    claims: built === undefined ? NO_CLAIMS : claimsOf(built, environment),
    check: (around, list) => {
      if (built !== undefined) checkController(built, around, list);
    },
    finish: (around) => {
      if (built === undefined) return { model: { settings }, networks: [], stacks: [], credentials: {} };
      const controller = finishController(built, around);
      const { stack: id, host } = controller;
      return {
        model: { settings, controller },
        networks: [],
        stacks: [{ id, place: lockedPlace(host), members: [CONTROLLER_KEY], requires: [] }],
        credentials: {},
      };
    },
  };
}
