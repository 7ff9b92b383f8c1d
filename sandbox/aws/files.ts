import { ProviderFiles } from '../schemas/provider-files';
import { AWS_PROVIDER_VERSION, DATA_TYPES, MANAGED_TYPES } from './types';

export const AWS_FILES = new ProviderFiles({
  name: 'aws',
  version: AWS_PROVIDER_VERSION,
  types: { managed: MANAGED_TYPES, data: DATA_TYPES, ephemeral: [] },
  family:
    /^aws_(vpc|vpn|subnet|route|main_route|internet_gateway|egress_only|nat_gateway|eip|network|default_|security_group|customer_gateway|ec2_|iam_|cloudwatch_log|flow_log|instance|ami|ebs_|spot_|launch_|key_pair|placement_group|volume_attachment|autoscaling_|dx_|ram_|availability_zone|region|service$|ip_ranges|prefix_list|(db|redshift|elasticache)_subnet_group)/,
  offline: {
    region: 'us-east-1',
    access_key: 'unused',
    secret_key: 'unused',
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_metadata_api_check: 'true',
  },
});
