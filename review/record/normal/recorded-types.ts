/**
 * What the recorded schemas say of each type that the sandbox has: the paths of its sets, whose order means nothing, and of what
 * the provider alone computes. Positions are left out of the paths. A test compares it with the schemas, and writes it.
 */
export const RECORDED_TYPES: Readonly<Record<string, readonly [sets: string, computed: string]>> = {
  aws_autoscaling_group: [
    'availability_zones enabled_metrics initial_lifecycle_hook instance_refresh.triggers load_balancers mixed_instances_policy.launch_template.override.instance_requirements.accelerator_manufacturers mixed_instances_policy.launch_template.override.instance_requirements.accelerator_names mixed_instances_policy.launch_template.override.instance_requirements.accelerator_types mixed_instances_policy.launch_template.override.instance_requirements.allowed_instance_types mixed_instances_policy.launch_template.override.instance_requirements.cpu_manufacturers mixed_instances_policy.launch_template.override.instance_requirements.excluded_instance_types mixed_instances_policy.launch_template.override.instance_requirements.instance_generations mixed_instances_policy.launch_template.override.instance_requirements.local_storage_types suspended_processes tag target_group_arns traffic_source vpc_zone_identifier',
    'arn predicted_capacity warm_pool_size',
  ],
  aws_autoscaling_schedule: ['', 'arn'],
  aws_cloudwatch_log_group: ['', 'arn'],
  aws_customer_gateway: ['', 'arn'],
  aws_default_security_group: [
    'egress egress.security_groups ingress ingress.security_groups',
    'arn description name name_prefix owner_id',
  ],
  aws_ebs_volume: ['', 'arn create_time'],
  aws_ec2_transit_gateway: [
    'transit_gateway_cidr_blocks',
    'arn association_default_route_table_id owner_id propagation_default_route_table_id',
  ],
  aws_ec2_transit_gateway_route_table: [
    '',
    'arn default_association_route_table default_propagation_route_table',
  ],
  aws_ec2_transit_gateway_route_table_association: ['', 'resource_id resource_type'],
  aws_ec2_transit_gateway_route_table_propagation: ['', 'resource_id resource_type'],
  aws_ec2_transit_gateway_vpc_attachment: ['subnet_ids', 'arn vpc_owner_id'],
  aws_eip: [
    '',
    'allocation_id arn association_id carrier_ip customer_owned_ip private_dns private_ip ptr_record public_dns public_ip',
  ],
  aws_flow_log: ['', 'arn'],
  aws_iam_instance_profile: ['', 'arn create_date unique_id'],
  aws_iam_role: ['inline_policy managed_policy_arns', 'arn create_date unique_id'],
  aws_instance: [
    'ebs_block_device ephemeral_block_device network_interface secondary_private_ips security_groups vpc_security_group_ids',
    'arn ebs_block_device.volume_id instance_lifecycle instance_state outpost_arn password_data primary_network_interface_id private_dns public_dns public_ip root_block_device.device_name root_block_device.volume_id spot_instance_request_id',
  ],
  aws_internet_gateway: ['', 'arn owner_id'],
  aws_key_pair: ['', 'arn fingerprint key_pair_id key_type'],
  aws_launch_template: [
    'instance_requirements.accelerator_manufacturers instance_requirements.accelerator_names instance_requirements.accelerator_types instance_requirements.allowed_instance_types instance_requirements.cpu_manufacturers instance_requirements.excluded_instance_types instance_requirements.instance_generations instance_requirements.local_storage_types license_specification network_interfaces.ipv4_addresses network_interfaces.ipv4_prefixes network_interfaces.ipv6_addresses network_interfaces.ipv6_prefixes network_interfaces.security_groups security_group_names vpc_security_group_ids',
    'arn latest_version',
  ],
  aws_main_route_table_association: ['', 'original_route_table_id'],
  aws_nat_gateway: [
    'secondary_allocation_ids secondary_private_ip_addresses',
    'association_id network_interface_id public_ip',
  ],
  aws_network_interface: [
    'attachment ipv4_prefixes ipv6_addresses ipv6_prefixes private_ips security_groups',
    'arn attachment.attachment_id mac_address outpost_arn owner_id private_dns_name',
  ],
  aws_placement_group: ['', 'arn placement_group_id'],
  aws_ram_resource_share: ['permission_arns', 'arn'],
  aws_route: ['', 'instance_id instance_owner_id origin state'],
  aws_route53_resolver_endpoint: [
    'ip_address protocols security_group_ids',
    'arn host_vpc_id ip_address.ip_id',
  ],
  aws_route53_resolver_rule: ['target_ip', 'arn owner_id share_status'],
  aws_route_table: ['propagating_vgws route', 'arn owner_id'],
  aws_s3_bucket: [
    'grant grant.permissions lifecycle_rule.noncurrent_version_transition lifecycle_rule.transition replication_configuration.rules',
    'arn bucket_domain_name bucket_regional_domain_name hosted_zone_id region website_domain website_endpoint',
  ],
  aws_s3_bucket_server_side_encryption_configuration: ['rule', ''],
  aws_s3_object: [
    '',
    'arn checksum_crc32 checksum_crc32c checksum_crc64nvme checksum_sha1 checksum_sha256 version_id',
  ],
  aws_scheduler_schedule: [
    'target.ecs_parameters.capacity_provider_strategy target.ecs_parameters.network_configuration.security_groups target.ecs_parameters.network_configuration.subnets target.ecs_parameters.placement_constraints target.ecs_parameters.placement_strategy target.sagemaker_pipeline_parameters.pipeline_parameter',
    'arn',
  ],
  aws_scheduler_schedule_group: ['', 'arn creation_date last_modification_date state'],
  aws_secretsmanager_secret: [
    'replica',
    'arn replica.last_accessed_date replica.status replica.status_message',
  ],
  aws_secretsmanager_secret_version: ['version_stages', 'arn has_secret_string_wo version_id'],
  aws_security_group: ['egress egress.security_groups ingress ingress.security_groups', 'arn owner_id'],
  aws_security_group_rule: ['', 'security_group_rule_id'],
  aws_subnet: ['', 'arn ipv6_cidr_block_association_id owner_id'],
  aws_vpc: [
    '',
    'arn default_network_acl_id default_route_table_id default_security_group_id dhcp_options_id ipv6_association_id main_route_table_id owner_id',
  ],
  aws_vpc_dhcp_options: ['', 'arn owner_id'],
  aws_vpc_endpoint: [
    'network_interface_ids route_table_ids security_group_ids subnet_configuration subnet_ids',
    'arn cidr_blocks dns_entry network_interface_ids owner_id prefix_list_id requester_managed state',
  ],
  aws_vpc_security_group_egress_rule: ['', 'arn security_group_rule_id tags_all'],
  aws_vpc_security_group_ingress_rule: ['', 'arn security_group_rule_id tags_all'],
  aws_vpn_connection: [
    'routes tunnel1_ike_versions tunnel1_phase1_dh_group_numbers tunnel1_phase1_encryption_algorithms tunnel1_phase1_integrity_algorithms tunnel1_phase2_dh_group_numbers tunnel1_phase2_encryption_algorithms tunnel1_phase2_integrity_algorithms tunnel2_ike_versions tunnel2_phase1_dh_group_numbers tunnel2_phase1_encryption_algorithms tunnel2_phase1_integrity_algorithms tunnel2_phase2_dh_group_numbers tunnel2_phase2_encryption_algorithms tunnel2_phase2_integrity_algorithms vgw_telemetry',
    'arn core_network_arn core_network_attachment_arn customer_gateway_configuration preshared_key_arn routes transit_gateway_attachment_id tunnel1_address tunnel1_bgp_asn tunnel1_bgp_holdtime tunnel1_cgw_inside_address tunnel1_vgw_inside_address tunnel2_address tunnel2_bgp_asn tunnel2_bgp_holdtime tunnel2_cgw_inside_address tunnel2_vgw_inside_address vgw_telemetry',
  ],
  aws_vpn_gateway: ['', 'arn'],
  azurerm_automation_account: [
    'identity.identity_ids',
    'dsc_primary_access_key dsc_secondary_access_key dsc_server_endpoint hybrid_service_url identity.principal_id identity.tenant_id private_endpoint_connection',
  ],
  azurerm_automation_job_schedule: ['', 'resource_manager_id'],
  azurerm_automation_runbook: ['job_schedule', 'draft.creation_time draft.last_modified_time'],
  azurerm_automation_schedule: ['month_days week_days', ''],
  azurerm_key_vault: ['contact network_acls.ip_rules network_acls.virtual_network_subnet_ids', 'vault_uri'],
  azurerm_key_vault_secret: ['', 'resource_id resource_versionless_id version versionless_id'],
  azurerm_linux_virtual_machine: [
    'admin_ssh_key identity.identity_ids secret.certificate',
    'identity.principal_id identity.tenant_id os_disk.id private_ip_address private_ip_addresses public_ip_address public_ip_addresses virtual_machine_id',
  ],
  azurerm_nat_gateway: ['zones', 'resource_guid'],
  azurerm_network_interface: [
    '',
    'applied_dns_servers internal_domain_name_suffix mac_address private_ip_address private_ip_addresses virtual_machine_id',
  ],
  azurerm_network_security_group: [
    'security_rule security_rule.destination_address_prefixes security_rule.destination_application_security_group_ids security_rule.destination_port_ranges security_rule.source_address_prefixes security_rule.source_application_security_group_ids security_rule.source_port_ranges',
    '',
  ],
  azurerm_network_security_rule: [
    'destination_address_prefixes destination_application_security_group_ids destination_port_ranges source_address_prefixes source_application_security_group_ids source_port_ranges',
    '',
  ],
  azurerm_orchestrated_virtual_machine_scale_set: [
    'extension identity.identity_ids network_interface.ip_configuration.application_gateway_backend_address_pool_ids network_interface.ip_configuration.application_security_group_ids network_interface.ip_configuration.load_balancer_backend_address_pool_ids os_profile.linux_configuration.admin_ssh_key os_profile.linux_configuration.secret.certificate os_profile.windows_configuration.secret.certificate os_profile.windows_configuration.winrm_listener sku_profile.vm_sizes zones',
    'unique_id',
  ],
  azurerm_proximity_placement_group: ['allowed_vm_sizes', ''],
  azurerm_public_ip: ['zones', 'fqdn ip_address'],
  azurerm_role_definition: [
    'permissions.data_actions permissions.not_data_actions',
    'role_definition_resource_id',
  ],
  azurerm_route_table: ['route subnets', 'subnets'],
  azurerm_subnet: [
    'delegation.service_delegation.actions service_endpoint_policy_ids service_endpoints',
    'ip_address_pool.allocated_ip_address_prefixes',
  ],
  azurerm_user_assigned_identity: ['', 'client_id principal_id tenant_id'],
  azurerm_virtual_network: [
    'address_space subnet subnet.delegation.service_delegation.actions subnet.service_endpoint_policy_ids subnet.service_endpoints',
    'guid ip_address_pool.allocated_ip_address_prefixes',
  ],
  azurerm_virtual_network_gateway: [
    'custom_route.address_prefixes vpn_client_configuration.revoked_certificate vpn_client_configuration.root_certificate vpn_client_configuration.vpn_auth_types vpn_client_configuration.vpn_client_protocols',
    'bgp_settings.peering_addresses.default_addresses bgp_settings.peering_addresses.tunnel_ip_addresses',
  ],
  azurerm_virtual_network_gateway_connection: ['egress_nat_rule_ids ingress_nat_rule_ids', ''],
  docker_container: [
    'capabilities capabilities.add capabilities.drop devices dns dns_opts dns_search env group_add host labels mounts mounts.volume_options.labels networks_advanced networks_advanced.aliases security_opts ulimit upload volumes',
    'bridge container_logs exit_code network_data',
  ],
  docker_image: ['build pull_triggers', 'image_id repo_digest'],
  docker_network: ['ipam_config labels', 'scope'],
  docker_volume: ['labels', 'mountpoint'],
  vault_approle_auth_backend_login: [
    '',
    'accessor client_token lease_duration lease_started metadata policies renewable',
  ],
  vault_approle_auth_backend_role: ['secret_id_bound_cidrs token_bound_cidrs token_policies', ''],
  vault_approle_auth_backend_role_secret_id: ['cidr_list', 'accessor wrapping_accessor wrapping_token'],
  vault_auth_backend: ['', 'accessor'],
  vault_generic_secret: ['', 'data'],
  vault_kv_secret: ['', 'data'],
  vault_kv_secret_v2: ['', 'data metadata path'],
  vault_mount: ['allowed_managed_keys', 'accessor'],
  vault_token: ['policies', 'client_token lease_duration lease_started wrapped_token wrapping_accessor'],
  vault_token_auth_backend_role: [
    'allowed_entity_aliases allowed_policies allowed_policies_glob disallowed_policies disallowed_policies_glob token_bound_cidrs token_policies',
    '',
  ],
};
