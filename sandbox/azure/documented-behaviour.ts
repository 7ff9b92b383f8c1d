import type { FurtherBehaviour } from '../schemas/schema';

function exactlyOne(...group: readonly string[]): FurtherBehaviour {
  return { exactlyOne: Object.fromEntries(group.map((name) => [name, group])) };
}

/** Pairs of arguments that exclude each other. */
function conflicts(...pairs: readonly (readonly [string, string])[]): FurtherBehaviour {
  const both = pairs.flatMap(([one, other]) => [[one, [other]] as const, [other, [one]] as const]);
  return { conflicts: Object.fromEntries(both) };
}

/**
 * Arguments below blocks in sets, of which the recording never asked whether a change replaces the object: it is planned as one that
 * does. Of some of them the published source says that they change in place (`extension`, the keys of a scale set, `contact`).
 */
export const AZURE_NOT_ASKED: Readonly<Record<string, readonly string[]>> = {
  azurerm_key_vault: ['contact.email', 'contact.name', 'contact.phone'],
  azurerm_linux_virtual_machine: [
    'admin_ssh_key.public_key',
    'admin_ssh_key.username',
    'secret.certificate.url',
  ],
  azurerm_orchestrated_virtual_machine_scale_set: [
    'extension.auto_upgrade_minor_version_enabled',
    'extension.extensions_to_provision_after_vm_creation',
    'extension.failure_suppression_enabled',
    'extension.force_extension_execution_on_change',
    'extension.name',
    'extension.protected_settings',
    'extension.protected_settings_from_key_vault.secret_url',
    'extension.protected_settings_from_key_vault.source_vault_id',
    'extension.publisher',
    'extension.settings',
    'extension.type',
    'extension.type_handler_version',
    'os_profile.linux_configuration.admin_ssh_key.public_key',
    'os_profile.linux_configuration.admin_ssh_key.username',
    'os_profile.linux_configuration.secret.certificate.url',
    'os_profile.windows_configuration.secret.certificate.store',
    'os_profile.windows_configuration.secret.certificate.url',
    'os_profile.windows_configuration.winrm_listener.certificate_url',
    'os_profile.windows_configuration.winrm_listener.protocol',
  ],
  azurerm_virtual_network_gateway: [
    'vpn_client_configuration.revoked_certificate.name',
    'vpn_client_configuration.revoked_certificate.thumbprint',
    'vpn_client_configuration.root_certificate.name',
    'vpn_client_configuration.root_certificate.public_cert_data',
  ],
};

function notAsked(type: string): readonly string[] {
  return AZURE_NOT_ASKED[type] ?? [];
}

const IMAGES = ['os_managed_disk_id', 'source_image_id', 'source_image_reference'];
const ADMINISTRATOR = ['admin_username', 'os_managed_disk_id'];
const DISK_TYPE = ['os_disk.0.storage_account_type', 'os_managed_disk_id'];
const RUNBOOK_CONTENT = ['content', 'draft', 'publish_content_link'];

/**
 * What the documentation and the published source of hashicorp/azurerm give in addition to the recording: arguments that exclude each
 * other, defaults inside blocks that are not required, blocks that Azure fills in, and what replaces objects of types that the recording
 * does not have. It was not asked of the provider's executable.
 */
export const AZURE_DOCUMENTED: Readonly<Record<string, FurtherBehaviour>> = {
  azurerm_automation_runbook: {
    atLeastOne: Object.fromEntries(RUNBOOK_CONTENT.map((name) => [name, RUNBOOK_CONTENT])),
    blockDefaults: { 'draft.parameters.mandatory': false },
  },
  azurerm_key_vault: { setReplaces: notAsked('azurerm_key_vault') },
  azurerm_key_vault_secret: exactlyOne('value', 'value_wo'),
  azurerm_linux_virtual_machine: {
    ...conflicts(['capacity_reservation_group_id', 'proximity_placement_group_id']),
    exactlyOne: {
      admin_username: ADMINISTRATOR,
      'os_disk.0.storage_account_type': DISK_TYPE,
      ...Object.fromEntries(IMAGES.map((name) => [name, IMAGES])),
    },
    blockDefaults: {
      'additional_capabilities.hibernation_enabled': false,
      'additional_capabilities.ultra_ssd_enabled': false,
      'gallery_application.automatic_upgrade_enabled': false,
      'gallery_application.order': 0,
      'gallery_application.treat_failure_as_deployment_failure_enabled': false,
      'os_disk.diff_disk_settings.placement': 'CacheDisk',
      'os_image_notification.timeout': 'PT15M',
      'termination_notification.timeout': 'PT5M',
    },
    setReplaces: notAsked('azurerm_linux_virtual_machine'),
  },
  azurerm_local_network_gateway: exactlyOne('gateway_address', 'gateway_fqdn'),
  azurerm_monitor_autoscale_setting: {
    replaces: ['location', 'name', 'resource_group_name', 'target_resource_id'],
    blockDefaults: {
      'notification.email.send_to_subscription_administrator': false,
      'notification.email.send_to_subscription_co_administrator': false,
      'profile.fixed_date.timezone': 'UTC',
      'profile.recurrence.timezone': 'UTC',
    },
  },
  azurerm_network_security_rule: conflicts(
    ['source_port_range', 'source_port_ranges'],
    ['destination_port_range', 'destination_port_ranges'],
    ['source_address_prefix', 'source_address_prefixes'],
    ['destination_address_prefix', 'destination_address_prefixes'],
  ),
  azurerm_orchestrated_virtual_machine_scale_set: {
    ...conflicts(
      ['capacity_reservation_group_id', 'proximity_placement_group_id'],
      ['source_image_id', 'source_image_reference'],
    ),
    blockDefaults: {
      'data_disk.create_option': 'Empty',
      'data_disk.write_accelerator_enabled': false,
      'network_interface.enable_accelerated_networking': false,
      'network_interface.enable_ip_forwarding': false,
      'network_interface.ip_configuration.primary': false,
      'network_interface.ip_configuration.version': 'IPv4',
      'network_interface.primary': false,
      'os_disk.diff_disk_settings.placement': 'CacheDisk',
      'os_disk.write_accelerator_enabled': false,
      'os_profile.linux_configuration.disable_password_authentication': true,
      'os_profile.linux_configuration.patch_assessment_mode': 'ImageDefault',
      'os_profile.linux_configuration.patch_mode': 'ImageDefault',
      'os_profile.linux_configuration.provision_vm_agent': true,
      'priority_mix.base_regular_count': 0,
      'priority_mix.regular_percentage_above_base': 0,
      'termination_notification.timeout': 'PT5M',
    },
    setReplaces: notAsked('azurerm_orchestrated_virtual_machine_scale_set'),
  },
  azurerm_role_definition: { replaces: ['role_definition_id', 'scope'] },
  azurerm_subnet: exactlyOne('address_prefixes', 'ip_address_pool'),
  azurerm_virtual_network_gateway: {
    unknownBlocks: ['bgp_settings', 'bgp_settings.peering_addresses'],
    keptBlocks: ['bgp_settings', 'bgp_settings.peering_addresses'],
    setReplaces: notAsked('azurerm_virtual_network_gateway'),
  },
};
