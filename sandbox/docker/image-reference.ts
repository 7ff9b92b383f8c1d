import { EngineError } from './docker-error';

/** What an image is asked for by: a name with a tag, or with a digest. */
export interface ImageReference {
  /** The host of the registry: `docker.io` where the name has none. */
  readonly registry: string;
  /** The name as the engine shows it, without `docker.io/library/`. */
  readonly name: string;
  readonly tag: string;
  /** `sha256:…`, which counts more than the tag. @default - the tag is asked for */
  readonly digest?: string;
}

const DEFAULT_REGISTRY = 'docker.io';

/** The id of an image, or the 64 digits of one. */
const IMAGE_ID = /^(?:sha256:)?([0-9a-f]{64})$/;

const COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** The id of an image that a text is, `sha256:…`; undefined for a name. */
export function imageIdIn(text: string): string | undefined {
  const digits = IMAGE_ID.exec(text)?.[1];
  return digits === undefined ? undefined : `sha256:${digits}`;
}

/** The registry's host and the path in it. The first part is a host if it looks like one. */
function splitName(name: string): readonly [registry: string, path: string] {
  const slash = name.indexOf('/');
  const first = name.slice(0, Math.max(slash, 0));
  const isHost = /[.:]/.test(first) || first === 'localhost';
  if (!isHost) return [DEFAULT_REGISTRY, name];
  return [first, name.slice(slash + 1)];
}

/** @throws {@link EngineError} for a text that is no reference */
export function parseReference(text: string): ImageReference {
  const [named = '', digest, ...more] = text.split('@');
  const colon = named.lastIndexOf(':');
  const hasTag = colon > named.lastIndexOf('/');
  const [registry, path] = splitName(hasTag ? named.slice(0, colon) : named);
  const tag = hasTag ? named.slice(colon + 1) : 'latest';
  if (/[A-Z]/.test(path))
    throw new EngineError(
      `invalid reference format: repository name (${path.includes('/') ? '' : 'library/'}${path}) must be lowercase`,
    );
  const isLegal =
    path.split('/').every((component) => COMPONENT.test(component)) &&
    TAG.test(tag) &&
    more.length === 0 &&
    (digest === undefined || DIGEST.test(digest));
  if (!isLegal) throw new EngineError('invalid reference format');
  const familiar = path.replace(/^library\//, '');
  const name = registry === DEFAULT_REGISTRY ? familiar : `${registry}/${path}`;
  return { registry, name, tag, ...(digest === undefined ? {} : { digest }) };
}
