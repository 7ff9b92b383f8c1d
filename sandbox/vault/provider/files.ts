import { ProviderFiles } from '../../schemas/provider-files';
import {
  VAULT_DATA_TYPES,
  VAULT_EPHEMERAL_TYPES,
  VAULT_MANAGED_TYPES,
  VAULT_PROVIDER_VERSION,
} from './types';

export const VAULT_FILES = new ProviderFiles({
  name: 'vault',
  version: VAULT_PROVIDER_VERSION,
  types: { managed: VAULT_MANAGED_TYPES, data: VAULT_DATA_TYPES, ephemeral: VAULT_EPHEMERAL_TYPES },
  objects: 'records',
});
