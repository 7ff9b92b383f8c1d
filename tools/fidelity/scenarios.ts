import type { ObjectValue } from '../../sandbox/protocol/values';
import { loadImages } from './docker-images';
import { DOCKER_OBJECTS } from './docker-objects';
import type { ScenarioObject } from './states';
import { VAULT_OBJECTS } from './vault-objects';

/** The objects of which the states of a provider are recorded. */
interface Scenario {
  /** The provider's configuration. */
  readonly configuration: ObjectValue;
  readonly objects: readonly ScenarioObject[];
  /** Puts into the sandbox what was in the real server beforehand. @param objectsFile the sandbox's log of objects, which does not run yet */
  readonly prepare?: (objectsFile: string) => void;
}

/** The scenarios by the provider's name. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  docker: { configuration: {}, objects: DOCKER_OBJECTS, prepare: loadImages },
  vault: { configuration: { skip_child_token: true }, objects: VAULT_OBJECTS },
};
