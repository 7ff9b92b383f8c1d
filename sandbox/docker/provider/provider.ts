import { error } from '../../protocol/diagnostics';
import type { ObjectValue } from '../../protocol/values';
import type { Attributes } from '../../provider/attributes';
import { stateOf, withoutRemoved } from '../../provider/legacy-state';
import { knownPart } from '../../provider/normalize';
import type { ResourceType } from '../../provider/resource-type';
import { type Session, type SimulatedProvider, Unfinished } from '../../provider/simulated-provider';
import { NO_TAGS } from '../../provider/tags';
import type { ObjectLog } from '../../store/objects';
import { ProviderError } from '../docker-error';
import { Engine } from '../engine';
import { DOCKER_FILES } from '../files';
import type { DockerManagedType } from '../types';
import { container } from './container';
import { readDataSource } from './data-sources';
import { hostOf, isHost } from './host';
import { image } from './image';
import { network } from './network';
import { type DockerResource, Left } from './resource';
import { DOCKER_VALUES } from './values';
import { volume } from './volume';

const RESOURCES: Readonly<Record<DockerManagedType, DockerResource>> = {
  docker_container: container,
  docker_image: image,
  docker_network: network,
  docker_volume: volume,
};

function resourceOf({ name }: ResourceType): DockerResource {
  const resource = (RESOURCES as Readonly<Record<string, DockerResource>>)[name];
  if (resource === undefined) throw new Error(`${name}: has a schema but nothing behind it`);
  return resource;
}

function idOf(state: ObjectValue): string {
  return typeof state.id === 'string' ? state.id : '';
}

function session(engine: Engine): Session {
  return {
    tags: NO_TAGS,
    create(type, { planned }) {
      const given = knownPart(planned) as Attributes;
      try {
        const { id, found } = resourceOf(type).create(engine, given);
        return stateOf(type, id, planned, found, true);
      } catch (failure) {
        if (!(failure instanceof Left)) throw failure;
        throw new Unfinished(stateOf(type, failure.id, planned, {}, true), failure.reason);
      }
    },
    update(type, { prior, planned }) {
      const id = idOf(prior);
      const after = withoutRemoved(type.schema.block, planned, prior);
      try {
        const given = knownPart(after) as Attributes;
        const made = resourceOf(type).update?.(engine, id, given, prior);
        return stateOf(type, made?.id ?? id, after, made?.found ?? {}, true);
      } catch (failure) {
        // The legacy SDK stores the plan also where the change has failed.
        if (failure instanceof ProviderError)
          throw new Unfinished(stateOf(type, id, after, {}, true), failure);
        throw failure;
      }
    },
    delete: (type, prior) => resourceOf(type).delete(engine, idOf(prior), prior),
    read(type, prior) {
      const made = resourceOf(type).read(engine, idOf(prior), prior);
      return made === undefined ? null : stateOf(type, made.id, prior, made.found, false);
    },
    import: (_type, id) => ({ id }),
    readData: (type, config) => readDataSource(type, config, engine),
    openEphemeral: (type) => {
      throw new ProviderError(`The sandbox does not simulate the ephemeral resource ${type.name}`);
    },
  };
}

/** What the provider says first of a failed call, by the operation. */
const WORDS = { create: 'Unable to create', update: 'Unable to update', delete: 'Unable to remove' } as const;

/** The simulated kreuzwerker/docker. @param log where the objects of all hosts are stored */
export function dockerProvider(log: ObjectLog): SimulatedProvider {
  return {
    files: DOCKER_FILES,
    values: DOCKER_VALUES,
    functions: {},
    call: (name) => ({ error: { text: `unknown function ${name}` } }),
    configure: (config) => {
      const host = hostOf(config);
      return isHost(host) ? session(new Engine(log, host.host)) : host;
    },
    diagnosticFor: (_type, _operation, _id, failure) =>
      failure instanceof ProviderError ? error(failure.message) : undefined,
    injected: (type, operation, _id, { code, message }) =>
      error(
        `${WORDS[operation]} ${type.replace('docker_', '')}: Error response from daemon: ${code}: ${message}`,
      ),
  };
}
