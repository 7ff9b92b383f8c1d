import { unordered } from '../../protocol/values';
import { type Attributes, flag, number, objects, text } from '../../provider/attributes';
import {
  createContainer,
  healthOf,
  logsOf,
  removeContainer,
  startContainer,
  updateContainer,
} from '../containers';
import { EngineError, inWords, ProviderError } from '../docker-error';
import { connect, disconnectFromBridge } from '../endpoints';
import type { Engine, EngineObject } from '../engine';
import { isRunning, readContainer } from './container-read';
import { checkRequest, checkUploads } from './container-requests';
import { localOrPulled } from './image';
import { type DockerResource, Left, type Made } from './resource';

const CONTAINER = 'docker_container';

/** Attributes of which a change is sent to the engine. Any other that changes in place is a change of the state alone. */
const SENT = ['restart', 'max_retry_count', 'cpu_shares', 'memory', 'cpu_set', 'memory_swap'];

function connected(engine: Engine, container: EngineObject, given: Attributes): EngineObject {
  const networks = objects(given, 'networks_advanced');
  if (networks.length === 0) return container;
  return networks.reduce(
    (current, network) => {
      const name = text(network, 'name');
      return inWords(`Unable to connect to network '${name}'`, () => connect(engine, current, network));
    },
    disconnectFromBridge(engine, container),
  );
}

/** Waits until the container is healthy, which the sandbox knows at once. @throws {@link ProviderError} if it never is */
function awaitHealth(container: EngineObject): void {
  const isHealthy = healthOf(container);
  if (isHealthy === undefined)
    throw new ProviderError(
      "you have supplied a 'wait' argument, but the container does not have a healthcheck defined. Please remove the 'wait' argument or add a 'healthcheck' attribute",
    );
  if (!isHealthy) throw new ProviderError('container failed to be in healthy state');
}

/** What follows the creation in the engine: its networks, files, start, health and end. @returns what the provider adds to what it reads */
function complete(engine: Engine, made: EngineObject, given: Attributes): Attributes {
  const container = connected(engine, made, given);
  checkUploads(given);
  if (!flag(given, 'start')) return {};
  const started = inWords('Unable to start container', () => startContainer(engine, container));
  if (flag(given, 'wait')) awaitHealth(started);
  if (!flag(given, 'attach')) return {};
  if (isRunning(started))
    throw new ProviderError('Unable to wait container end of execution: context deadline exceeded');
  return flag(given, 'logs') ? { container_logs: logsOf(started) } : {};
}

/** The object as the first read of a creation finds it. @throws {@link ProviderError} if it must run and does not: then it is removed */
function firstRead(engine: Engine, id: string, given: Attributes, more: Attributes): Made {
  const container = engine.get(CONTAINER, id);
  if (container === undefined) throw new Error(`${id}: is not there right after its creation`);
  if (!isRunning(container) && flag(given, 'must_run')) {
    removeContainer(engine, container, flag(given, 'remove_volumes'));
    throw new ProviderError(
      flag(given, 'start') ? 'container exited immediately' : 'container failed to be in running state',
    );
  }
  return { id, found: { ...readContainer(container, text(given, 'image')), ...more } };
}

/** The time in milliseconds after which the provider first looks at a container. */
const FIRST_LOOK = 100;

/** @throws {@link ProviderError} for a time to wait in which the provider does not even look at the container */
function checkPatience(state: Attributes): void {
  const patience = number(state, 'container_read_refresh_timeout_milliseconds') ?? 0;
  if (patience > 0 && patience < FIRST_LOOK)
    throw new ProviderError(`timeout while waiting for state to become 'running' (timeout: ${patience}ms)`);
}

/** Stops and removes a container. @throws {@link ProviderError} if it is gone, or if the state has `rm` and the container has not */
function remove(engine: Engine, id: string, state: Attributes): void {
  const found = engine.get(CONTAINER, id);
  if (found === undefined) {
    if (flag(state, 'attach')) return;
    throw new ProviderError(
      `Error stopping container ${id}: Error response from daemon: No such container: ${id}`,
    );
  }
  if (flag(state, 'rm') && found.attributes.rm !== true) {
    engine.put(CONTAINER, id, { ...found.attributes, status: 'exited', exit_code: 137 });
    throw new ProviderError(
      `Error deleting container ${id}: Error response from daemon: Conflict, cannot remove the default link name of the container`,
    );
  }
  removeContainer(engine, found, flag(state, 'remove_volumes'));
}

export const container: DockerResource = {
  create(engine, given) {
    localOrPulled(
      engine,
      text(given, 'image'),
      `Unable to create container with image ${text(given, 'image')}`,
    );
    checkRequest(given);
    const made = inWords('Unable to create container', () => createContainer(engine, given));
    let more: Attributes;
    try {
      more = complete(engine, made, given);
    } catch (failure) {
      throw new Left(made.id, failure);
    }
    return firstRead(engine, made.id, given, more);
  },
  read(engine, id, state) {
    const found = engine.get(CONTAINER, id);
    if (found === undefined) return undefined;
    checkPatience(state);
    // The provider removes a stopped container in a mere refresh.
    if (!isRunning(found) && flag(state, 'must_run')) {
      remove(engine, id, state);
      return undefined;
    }
    return { id, found: readContainer(found, text(state, 'image')) };
  },
  update(engine, id, given, prior) {
    const isSent = SENT.some((name) => unordered(given[name] ?? null) !== unordered(prior[name] ?? null));
    if (!isSent) return undefined;
    inWords('Unable to update a container', () => {
      const found = engine.get(CONTAINER, id);
      if (found === undefined) throw new EngineError(`No such container: ${id}`);
      updateContainer(engine, found, given);
    });
    return undefined;
  },
  delete: remove,
};
