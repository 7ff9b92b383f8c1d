import { type Attributes, text, texts } from '../provider/attributes';
import { hex } from '../provider/derived';
import { EngineError } from './docker-error';
import type { Engine, EngineObject } from './engine';
import { type ImageReference, imageIdIn, parseReference } from './image-reference';

const IMAGE = 'docker_image';
const SHORT_ID = 12;

/** What the simulated registry says of itself in every image: a program that goes on running, and nothing else. */
const PULLED: Attributes = {
  command: ['serve'],
  entrypoint: [],
  user: '',
  working_dir: '',
  env: [],
  exposed_ports: [],
  volumes: [],
  labels: {},
  healthcheck: null,
  stop_signal: '',
};

/** The digest that a name has in the simulated registry: always the same for one name and tag. */
export function digestOf({ name, tag, digest }: ImageReference): string {
  return digest ?? `sha256:${hex(64, 'digest', name, tag)}`;
}

function tagOf({ name, tag }: ImageReference): string {
  return `${name}:${tag}`;
}

/** The image that an engine has by a name, digest or id, or by the beginning of an id. @throws {@link EngineError} for no reference */
export function findImage(engine: Engine, asked: string): EngineObject | undefined {
  const id = imageIdIn(asked);
  if (id !== undefined) return engine.get(IMAGE, id);
  const reference = parseReference(asked);
  const { name, digest } = reference;
  const images = engine.all(IMAGE);
  return digest !== undefined
    ? images.find(({ attributes }) => texts(attributes, 'repo_digests').includes(`${name}@${digest}`))
    : (images.find(({ attributes }) => texts(attributes, 'repo_tags').includes(tagOf(reference))) ??
        images.find((image) => asked.length >= SHORT_ID && image.id.startsWith(`sha256:${asked}`)));
}

/** Whether the host of a registry can't exist (RFC 6761): what is asked for there is not found. */
function isNowhere(registry: string): boolean {
  return /(^|\.)invalid(:\d+)?$/.test(registry);
}

/** @throws {@link EngineError} for an image of a registry that does not exist */
function checkRegistry({ registry, name, tag }: ImageReference): void {
  if (isNowhere(registry))
    throw new EngineError(
      `Get "https://${registry}/v2/": dial tcp: lookup ${registry.replace(/:\d+$/, '')}: no such host`,
    );
  // What an engine makes of a text that was meant as an id.
  if (name === 'sha256')
    throw new EngineError(
      `pull access denied for ${name}, repository does not exist or may require 'docker login': denied: requested access to the resource is denied (tag ${tag})`.replace(
        / \(tag .*$/,
        '',
      ),
    );
}

/**
 * Pulls an image. The simulated registry has every image whose name is legal.
 *
 * An id can't be pulled: it is taken for one of an image that somebody has loaded on the host, which the sandbox can't see.
 *
 * @throws {@link EngineError} for no reference, or for a registry that does not exist
 */
export function pullImage(engine: Engine, asked: string): EngineObject {
  const loaded = imageIdIn(asked);
  if (loaded !== undefined) return engine.put(IMAGE, loaded, { ...PULLED, repo_tags: [], repo_digests: [] });
  const reference = parseReference(asked);
  checkRegistry(reference);
  const digest = digestOf(reference);
  const id = `sha256:${hex(64, 'image', digest)}`;
  const known = engine.get(IMAGE, id)?.attributes ?? { ...PULLED, repo_tags: [], repo_digests: [] };
  const tags = reference.digest === undefined ? [tagOf(reference)] : [];
  return engine.put(IMAGE, id, {
    ...known,
    repo_tags: [...new Set([...texts(known, 'repo_tags'), ...tags])],
    repo_digests: [...new Set([...texts(known, 'repo_digests'), `${reference.name}@${digest}`])],
  });
}

/** The containers that were made of an image, oldest first. */
function usersOf(engine: Engine, { id }: EngineObject): readonly EngineObject[] {
  return engine.all('docker_container').filter(({ attributes }) => text(attributes, 'image_id') === id);
}
