terraform {
  required_providers { azurerm = { source = "hashicorp/azurerm", version = "~> 4.55" } }
}
provider "azurerm" {
  features {}
  resource_provider_registrations = "none"
}
variable "zones" { default = ["1", "2", "3"] }
resource "azurerm_resource_group" "main" {
  name     = "dev-default"
  location = "Japan East"
  tags     = { env = "dev" }
}
resource "azurerm_virtual_network" "main" {
  name                = "dev-vnet"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  address_space       = ["172.21.0.0/16"]
}
resource "azurerm_subnet" "nodes" {
  name                            = "nodes"
  resource_group_name             = azurerm_resource_group.main.name
  virtual_network_name            = azurerm_virtual_network.main.name
  address_prefixes                = ["172.21.1.0/24"]
  default_outbound_access_enabled = false
}
resource "azurerm_subnet" "gateway" {
  name                 = "GatewaySubnet"
  resource_group_name  = azurerm_resource_group.main.name
  virtual_network_name = azurerm_virtual_network.main.name
  address_prefixes     = ["172.21.255.0/27"]
}
resource "azurerm_network_security_group" "nodes" {
  name                = "dev-nodes"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
}
resource "azurerm_network_security_rule" "ssh" {
  name                        = "tcp-22-site"
  resource_group_name         = azurerm_resource_group.main.name
  network_security_group_name = azurerm_network_security_group.nodes.name
  priority                    = 200
  direction                   = "Inbound"
  access                      = "Allow"
  protocol                    = "Tcp"
  source_port_range           = "*"
  destination_port_range      = "22"
  source_address_prefix       = "10.0.2.0/24"
  destination_address_prefix  = "172.21.1.0/24"
  description                 = "SSH from the site"
}
resource "azurerm_subnet_network_security_group_association" "nodes" {
  subnet_id                 = azurerm_subnet.nodes.id
  network_security_group_id = azurerm_network_security_group.nodes.id
}
resource "azurerm_route_table" "nodes" {
  name                = "dev-routes"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
}
resource "azurerm_route" "none" {
  name                = "drop"
  resource_group_name = azurerm_resource_group.main.name
  route_table_name    = azurerm_route_table.nodes.name
  address_prefix      = "10.99.0.0/16"
  next_hop_type       = "None"
}
resource "azurerm_subnet_route_table_association" "nodes" {
  subnet_id      = azurerm_subnet.nodes.id
  route_table_id = azurerm_route_table.nodes.id
}
resource "azurerm_public_ip" "nat" {
  name                = "dev-nat"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  allocation_method   = "Static"
  zones               = var.zones
}
resource "azurerm_nat_gateway" "main" {
  name                = "dev-nat"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
}
resource "azurerm_nat_gateway_public_ip_association" "main" {
  nat_gateway_id       = azurerm_nat_gateway.main.id
  public_ip_address_id = azurerm_public_ip.nat.id
}
resource "azurerm_subnet_nat_gateway_association" "nodes" {
  subnet_id      = azurerm_subnet.nodes.id
  nat_gateway_id = azurerm_nat_gateway.main.id
}
resource "azurerm_public_ip" "gateway" {
  count               = 2
  name                = "dev-gateway-${count.index}"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  allocation_method   = "Static"
  zones               = var.zones
}
resource "azurerm_virtual_network_gateway" "main" {
  name                = "dev-gateway"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  type                = "Vpn"
  sku                 = "VpnGw2AZ"
  generation          = "Generation1"
  active_active       = true
  enable_bgp          = true
  dynamic "ip_configuration" {
    for_each = azurerm_public_ip.gateway
    content {
      name                 = "instance-${ip_configuration.key}"
      subnet_id            = azurerm_subnet.gateway.id
      public_ip_address_id = ip_configuration.value.id
    }
  }
  bgp_settings {
    asn = 65515
    peering_addresses {
      ip_configuration_name = "instance-0"
      apipa_addresses       = ["169.254.21.2"]
    }
    peering_addresses {
      ip_configuration_name = "instance-1"
      apipa_addresses       = ["169.254.21.3"]
    }
  }
  timeouts { create = "90m" }
}
resource "azurerm_virtual_network_gateway_nat_rule" "main" {
  name                       = "snat"
  resource_group_name        = azurerm_resource_group.main.name
  virtual_network_gateway_id = azurerm_virtual_network_gateway.main.id
  mode                       = "EgressSnat"
  internal_mapping { address_space = "172.21.1.0/24" }
  external_mapping { address_space = "192.168.1.0/24" }
}
resource "azurerm_local_network_gateway" "site" {
  name                = "dev-site"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  gateway_address     = "198.51.100.10"
  bgp_settings {
    asn                 = 65010
    bgp_peering_address = "169.254.21.1"
  }
}
resource "azurerm_virtual_network_gateway_connection" "site" {
  name                       = "dev-site"
  resource_group_name        = azurerm_resource_group.main.name
  location                   = azurerm_resource_group.main.location
  type                       = "IPsec"
  virtual_network_gateway_id = azurerm_virtual_network_gateway.main.id
  local_network_gateway_id   = azurerm_local_network_gateway.site.id
  enable_bgp                 = true
  shared_key                 = "0123456789abcdef0123456789abcdef"
  dpd_timeout_seconds        = 45
  egress_nat_rule_ids        = [azurerm_virtual_network_gateway_nat_rule.main.id]
  custom_bgp_addresses {
    primary   = "169.254.21.2"
    secondary = "169.254.21.3"
  }
  ipsec_policy {
    dh_group         = "ECP384"
    ike_encryption   = "GCMAES256"
    ike_integrity    = "SHA384"
    ipsec_encryption = "GCMAES256"
    ipsec_integrity  = "GCMAES256"
    pfs_group        = "ECP384"
  }
}
resource "azurerm_network_watcher" "main" {
  name                = "dev-watcher"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
}
resource "azurerm_network_watcher_flow_log" "main" {
  name                 = "dev-flow"
  resource_group_name  = azurerm_resource_group.main.name
  network_watcher_name = azurerm_network_watcher.main.name
  target_resource_id   = azurerm_virtual_network.main.id
  storage_account_id   = "/subscriptions/00000000-0000-4000-8000-000000000000/resourceGroups/logs/providers/Microsoft.Storage/storageAccounts/logs"
  enabled              = true
  retention_policy {
    enabled = true
    days    = 7
  }
}
resource "azurerm_user_assigned_identity" "nodes" {
  name                = "dev-nodes"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
}
resource "azurerm_proximity_placement_group" "nodes" {
  name                = "dev-nodes"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
}
resource "azurerm_network_interface" "node" {
  name                = "dev-n1"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  ip_configuration {
    name                          = "primary"
    subnet_id                     = azurerm_subnet.nodes.id
    private_ip_address_allocation = "Static"
    private_ip_address            = "172.21.1.10"
  }
}
resource "azurerm_network_interface_security_group_association" "node" {
  network_interface_id      = azurerm_network_interface.node.id
  network_security_group_id = azurerm_network_security_group.nodes.id
}
resource "azurerm_linux_virtual_machine" "node" {
  name                         = "dev-n1"
  resource_group_name          = azurerm_resource_group.main.name
  location                     = azurerm_resource_group.main.location
  size                         = "Standard_D2s_v5"
  admin_username               = "ubuntu"
  custom_data                  = base64encode("#!/bin/sh\n")
  network_interface_ids        = [azurerm_network_interface.node.id]
  proximity_placement_group_id = azurerm_proximity_placement_group.nodes.id
  priority                     = "Spot"
  eviction_policy              = "Delete"
  secure_boot_enabled          = true
  vtpm_enabled                 = true
  tags                         = { "kakehashi:node" = "n1" }
  admin_ssh_key {
    username   = "ubuntu"
    public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g"
  }
  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "StandardSSD_LRS"
    disk_size_gb         = 32
  }
  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server"
    version   = "latest"
  }
  identity {
    type         = "SystemAssigned, UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.nodes.id]
  }
  boot_diagnostics {}
}
resource "azurerm_managed_disk" "data" {
  name                 = "dev-n1-data"
  resource_group_name  = azurerm_resource_group.main.name
  location             = azurerm_resource_group.main.location
  storage_account_type = "Premium_LRS"
  create_option        = "Empty"
  disk_size_gb         = 128
}
resource "azurerm_virtual_machine_data_disk_attachment" "data" {
  managed_disk_id    = azurerm_managed_disk.data.id
  virtual_machine_id = azurerm_linux_virtual_machine.node.id
  lun                = 10
  caching            = "ReadOnly"
}
resource "azurerm_orchestrated_virtual_machine_scale_set" "nodes" {
  name                        = "dev-workers"
  resource_group_name         = azurerm_resource_group.main.name
  location                    = azurerm_resource_group.main.location
  platform_fault_domain_count = 1
  zones                       = ["1", "2"]
  instances                   = 2
  sku_name                    = "Standard_D2ps_v5"
  priority                    = "Spot"
  eviction_policy             = "Delete"
  network_interface {
    name    = "primary"
    primary = true
    ip_configuration {
      name      = "primary"
      primary   = true
      subnet_id = azurerm_subnet.nodes.id
    }
  }
  os_profile {
    custom_data = base64encode("#!/bin/sh\n")
    linux_configuration {
      admin_username = "ubuntu"
      admin_ssh_key {
        username   = "ubuntu"
        public_key = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8g"
      }
    }
  }
  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "StandardSSD_LRS"
  }
  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server-arm64"
    version   = "latest"
  }
  identity {
    type         = "UserAssigned"
    identity_ids = [azurerm_user_assigned_identity.nodes.id]
  }
}
resource "azurerm_monitor_autoscale_setting" "lease" {
  name                = "dev-workers"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  target_resource_id  = azurerm_orchestrated_virtual_machine_scale_set.nodes.id
  profile {
    name = "lease"
    capacity {
      minimum = 0
      default = 2
      maximum = 10
    }
    fixed_date {
      start = "2026-01-01T00:00:00Z"
      end   = "2099-01-01T00:00:00Z"
    }
  }
  profile {
    name = "ended"
    capacity {
      minimum = 0
      default = 0
      maximum = 0
    }
  }
}
resource "azurerm_automation_account" "lease" {
  name                = "dev-lease"
  resource_group_name = azurerm_resource_group.main.name
  location            = azurerm_resource_group.main.location
  sku_name            = "Basic"
  identity { type = "SystemAssigned" }
}
resource "azurerm_automation_runbook" "lease" {
  name                    = "end-nodes"
  resource_group_name     = azurerm_resource_group.main.name
  location                = azurerm_resource_group.main.location
  automation_account_name = azurerm_automation_account.lease.name
  runbook_type            = "PowerShell72"
  log_progress            = false
  log_verbose             = false
  content                 = "param([string] $ResourceGroupName, [string] $VmNames)"
}
resource "azurerm_automation_schedule" "lease" {
  name                    = "end"
  resource_group_name     = azurerm_resource_group.main.name
  automation_account_name = azurerm_automation_account.lease.name
  frequency               = "OneTime"
  start_time              = "2099-01-01T00:00:30Z"
}
resource "azurerm_automation_job_schedule" "lease" {
  resource_group_name     = azurerm_resource_group.main.name
  automation_account_name = azurerm_automation_account.lease.name
  runbook_name            = azurerm_automation_runbook.lease.name
  schedule_name           = azurerm_automation_schedule.lease.name
  parameters = {
    resourcegroupname = azurerm_resource_group.main.name
    vmnames           = azurerm_linux_virtual_machine.node.name
  }
}
resource "azurerm_role_definition" "lease" {
  name  = "dev end nodes"
  scope = azurerm_resource_group.main.id
  permissions {
    actions     = ["Microsoft.Compute/virtualMachines/delete", "Microsoft.Compute/disks/delete"]
    not_actions = []
  }
}
resource "azurerm_role_assignment" "lease" {
  scope              = azurerm_resource_group.main.id
  role_definition_id = azurerm_role_definition.lease.role_definition_resource_id
  principal_id       = azurerm_automation_account.lease.identity[0].principal_id
}
resource "azurerm_role_assignment" "reader" {
  scope                = azurerm_linux_virtual_machine.node.id
  role_definition_name = "Virtual Machine Contributor"
  principal_id         = azurerm_user_assigned_identity.nodes.principal_id
}
resource "azurerm_key_vault" "pool" {
  name                       = "dev-pool"
  resource_group_name        = azurerm_resource_group.main.name
  location                   = azurerm_resource_group.main.location
  tenant_id                  = data.azurerm_client_config.me.tenant_id
  sku_name                   = "standard"
  rbac_authorization_enabled = true
}
resource "azurerm_key_vault_secret" "token" {
  name             = "token"
  key_vault_id     = azurerm_key_vault.pool.id
  value_wo         = "not-in-the-state"
  value_wo_version = 1
}
data "azurerm_resources" "machines" {
  resource_group_name = azurerm_resource_group.main.name
  type                = "Microsoft.Compute/virtualMachines"
  depends_on          = [azurerm_orchestrated_virtual_machine_scale_set.nodes, azurerm_linux_virtual_machine.node]
}
data "azurerm_virtual_machine" "node" {
  name                = azurerm_linux_virtual_machine.node.name
  resource_group_name = azurerm_resource_group.main.name
}
data "azurerm_client_config" "me" {}
data "azurerm_virtual_network_gateway" "main" {
  name                = azurerm_virtual_network_gateway.main.name
  resource_group_name = azurerm_resource_group.main.name
}
output "bgp" { value = azurerm_virtual_network_gateway.main.bgp_settings[0].peering_addresses[*].apipa_addresses }
output "addresses" { value = azurerm_virtual_network_gateway.main.bgp_settings[0].peering_addresses[*].default_addresses }
output "machines" { value = length(data.azurerm_resources.machines.resources) }
output "node" { value = data.azurerm_virtual_machine.node.private_ip_address }
