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
data "azurerm_client_config" "me" {}
data "azurerm_virtual_network_gateway" "main" {
  name                = azurerm_virtual_network_gateway.main.name
  resource_group_name = azurerm_resource_group.main.name
}
output "bgp" { value = azurerm_virtual_network_gateway.main.bgp_settings[0].peering_addresses[*].apipa_addresses }
output "addresses" { value = azurerm_virtual_network_gateway.main.bgp_settings[0].peering_addresses[*].default_addresses }
