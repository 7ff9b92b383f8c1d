import { ProviderFiles } from '../schemas/provider-files';
import { AZURE_DOCUMENTED } from './documented-behaviour';
import { AZURE_DATA_TYPES, AZURE_MANAGED_TYPES, AZURE_PROVIDER_VERSION } from './types';

export const AZURE_FILES = new ProviderFiles({
  name: 'azurerm',
  version: AZURE_PROVIDER_VERSION,
  types: { managed: AZURE_MANAGED_TYPES, data: AZURE_DATA_TYPES, ephemeral: [] },
  family:
    /^azurerm_(virtual_network|subnet|network_|nat_gateway|public_ip|route|local_network_gateway|resource_group|vpn_|express_route|application_security_group|private_dns|private_endpoint|(linux|windows)_virtual_machine|managed_disk|orchestrated|availability_set|proximity|log_analytics_workspace|monitor_|storage_account|user_assigned_identity|role_assignment|client_config|subscription|location|platform_image|image)/,
  documented: AZURE_DOCUMENTED,
  offline: {
    features: [{}],
    subscription_id: '00000000-0000-0000-0000-000000000000',
    resource_provider_registrations: 'none',
  },
});
