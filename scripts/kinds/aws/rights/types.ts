import type { TypeRights } from '../../rights';

const TAGS = 'CreateTags DeleteTags';

/** Actions of one service: those to read, and those to make, change and remove. */
const of =
  (service: string) =>
  (read: string, write = ''): TypeRights => {
    const named = (names: string) =>
      names
        .split(' ')
        .filter((name) => name !== '')
        .map((name) => `${service}:${name}`);
    return { read: named(read), ...(write === '' ? {} : { write: named(write) }) };
  };

const together = (...all: readonly TypeRights[]): TypeRights => ({
  read: all.flatMap(({ read }) => read),
  write: all.flatMap(({ write = [] }) => write),
});

const ec2 = of('ec2');
const iam = of('iam');
const logs = of('logs');
const ram = of('ram');
const s3 = of('s3');
const scaling = of('autoscaling');
const scheduler = of('scheduler');
const resolver = of('route53resolver');
const secrets = of('secretsmanager');
const PASS = iam('', 'PassRole');
/** What a service of AWS that writes logs does with the caller's rights (Site-to-Site VPN user guide): inferred, no call of the provider. */
const LOG_DELIVERY = logs(
  '',
  'CreateLogDelivery GetLogDelivery UpdateLogDelivery DeleteLogDelivery ListLogDeliveries DescribeLogGroups DescribeResourcePolicies PutResourcePolicy',
);
const BUCKET_READ =
  'ListBucket GetBucketAcl GetBucketCORS GetBucketLogging GetBucketObjectLockConfiguration GetBucketPolicy GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetAccelerateConfiguration GetEncryptionConfiguration GetLifecycleConfiguration GetReplicationConfiguration';
/** Interfaces and rules are looked at before a group is removed, and the rule that AWS gives a new one is taken away. */
const GROUP_WRITE =
  'DescribeNetworkInterfaces DescribeSecurityGroupRules RevokeSecurityGroupIngress RevokeSecurityGroupEgress';
const TABLE_READ = 'DescribeRouteTables';

/**
 * What the provider's calls for each type need.
 *
 * The calls are those of hashicorp/aws 5.100.0: all that the functions which read, make, change, remove and import a type can reach in its
 * program (internal/service/{autoscaling,ec2,iam,logs,ram,route53resolver,s3,scheduler,secretsmanager,ssm}), less those for arguments that
 * no stack has. ListTags is called where a read has no tags in its answer: log groups, resolver, schedule groups, S3. The names of
 * actions, and what needs further ones (PassRole, service-linked roles, interfaces of a resolver), are from AWS's service authorization
 * reference. Nobody has run them against AWS with these rights alone.
 */
export const AWS_TYPE_RIGHTS: Readonly<Record<string, TypeRights>> = {
  aws_autoscaling_group: together(
    scaling(
      'DescribeAutoScalingGroups',
      'DescribeScalingActivities DescribeWarmPool CreateAutoScalingGroup UpdateAutoScalingGroup DeleteAutoScalingGroup CreateOrUpdateTags DeleteTags SuspendProcesses ResumeProcesses SetInstanceProtection',
    ),
    ec2('', `RunInstances ${TAGS}`),
    iam('', 'CreateServiceLinkedRole'),
  ),
  aws_autoscaling_schedule: scaling(
    'DescribeScheduledActions',
    'PutScheduledUpdateGroupAction DeleteScheduledAction',
  ),
  aws_cloudwatch_log_group: logs(
    'DescribeLogGroups ListTagsForResource',
    'CreateLogGroup DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy TagResource UntagResource',
  ),
  aws_customer_gateway: ec2(
    'DescribeCustomerGateways',
    `CreateCustomerGateway DeleteCustomerGateway ${TAGS}`,
  ),
  aws_default_security_group: ec2(
    'DescribeSecurityGroups',
    `${GROUP_WRITE} AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress ${TAGS}`,
  ),
  aws_ebs_volume: ec2('DescribeVolumes', `CreateVolume ModifyVolume DeleteVolume ${TAGS}`),
  aws_ec2_transit_gateway: ec2(
    'DescribeTransitGateways',
    `CreateTransitGateway ModifyTransitGateway DeleteTransitGateway ${TAGS}`,
  ),
  aws_ec2_transit_gateway_route: ec2(
    'SearchTransitGatewayRoutes',
    'CreateTransitGatewayRoute DeleteTransitGatewayRoute',
  ),
  aws_ec2_transit_gateway_route_table: ec2(
    'DescribeTransitGatewayRouteTables',
    `CreateTransitGatewayRouteTable DeleteTransitGatewayRouteTable ${TAGS}`,
  ),
  aws_ec2_transit_gateway_route_table_association: ec2(
    'GetTransitGatewayRouteTableAssociations',
    'DescribeTransitGatewayAttachments AssociateTransitGatewayRouteTable DisassociateTransitGatewayRouteTable',
  ),
  aws_ec2_transit_gateway_route_table_propagation: ec2(
    'GetTransitGatewayRouteTablePropagations',
    'EnableTransitGatewayRouteTablePropagation DisableTransitGatewayRouteTablePropagation',
  ),
  aws_ec2_transit_gateway_vpc_attachment: together(
    ec2(
      'DescribeTransitGatewayVpcAttachments DescribeTransitGateways GetTransitGatewayRouteTableAssociations GetTransitGatewayRouteTablePropagations',
      `CreateTransitGatewayVpcAttachment ModifyTransitGatewayVpcAttachment DeleteTransitGatewayVpcAttachment AssociateTransitGatewayRouteTable DisassociateTransitGatewayRouteTable EnableTransitGatewayRouteTablePropagation DisableTransitGatewayRouteTablePropagation ${TAGS}`,
    ),
    iam('', 'CreateServiceLinkedRole'),
  ),
  aws_eip: ec2(
    'DescribeAddresses DescribeAddressesAttribute',
    `AllocateAddress ReleaseAddress AssociateAddress DisassociateAddress ${TAGS}`,
  ),
  aws_flow_log: together(ec2('DescribeFlowLogs', `CreateFlowLogs DeleteFlowLogs ${TAGS}`), PASS),
  aws_iam_instance_profile: iam(
    'GetInstanceProfile GetRole',
    'CreateInstanceProfile DeleteInstanceProfile AddRoleToInstanceProfile RemoveRoleFromInstanceProfile TagInstanceProfile UntagInstanceProfile PassRole',
  ),
  aws_iam_role: iam(
    'GetRole GetRolePolicy ListRolePolicies ListAttachedRolePolicies',
    'ListInstanceProfilesForRole CreateRole DeleteRole UpdateRole UpdateRoleDescription UpdateAssumeRolePolicy PutRolePermissionsBoundary DeleteRolePermissionsBoundary TagRole UntagRole',
  ),
  aws_iam_role_policy: iam('GetRolePolicy', 'PutRolePolicy DeleteRolePolicy'),
  aws_instance: {
    ...together(
      ec2(
        'DescribeInstances DescribeInstanceAttribute DescribeInstanceTypes DescribeInstanceCreditSpecifications DescribeVolumes DescribeVpcs DescribeTags',
        `DescribeImages DescribeIamInstanceProfileAssociations DescribeVolumesModifications RunInstances TerminateInstances StopInstances StartInstances ModifyInstanceAttribute ModifyInstanceMetadataOptions ModifyVolume AssociateIamInstanceProfile DisassociateIamInstanceProfile ReplaceIamInstanceProfileAssociation ${TAGS}`,
      ),
      PASS,
    ),
    given: {
      instance_market_options: together(
        ec2('DescribeSpotInstanceRequests', 'CancelSpotInstanceRequests'),
        iam('', 'CreateServiceLinkedRole'),
      ),
    },
  },
  aws_internet_gateway: ec2(
    'DescribeInternetGateways',
    `CreateInternetGateway AttachInternetGateway DetachInternetGateway DeleteInternetGateway ${TAGS}`,
  ),
  aws_launch_template: together(
    ec2(
      'DescribeInstanceTypes DescribeLaunchTemplates DescribeLaunchTemplateVersions',
      `CreateLaunchTemplate CreateLaunchTemplateVersion ModifyLaunchTemplate DeleteLaunchTemplate ${TAGS}`,
    ),
    PASS,
  ),
  aws_main_route_table_association: ec2(TABLE_READ, 'ReplaceRouteTableAssociation'),
  aws_nat_gateway: ec2('DescribeNatGateways', `CreateNatGateway DeleteNatGateway ${TAGS}`),
  aws_placement_group: ec2('DescribePlacementGroups', `CreatePlacementGroup DeletePlacementGroup ${TAGS}`),
  aws_ram_principal_association: ram(
    'GetResourceShareAssociations',
    'AssociateResourceShare DisassociateResourceShare',
  ),
  aws_ram_resource_association: ram(
    'GetResourceShareAssociations',
    'AssociateResourceShare DisassociateResourceShare',
  ),
  aws_ram_resource_share: ram(
    'GetResourceShares ListResourceSharePermissions',
    'CreateResourceShare UpdateResourceShare DeleteResourceShare TagResource UntagResource',
  ),
  aws_route: ec2(TABLE_READ, 'CreateRoute ReplaceRoute DeleteRoute'),
  aws_route53_resolver_endpoint: together(
    resolver(
      'GetResolverEndpoint ListResolverEndpointIpAddresses ListTagsForResource',
      'CreateResolverEndpoint UpdateResolverEndpoint DeleteResolverEndpoint AssociateResolverEndpointIpAddress DisassociateResolverEndpointIpAddress TagResource UntagResource',
    ),
    // What the service does with the caller's rights (service authorization reference).
    ec2(
      '',
      'DescribeNetworkInterfaces DescribeSubnets DescribeSecurityGroups DescribeVpcs CreateNetworkInterface DeleteNetworkInterface ModifyNetworkInterfaceAttribute',
    ),
  ),
  aws_route53_resolver_rule: resolver(
    'GetResolverRule ListTagsForResource',
    'CreateResolverRule UpdateResolverRule DeleteResolverRule TagResource UntagResource',
  ),
  aws_route53_resolver_rule_association: together(
    resolver('GetResolverRuleAssociation', 'AssociateResolverRule DisassociateResolverRule'),
    ec2('', 'DescribeVpcs'),
  ),
  aws_route_table: {
    ...ec2(
      `${TABLE_READ} DescribeNetworkInterfaces`,
      `CreateRouteTable DeleteRouteTable DisassociateRouteTable ${TAGS}`,
    ),
    given: {
      route: ec2('', 'CreateRoute ReplaceRoute DeleteRoute'),
      propagating_vgws: ec2('', 'EnableVgwRoutePropagation DisableVgwRoutePropagation'),
    },
  },
  aws_route_table_association: ec2(
    TABLE_READ,
    'AssociateRouteTable DisassociateRouteTable ReplaceRouteTableAssociation',
  ),
  aws_s3_bucket: {
    ...s3(BUCKET_READ, 'CreateBucket DeleteBucket PutBucketTagging'),
    given: { force_destroy: s3('', 'ListBucketVersions DeleteObject DeleteObjectVersion') },
  },
  aws_s3_bucket_ownership_controls: s3('GetBucketOwnershipControls', 'PutBucketOwnershipControls'),
  aws_s3_bucket_policy: s3('GetBucketPolicy', 'PutBucketPolicy DeleteBucketPolicy'),
  aws_s3_bucket_public_access_block: s3('GetBucketPublicAccessBlock', 'PutBucketPublicAccessBlock'),
  aws_s3_bucket_server_side_encryption_configuration: s3(
    'GetEncryptionConfiguration',
    'PutEncryptionConfiguration',
  ),
  aws_s3_bucket_versioning: s3('GetBucketVersioning', 'PutBucketVersioning'),
  aws_s3_object: s3(
    'GetObject GetObjectTagging',
    'PutObject PutObjectTagging DeleteObject DeleteObjectVersion DeleteObjectTagging ListBucketVersions',
  ),
  aws_scheduler_schedule: together(
    scheduler('GetSchedule', 'CreateSchedule UpdateSchedule DeleteSchedule'),
    PASS,
  ),
  aws_scheduler_schedule_group: scheduler(
    'GetScheduleGroup ListTagsForResource',
    'CreateScheduleGroup DeleteScheduleGroup DeleteSchedule TagResource UntagResource',
  ),
  aws_secretsmanager_secret: secrets(
    'DescribeSecret GetResourcePolicy',
    'CreateSecret UpdateSecret DeleteSecret TagResource UntagResource',
  ),
  aws_secretsmanager_secret_version: secrets(
    'GetSecretValue',
    'ListSecretVersionIds PutSecretValue UpdateSecretVersionStage',
  ),
  aws_security_group: ec2(
    'DescribeSecurityGroups',
    `CreateSecurityGroup DeleteSecurityGroup ${GROUP_WRITE} ${TAGS}`,
  ),
  aws_subnet: ec2(
    'DescribeSubnets',
    `DescribeNetworkInterfaces CreateSubnet DeleteSubnet ModifySubnetAttribute ${TAGS}`,
  ),
  aws_volume_attachment: ec2('DescribeVolumes', 'DescribeInstances AttachVolume DetachVolume'),
  aws_vpc: ec2(
    'DescribeVpcs DescribeVpcAttribute DescribeNetworkAcls DescribeRouteTables DescribeSecurityGroups',
    `CreateVpc DeleteVpc ModifyVpcAttribute ${TAGS}`,
  ),
  aws_vpc_dhcp_options: ec2(
    'DescribeDhcpOptions',
    `DescribeVpcs AssociateDhcpOptions CreateDhcpOptions DeleteDhcpOptions ${TAGS}`,
  ),
  aws_vpc_dhcp_options_association: ec2('DescribeVpcs', 'AssociateDhcpOptions'),
  aws_vpc_endpoint: {
    ...ec2(
      'DescribeVpcEndpoints DescribePrefixLists DescribeNetworkInterfaces',
      `DescribeVpcs DescribeSubnets DescribeSecurityGroups CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints ${TAGS}`,
    ),
    given: { private_dns_enabled: of('route53')('', 'AssociateVPCWithHostedZone') },
  },
  aws_vpc_security_group_egress_rule: ec2(
    'DescribeSecurityGroupRules',
    `AuthorizeSecurityGroupEgress RevokeSecurityGroupEgress ModifySecurityGroupRules ${TAGS}`,
  ),
  aws_vpc_security_group_ingress_rule: ec2(
    'DescribeSecurityGroupRules',
    `AuthorizeSecurityGroupIngress RevokeSecurityGroupIngress ModifySecurityGroupRules ${TAGS}`,
  ),
  aws_vpn_connection: {
    ...ec2(
      'DescribeVpnConnections DescribeTransitGatewayAttachments',
      `CreateVpnConnection ModifyVpnConnection ModifyVpnTunnelOptions ModifyVpnConnectionOptions DeleteVpnConnection ${TAGS}`,
    ),
    given: { tunnel1_log_options: LOG_DELIVERY, tunnel2_log_options: LOG_DELIVERY },
  },
  aws_vpn_connection_route: ec2(
    'DescribeVpnConnections',
    'CreateVpnConnectionRoute DeleteVpnConnectionRoute',
  ),
  aws_vpn_gateway: ec2(
    'DescribeVpnGateways',
    `CreateVpnGateway AttachVpnGateway DetachVpnGateway DeleteVpnGateway ${TAGS}`,
  ),
  aws_vpn_gateway_route_propagation: ec2(TABLE_READ, 'EnableVgwRoutePropagation DisableVgwRoutePropagation'),
  terraform_data: { read: [] },

  'data.aws_ami': ec2('DescribeImages'),
  'data.aws_availability_zones': ec2('DescribeAvailabilityZones'),
  'data.aws_ec2_transit_gateway': ec2('DescribeTransitGateways'),
  'data.aws_ec2_transit_gateway_route_table': ec2('DescribeTransitGatewayRouteTables'),
  'data.aws_security_group': ec2('DescribeSecurityGroups'),
  'data.aws_ssm_parameter': of('ssm')('GetParameter'),
  'data.aws_subnet': ec2('DescribeSubnets'),
};
