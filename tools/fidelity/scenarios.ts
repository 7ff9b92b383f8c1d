import type { ObjectValue } from '../../sandbox/protocol/values';
import { DOCKER_OBJECTS } from './docker-objects';
import type { ScenarioObject } from './states';
import { VAULT_OBJECTS } from './vault-objects';

/** The objects of which the states of a provider are recorded. */
interface Scenario {
  /** The provider's configuration. */
  readonly configuration: ObjectValue;
  readonly objects: readonly ScenarioObject[];
}

/** The scenarios by the provider's name. */
export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  docker: { configuration: {}, objects: DOCKER_OBJECTS },
  vault: { configuration: { skip_child_token: true }, objects: VAULT_OBJECTS },
};
