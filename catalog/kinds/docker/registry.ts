import type { ContainerImage } from '../../../model/nodes/container-image';
import type { SecretReference } from '../../../model/vault/secret-reference';
import { complete } from '../../ground/complete';
import { SECRET_REFERENCE } from '../../shape/reference-formats';
import type { Draft } from '../../shape/shape';
import { hidden, map, optional, required, text } from '../../shape/shapes';
import { REGISTRY_HOST } from './formats';

const kept = (what: string) =>
  required(
    hidden(SECRET_REFERENCE, {
      code: 'secret',
      message: 'a credential never stands in a catalog',
      fix: 'keep it in Vault and write vault://…',
    }),
    `where the ${what} for the registry is kept: vault://secret/harbor/${what}`,
  );

/** The login to the registry of an image. */
export const REGISTRY = map({
  host: optional(text(REGISTRY_HOST), "The registry, where the image's name has none"),
  user: kept('user'),
  password: kept('password'),
});

/** The login to a registry. The driver reads it just before a plan. */
export interface RegistryLogin {
  /** `harbor.example.org`. */
  readonly address: string;
  readonly user: SecretReference;
  readonly password: SecretReference;
}

/** An image that a host pulls. */
export interface PulledImage {
  /** Registry, repository and digest, without a tag. */
  readonly reference: string;
  /** @default - everybody may pull it */
  readonly registry?: RegistryLogin;
}

/** The registry of a name without one. */
const DOCKER_HUB = 'registry-1.docker.io';

/** An image with a digest, in the registry that its name, the login or VCP's usage says. */
export function pulledImage(
  image: ContainerImage,
  registry: Draft<typeof REGISTRY> | undefined,
): PulledImage {
  const named = registry?.host === undefined ? image.inUsualRegistry : image.inRegistry(registry.host);
  // The digest says all: an engine lists an image that was pulled by it without its tag.
  const host = named.host === undefined ? '' : `${named.host}/`;
  const reference = `${host}${named.repository}@${complete(named.digest)}`;
  if (registry === undefined) return { reference };
  const { user, password } = registry;
  return {
    reference,
    registry: {
      address: named.host ?? DOCKER_HUB,
      user: complete(user),
      password: complete(password),
    },
  };
}
