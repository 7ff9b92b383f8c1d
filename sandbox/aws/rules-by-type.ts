import { autoscalingGroup } from './compute/autoscaling-groups';
import { autoscalingSchedule } from './compute/autoscaling-schedules';
import { instance } from './compute/instances';
import { keyPair } from './compute/key-pairs';
import { launchTemplate } from './compute/launch-templates';
import { networkInterface } from './compute/network-interfaces';
import { placementGroup } from './compute/placement-groups';
import { schedulerSchedule, schedulerScheduleGroup } from './compute/schedules';
import { volume, volumeAttachment } from './compute/volumes';
import { dhcpOptions, dhcpOptionsAssociation } from './dhcp-options';
import { resolverEndpoint, resolverRule, resolverRuleAssociation } from './dns-forwarding';
import { role, rolePolicy } from './iam';
import { instanceProfile, rolePolicyAttachment } from './instance-profiles';
import { internetGateway } from './internet-gateway';
import { flowLog, logGroup } from './logs';
import { subnet, vpc } from './network';
import { elasticIp, natGateway } from './public-addresses';
import { principalAssociation, resourceAssociation, resourceShare } from './ram';
import {
  mainRouteTableAssociation,
  route,
  routePropagation,
  routeTable,
  routeTableAssociation,
} from './routes';
import type { Rules } from './rules';
import {
  defaultSecurityGroup,
  egressRule,
  ingressRule,
  securityGroup,
  securityGroupRule,
} from './security-groups';
import { bucketObject } from './storage/bucket-objects';
import {
  bucketEncryption,
  bucketOwnership,
  bucketPolicy,
  bucketVersioning,
  publicAccessBlock,
} from './storage/bucket-settings';
import { bucket } from './storage/buckets';
import { secret, secretVersion } from './storage/secrets';
import { vpcAttachment } from './transit-attachments';
import { transitGateway } from './transit-gateways';
import { transitAssociation, transitPropagation, transitRouteTable } from './transit-route-tables';
import { transitRoute } from './transit-routes';
import type { ManagedType } from './types';
import { vpcEndpoint } from './vpc-endpoints';
import { vpnConnection, vpnConnectionRoute } from './vpn';
import { customerGateway, vpnGateway, vpnGatewayAttachment } from './vpn-gateways';

/** The rules of every resource type that the sandbox simulates. */
const RULES: Readonly<Record<ManagedType, Rules>> = {
  aws_autoscaling_group: autoscalingGroup,
  aws_autoscaling_schedule: autoscalingSchedule,
  aws_cloudwatch_log_group: logGroup,
  aws_customer_gateway: customerGateway,
  aws_default_security_group: defaultSecurityGroup,
  aws_ebs_volume: volume,
  aws_ec2_transit_gateway: transitGateway,
  aws_ec2_transit_gateway_route: transitRoute,
  aws_ec2_transit_gateway_route_table: transitRouteTable,
  aws_ec2_transit_gateway_route_table_association: transitAssociation,
  aws_ec2_transit_gateway_route_table_propagation: transitPropagation,
  aws_ec2_transit_gateway_vpc_attachment: vpcAttachment,
  aws_eip: elasticIp,
  aws_flow_log: flowLog,
  aws_iam_instance_profile: instanceProfile,
  aws_iam_role: role,
  aws_iam_role_policy: rolePolicy,
  aws_iam_role_policy_attachment: rolePolicyAttachment,
  aws_instance: instance,
  aws_internet_gateway: internetGateway,
  aws_key_pair: keyPair,
  aws_launch_template: launchTemplate,
  aws_main_route_table_association: mainRouteTableAssociation,
  aws_nat_gateway: natGateway,
  aws_network_interface: networkInterface,
  aws_placement_group: placementGroup,
  aws_ram_principal_association: principalAssociation,
  aws_ram_resource_association: resourceAssociation,
  aws_ram_resource_share: resourceShare,
  aws_route: route,
  aws_route53_resolver_endpoint: resolverEndpoint,
  aws_route53_resolver_rule: resolverRule,
  aws_route53_resolver_rule_association: resolverRuleAssociation,
  aws_route_table: routeTable,
  aws_route_table_association: routeTableAssociation,
  aws_s3_bucket: bucket,
  aws_s3_bucket_ownership_controls: bucketOwnership,
  aws_s3_bucket_policy: bucketPolicy,
  aws_s3_bucket_public_access_block: publicAccessBlock,
  aws_s3_bucket_server_side_encryption_configuration: bucketEncryption,
  aws_s3_bucket_versioning: bucketVersioning,
  aws_s3_object: bucketObject,
  aws_scheduler_schedule: schedulerSchedule,
  aws_scheduler_schedule_group: schedulerScheduleGroup,
  aws_secretsmanager_secret: secret,
  aws_secretsmanager_secret_version: secretVersion,
  aws_security_group: securityGroup,
  aws_security_group_rule: securityGroupRule,
  aws_subnet: subnet,
  aws_volume_attachment: volumeAttachment,
  aws_vpc: vpc,
  aws_vpc_dhcp_options: dhcpOptions,
  aws_vpc_dhcp_options_association: dhcpOptionsAssociation,
  aws_vpc_endpoint: vpcEndpoint,
  aws_vpc_security_group_egress_rule: egressRule,
  aws_vpc_security_group_ingress_rule: ingressRule,
  aws_vpn_connection: vpnConnection,
  aws_vpn_connection_route: vpnConnectionRoute,
  aws_vpn_gateway: vpnGateway,
  aws_vpn_gateway_attachment: vpnGatewayAttachment,
  aws_vpn_gateway_route_propagation: routePropagation,
};

export function rulesOf(type: string): Rules | undefined {
  return (RULES as Readonly<Record<string, Rules>>)[type];
}
