import { ProviderFiles } from '../schemas/provider-files';
import { AWS_PROVIDER_VERSION, DATA_TYPES, MANAGED_TYPES } from './types';

export const AWS_FILES = new ProviderFiles({
  name: 'aws',
  version: AWS_PROVIDER_VERSION,
  types: { managed: MANAGED_TYPES, data: DATA_TYPES, ephemeral: [] },
  offline: {
    region: 'us-east-1',
    access_key: 'unused',
    secret_key: 'unused',
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_metadata_api_check: 'true',
  },
});
