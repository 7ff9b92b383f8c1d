import type { LeftType, LeftTypes } from '../../left';
import { byAttributes, textOf } from './named';
import { CONNECTION_ROUTE, MAIN_ASSOCIATION, PROPAGATION } from './routing';
import { groupRule } from './rules';
import { byTags } from './tagged';

const ec2 = (command: string, option: string) => (id: string) => `aws ec2 ${command} --${option} ${id}`;

/** An object of EC2 that is found by its tags. @param ids - the attribute of its plural data source that lists ids */
const inEc2 = (
  part: string,
  remove: (id: string) => string,
  lister?: { readonly type: string; readonly ids: string; readonly failsWithout?: true },
): LeftType => byTags({ part, remove, ...(lister === undefined ? {} : { lister }) });

const LOCAL: LeftType = { how: 'again', because: 'writes it into the state alone' };
const ofBucket = byAttributes(['bucket'], '');

/**
 * How what a killed apply made on AWS is found, of all types that networks, hubs and node groups have.
 *
 * Forms of ids: hashicorp/aws 5.100.0, "Import" of each resource's page, and what the provider's executable answered
 * (sandbox/schemas/aws-5.100.0.imports.json).
 */
export const AWS_LEFT: LeftTypes = {
  aws_autoscaling_group: byAttributes(['name'], '', {
    remove: (name) =>
      `aws autoscaling delete-auto-scaling-group --force-delete --auto-scaling-group-name ${name}`,
  }),
  aws_autoscaling_schedule: byAttributes(['autoscaling_group_name', 'scheduled_action_name'], '/'),
  aws_cloudwatch_log_group: byAttributes(['name'], '', {
    remove: (name) => `aws logs delete-log-group --log-group-name ${name}`,
  }),
  aws_customer_gateway: inEc2('customer-gateway/', ec2('delete-customer-gateway', 'customer-gateway-id')),
  aws_default_security_group: { how: 'again', because: 'takes the same rules away from the same group' },
  aws_ebs_volume: inEc2('volume/', ec2('delete-volume', 'volume-id')),
  aws_ec2_transit_gateway: inEc2('transit-gateway/', ec2('delete-transit-gateway', 'transit-gateway-id')),
  aws_ec2_transit_gateway_route: byAttributes(
    ['transit_gateway_route_table_id', 'destination_cidr_block'],
    '_',
  ),
  aws_ec2_transit_gateway_route_table: inEc2(
    'transit-gateway-route-table/',
    ec2('delete-transit-gateway-route-table', 'transit-gateway-route-table-id'),
  ),
  aws_ec2_transit_gateway_route_table_association: byAttributes(
    ['transit_gateway_route_table_id', 'transit_gateway_attachment_id'],
    '_',
  ),
  aws_ec2_transit_gateway_route_table_propagation: byAttributes(
    ['transit_gateway_route_table_id', 'transit_gateway_attachment_id'],
    '_',
  ),
  aws_ec2_transit_gateway_vpc_attachment: inEc2(
    'transit-gateway-attachment/',
    ec2('delete-transit-gateway-vpc-attachment', 'transit-gateway-attachment-id'),
  ),
  aws_eip: inEc2('elastic-ip/', ec2('release-address', 'allocation-id'), {
    type: 'aws_eips',
    ids: 'allocation_ids',
  }),
  aws_flow_log: inEc2('vpc-flow-log/', ec2('delete-flow-logs', 'flow-log-ids')),
  aws_iam_instance_profile: byAttributes(['name'], '', {
    remove: (name) => `aws iam delete-instance-profile --instance-profile-name ${name}`,
  }),
  aws_iam_role: byAttributes(['name'], '', {
    remove: (name) => `aws iam delete-role --role-name ${name}`,
  }),
  aws_iam_role_policy: byAttributes(['role', 'name'], ':'),
  aws_instance: inEc2('instance/', ec2('terminate-instances', 'instance-ids'), {
    type: 'aws_instances',
    ids: 'ids',
  }),
  aws_internet_gateway: inEc2('internet-gateway/', ec2('delete-internet-gateway', 'internet-gateway-id')),
  aws_launch_template: inEc2('launch-template/', ec2('delete-launch-template', 'launch-template-id')),
  aws_main_route_table_association: MAIN_ASSOCIATION,
  aws_nat_gateway: inEc2('natgateway/', ec2('delete-nat-gateway', 'nat-gateway-id'), {
    type: 'aws_nat_gateways',
    ids: 'ids',
  }),
  aws_placement_group: byAttributes(['name'], '', {
    remove: (name) => `aws ec2 delete-placement-group --group-name ${name}`,
  }),
  aws_ram_principal_association: byAttributes(['resource_share_arn', 'principal'], ','),
  aws_ram_resource_association: byAttributes(['resource_share_arn', 'resource_arn'], ','),
  aws_ram_resource_share: byTags({
    part: 'resource-share/',
    byArn: true,
    remove: (arn) => `aws ram delete-resource-share --resource-share-arn ${arn}`,
  }),
  aws_route: {
    how: 'import',
    identity: 'its table and its destination',
    ids: ({ planned }) => {
      const table = textOf(planned, 'route_table_id');
      const destination = [
        'destination_cidr_block',
        'destination_ipv6_cidr_block',
        'destination_prefix_list_id',
      ]
        .map((name) => textOf(planned, name))
        .find((text) => text !== undefined);
      return table === undefined || destination === undefined ? [] : [`${table}_${destination}`];
    },
  },
  aws_route53_resolver_endpoint: byTags({
    part: 'resolver-endpoint/',
    remove: (id) => `aws route53resolver delete-resolver-endpoint --resolver-endpoint-id ${id}`,
  }),
  aws_route53_resolver_rule: byTags({
    part: 'resolver-rule/',
    remove: (id) => `aws route53resolver delete-resolver-rule --resolver-rule-id ${id}`,
  }),
  aws_route53_resolver_rule_association: {
    how: 'by hand',
    because: 'AWS gives it an id that no data source lists, and it bears no tags',
    remove: 'aws route53resolver disassociate-resolver-rule --vpc-id VPC --resolver-rule-id RULE',
  },
  aws_route_table: inEc2('route-table/', ec2('delete-route-table', 'route-table-id'), {
    type: 'aws_route_tables',
    ids: 'ids',
  }),
  aws_route_table_association: byAttributes(['subnet_id', 'route_table_id'], '/'),
  aws_s3_bucket: byAttributes(['bucket'], '', { remove: (bucket) => `aws s3 rb --force s3://${bucket}` }),
  aws_s3_bucket_ownership_controls: ofBucket,
  aws_s3_bucket_policy: ofBucket,
  aws_s3_bucket_public_access_block: ofBucket,
  aws_s3_bucket_server_side_encryption_configuration: ofBucket,
  aws_s3_bucket_versioning: ofBucket,
  aws_s3_object: { how: 'again', because: 'puts the same content under the same key' },
  aws_scheduler_schedule: byAttributes(['group_name', 'name'], '/'),
  aws_scheduler_schedule_group: byAttributes(['name'], '', {
    remove: (name) => `aws scheduler delete-schedule-group --name ${name}`,
  }),
  aws_secretsmanager_secret: byTags({
    part: 'secret:',
    byArn: true,
    remove: (arn) => `aws secretsmanager delete-secret --force-delete-without-recovery --secret-id ${arn}`,
  }),
  aws_secretsmanager_secret_version: {
    how: 'again',
    because: 'puts the same value, which takes the place of the one before in the same secret',
  },
  aws_security_group: inEc2('security-group/', ec2('delete-security-group', 'group-id'), {
    type: 'aws_security_groups',
    ids: 'ids',
  }),
  aws_subnet: inEc2('subnet/', ec2('delete-subnet', 'subnet-id'), { type: 'aws_subnets', ids: 'ids' }),
  aws_volume_attachment: byAttributes(['device_name', 'volume_id', 'instance_id'], ':'),
  aws_vpc: inEc2('vpc/', ec2('delete-vpc', 'vpc-id'), { type: 'aws_vpcs', ids: 'ids' }),
  aws_vpc_dhcp_options: inEc2('dhcp-options/', ec2('delete-dhcp-options', 'dhcp-options-id')),
  aws_vpc_dhcp_options_association: { how: 'again', because: 'gives the same options to the same VPC' },
  aws_vpc_endpoint: inEc2('vpc-endpoint/', ec2('delete-vpc-endpoints', 'vpc-endpoint-ids')),
  aws_vpc_security_group_egress_rule: groupRule(true),
  aws_vpc_security_group_ingress_rule: groupRule(false),
  aws_vpn_connection: inEc2('vpn-connection/', ec2('delete-vpn-connection', 'vpn-connection-id')),
  aws_vpn_connection_route: CONNECTION_ROUTE,
  aws_vpn_gateway: inEc2('vpn-gateway/', ec2('delete-vpn-gateway', 'vpn-gateway-id'), {
    type: 'aws_vpn_gateway',
    ids: 'id',
    failsWithout: true,
  }),
  aws_vpn_gateway_route_propagation: PROPAGATION,
  terraform_data: LOCAL,
};
