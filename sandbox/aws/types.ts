/** The version of hashicorp/aws whose schema and recorded behaviour lie in `sandbox/schemas/`. */
export const AWS_PROVIDER_VERSION = '5.100.0';

/** Resource types that the sandbox simulates. `tools/renew-schema.ts` keeps these and drops the other 1500. */
export const MANAGED_TYPES = [
  'aws_cloudwatch_log_group',
  'aws_customer_gateway',
  'aws_default_security_group',
  'aws_eip',
  'aws_flow_log',
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_internet_gateway',
  'aws_main_route_table_association',
  'aws_nat_gateway',
  'aws_route',
  'aws_route_table',
  'aws_route_table_association',
  'aws_security_group',
  'aws_security_group_rule',
  'aws_subnet',
  'aws_vpc',
  'aws_vpc_security_group_egress_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_vpn_connection',
  'aws_vpn_connection_route',
  'aws_vpn_gateway',
  'aws_vpn_gateway_attachment',
  'aws_vpn_gateway_route_propagation',
] as const;

export type ManagedType = (typeof MANAGED_TYPES)[number];

/** Data sources that the sandbox simulates. The provider has none for VPN connections. */
export const DATA_TYPES = [
  'aws_arn',
  'aws_availability_zone',
  'aws_availability_zones',
  'aws_caller_identity',
  'aws_cloudwatch_log_group',
  'aws_cloudwatch_log_groups',
  'aws_customer_gateway',
  'aws_default_tags',
  'aws_eip',
  'aws_eips',
  'aws_iam_policy_document',
  'aws_iam_role',
  'aws_iam_roles',
  'aws_internet_gateway',
  'aws_nat_gateway',
  'aws_nat_gateways',
  'aws_network_acls',
  'aws_partition',
  'aws_region',
  'aws_regions',
  'aws_resourcegroupstaggingapi_resources',
  'aws_route',
  'aws_route_table',
  'aws_route_tables',
  'aws_security_group',
  'aws_security_groups',
  'aws_service',
  'aws_service_principal',
  'aws_subnet',
  'aws_subnets',
  'aws_vpc',
  'aws_vpc_security_group_rule',
  'aws_vpc_security_group_rules',
  'aws_vpcs',
  'aws_vpn_gateway',
] as const;

export type DataType = (typeof DATA_TYPES)[number];
