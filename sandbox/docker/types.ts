/** The version of kreuzwerker/docker whose schema and recorded behaviour lie in `sandbox/schemas/`. */
export const DOCKER_PROVIDER_VERSION = '3.6.2';

/** Resource types that the sandbox simulates. `tools/renew-schema.ts` keeps these and drops the others. */
export const DOCKER_MANAGED_TYPES = [
  'docker_container',
  'docker_image',
  'docker_network',
  'docker_volume',
] as const;

export type DockerManagedType = (typeof DOCKER_MANAGED_TYPES)[number];

/** Data sources that the sandbox simulates. */
export const DOCKER_DATA_TYPES = ['docker_image', 'docker_network', 'docker_registry_image'] as const;

export type DockerDataType = (typeof DOCKER_DATA_TYPES)[number];
