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
  if (asked === '') return undefined;
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
function checkRegistry({ registry, name }: ImageReference): void {
  if (isNowhere(registry))
    throw new EngineError(
      `Get "https://${registry}/v2/": dial tcp: lookup ${registry.replace(/:\d+$/, '')}: no such host`,
    );
  // What an engine makes of a text that was meant as an id.
  if (name === 'sha256')
    throw new EngineError(
      "pull access denied for sha256, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
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

function isUsing(one: EngineObject, { attributes }: EngineObject): boolean {
  return text(attributes, 'image_id') === one.id;
}

function short(id: string): string {
  return id.replace(/^sha256:/, '').slice(0, SHORT_ID);
}

/** @throws {@link EngineError} if the image may not go by its id */
function checkRemovalById(image: EngineObject, users: readonly EngineObject[], isForced: boolean): void {
  const words = `conflict: unable to delete ${short(image.id)}`;
  const running = users.find(({ attributes }) => attributes.status === 'running');
  if (running !== undefined)
    throw new EngineError(
      `${words} (cannot be forced) - image is being used by running container ${short(running.id)}`,
    );
  if (isForced) return;
  const [stopped] = users;
  if (texts(image.attributes, 'repo_tags').length > 1)
    throw new EngineError(`${words} (must be forced) - image is referenced in multiple repositories`);
  if (stopped !== undefined)
    throw new EngineError(
      `${words} (must be forced) - image is being used by stopped container ${short(stopped.id)}`,
    );
}

/** The names and digests of an image without the one that is removed. */
function withoutName({ attributes }: EngineObject, asked: string): Attributes {
  const { name, tag, digest } = parseReference(asked);
  const removed = digest === undefined ? `${name}:${tag}` : `${name}@${digest}`;
  const others = (list: string) => texts(attributes, list).filter((one) => one !== removed);
  const tags = others('repo_tags');
  // A digest goes with the last tag of its name.
  const isLast = !tags.some((one) => one.startsWith(`${name}:`));
  const digests = others('repo_digests').filter((one) => !(isLast && one.startsWith(`${name}@`)));
  return { repo_tags: tags, repo_digests: digests };
}

/**
 * Takes a name from an image, and removes the image with its last name, unless a container uses it.
 *
 * @throws {@link EngineError} if a container uses the image by its last name, and it is not forced
 */
export function removeImage(engine: Engine, image: EngineObject, asked: string, isForced: boolean): void {
  const users = engine.all('docker_container').filter((container) => isUsing(image, container));
  if (imageIdIn(asked) !== undefined) {
    checkRemovalById(image, users, isForced);
    engine.remove(image);
    return;
  }
  const left = withoutName(image, asked);
  const [user] = users;
  const isLast = texts(left, 'repo_tags').length + texts(left, 'repo_digests').length === 0;
  if (isLast && user !== undefined && !isForced)
    throw new EngineError(
      `conflict: unable to remove repository reference "${asked}" (must force) - container ${short(user.id)} is using its referenced image ${short(image.id)}`,
    );
  if (isLast && user === undefined) engine.remove(image);
  else engine.put(IMAGE, image.id, { ...image.attributes, ...left });
}
