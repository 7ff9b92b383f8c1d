import { type Attributes, flag, objects, text, texts } from '../../provider/attributes';
import { inWords, ProviderError } from '../docker-error';
import type { Engine, EngineObject } from '../engine';
import { findImage, pullImage, removeImage } from '../images';
import type { DockerResource, Made } from './resource';

/**
 * The image of a name, digest or id, which the provider pulls if the engine does not have it.
 *
 * @param words what the provider says first of a failure. @throws {@link ProviderError} if there is no such image
 */
export function localOrPulled(engine: Engine, name: string, words: string): EngineObject {
  if (name === '') throw new ProviderError(`${words}: empty image name is not allowed`);
  const local = inWords(
    `${words}: findImage1: error looking up local image ${JSON.stringify(name)}: unable to inspect image ${name}`,
    () => findImage(engine, name),
  );
  return (
    local ??
    inWords(`${words}: unable to pull image ${name}: error pulling image ${name}`, () =>
      pullImage(engine, name),
    )
  );
}

/** The digest that the provider shows for an image: that of the name, if there are several. */
export function repoDigest(name: string, { attributes }: EngineObject): string {
  const digests = texts(attributes, 'repo_digests');
  const untagged = name.includes(':') ? name.slice(0, name.indexOf(':')) : name;
  const own = digests.length > 1 ? digests.find((digest) => digest.startsWith(untagged)) : undefined;
  return own ?? digests[0] ?? '';
}

/** The image that an engine has by a name. @throws {@link ProviderError} for a name that is none */
export function localImage(engine: Engine, name: string, reader: string): EngineObject | undefined {
  const words = `${reader}: error looking up local image ${JSON.stringify(name)}: unable to inspect image ${name}`;
  return inWords(words, () => findImage(engine, name));
}

function madeOf(engine: Engine, state: Attributes): Made | undefined {
  const name = text(state, 'name');
  const found = localImage(engine, name, 'resourceDockerImageRead');
  if (found === undefined) return undefined;
  return { id: `${found.id}${name}`, found: { image_id: found.id, repo_digest: repoDigest(name, found) } };
}

/** Finds or pulls the image of a plan. @throws {@link ProviderError} if there is none, or if it is to be built */
function take(engine: Engine, given: Attributes): Made {
  if (objects(given, 'build').length > 0)
    throw new ProviderError('The sandbox does not build images: it has no folder to build them of');
  const name = text(given, 'name');
  const { id } = localOrPulled(engine, name, 'Unable to read Docker image into resource');
  return madeOf(engine, given) ?? { id: `${id}${name}`, found: {} };
}

export const image: DockerResource = {
  create: take,
  read: (engine, _id, state) => madeOf(engine, state),
  update: (engine, _id, given) => take(engine, given),
  delete(engine, _id, state) {
    if (flag(state, 'keep_locally')) return;
    const name = text(state, 'name');
    const words = 'Unable to remove Docker image';
    const found = localImage(engine, name, `${words}: removeImage`);
    if (found !== undefined)
      inWords(words, () => removeImage(engine, found, name, flag(state, 'force_remove')));
  },
};
