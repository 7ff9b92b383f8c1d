import type { ObjectValue } from '../../protocol/values';
import { type Attributes, objects, text } from '../../provider/attributes';
import { completed, legacyObject } from '../../provider/normalize';
import type { ResourceType } from '../../provider/resource-type';
import { PLAIN_VALUES } from '../../provider/value-rules';
import { inWords, ProviderError } from '../docker-error';
import type { Engine } from '../engine';
import { parseReference } from '../image-reference';
import { digestOf } from '../images';
import { requireNetwork } from '../networks';
import type { DockerDataType } from '../types';
import { localImage, repoDigest } from './image';

type Reader = (engine: Engine, config: Attributes) => Attributes;

function image(engine: Engine, config: Attributes): Attributes {
  const name = text(config, 'name');
  const found = localImage(engine, name, 'dataSourceDockerImageRead');
  if (found === undefined) throw new ProviderError(`did not find docker image '${name}'`);
  return { id: found.id, repo_digest: repoDigest(name, found) };
}

function network(engine: Engine, config: Attributes): Attributes {
  const asked = text(config, 'name');
  const { id, attributes } = inWords('Could not find docker network', () => requireNetwork(engine, asked));
  const { name, scope, driver, options, internal } = attributes;
  const pools = objects(attributes, 'ipam_config').map((pool) => ({
    subnet: text(pool, 'subnet'),
    gateway: text(pool, 'gateway'),
    ip_range: text(pool, 'ip_range'),
    aux_address: pool.aux_address ?? {},
  }));
  return {
    id,
    name: name ?? null,
    scope: scope ?? null,
    driver: driver ?? null,
    options: options ?? null,
    internal: internal ?? null,
    ipam_config: pools,
  };
}

function registryImage(_engine: Engine, config: Attributes): Attributes {
  const name = text(config, 'name');
  const reference = inWords('', () => parseReference(name));
  if (/(^|\.)invalid(:\d+)?$/.test(reference.registry)) {
    const path = reference.name.slice(reference.registry.length + 1);
    throw new ProviderError(
      `Got error when attempting to fetch image version ${path}:${reference.tag} from registry: Error during registry request: Head "https://${reference.registry}/v2/${path}/manifests/${reference.tag}": dial tcp: lookup ${reference.registry}: no such host`,
    );
  }
  const digest = digestOf(reference);
  return { id: digest, sha256_digest: digest };
}

const READERS: Readonly<Record<DockerDataType, Reader>> = {
  docker_image: image,
  docker_network: network,
  docker_registry_image: registryImage,
};

/** @throws {@link ProviderError} if nothing matches */
export function readDataSource(type: ResourceType, config: ObjectValue, engine: Engine): ObjectValue {
  const read = (READERS as Readonly<Record<string, Reader>>)[type.name];
  if (read === undefined) throw new Error(`${type.name}: has a schema but no reader`);
  const { block } = type.schema;
  return legacyObject(
    block,
    completed(block, { ...config, ...read(engine, config as Attributes) }),
    PLAIN_VALUES,
  );
}
