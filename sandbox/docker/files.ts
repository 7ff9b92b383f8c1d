import { ProviderFiles } from '../schemas/provider-files';
import { DOCKER_DATA_TYPES, DOCKER_MANAGED_TYPES, DOCKER_PROVIDER_VERSION } from './types';

export const DOCKER_FILES = new ProviderFiles({
  namespace: 'kreuzwerker',
  name: 'docker',
  version: DOCKER_PROVIDER_VERSION,
  types: { managed: DOCKER_MANAGED_TYPES, data: DOCKER_DATA_TYPES, ephemeral: [] },
  offline: { disable_docker_daemon_check: true },
  objects: 'records',
});
