import {
  AWS_REGION,
  AWS_ZONE,
  INTERFACE_ADDRESS,
  IPV4,
  ocid,
  SAKURA_ID,
  SAKURA_ZONE,
  SECURITY_GROUP_ID,
  SUBNET_ID,
  URL_TEXT,
} from '../shape/formats';
import {
  FLAG,
  type Key,
  type KindsShape,
  list,
  type MapShape,
  type Shape,
  TEXT,
  text,
  whole,
} from '../shape/shape';

/** Keys that every provider's entry may have (domain.md §3.2). */
export const COMMON_KEYS: Readonly<Record<string, Key>> = {
  private_network_ipmask: { shape: text(INTERFACE_ADDRESS), description: "CIDR of the nodes' subnet" },
  ntp_servers: { shape: list(TEXT), description: 'NTP servers of the nodes' },
  cloud_instance_dns_servers: { shape: list(TEXT), description: 'DNS servers of the nodes' },
};

const required = (shape: Shape, description: string): Key => ({ shape, description, required: true });
const optional = (shape: Shape, description: string): Key => ({ shape, description });

const FLAG_OR_TEXT: KindsShape = { kind: 'kinds', expected: 'true or false', flag: FLAG, text: TEXT };
const TEXT_OR_LIST: KindsShape = {
  kind: 'kinds',
  expected: 'a name or a list of names',
  text: TEXT,
  list: list(TEXT),
};
const TEXT_OR_WHOLE: KindsShape = {
  kind: 'kinds',
  expected: 'a text or a number',
  text: TEXT,
  whole: whole(0, 2 ** 31),
};

const AWS: Readonly<Record<string, Key>> = {
  aws_region: required(text(AWS_REGION), 'region'),
  aws_availability_zone: optional(text(AWS_ZONE), 'availability zone of the subnet'),
  aws_vpc_subnet_id: required(text(SUBNET_ID), 'id of the subnet'),
  aws_vpc_security_group_id: required(text(SECURITY_GROUP_ID), 'id of the security group'),
};

/** Keys of the entries that exist already, by provider, as the controller's manual has them (domain.md §3.2). */
const PROVIDER_KEYS: Readonly<Record<string, Readonly<Record<string, Key>>>> = {
  aws: AWS,
  aws_spot: AWS,
  azure: {
    azure_resource_group_name: required(TEXT, 'resource group'),
    azure_vnet_name: required(TEXT, 'virtual network'),
    azure_subnet_name: required(TEXT, 'subnet'),
    azure_security_group_name: required(TEXT, 'network security group'),
    azure_location: required(TEXT, 'region: japaneast or Japan East'),
    azure_zone: optional(TEXT_OR_WHOLE, 'availability zone'),
  },
  sakura: {
    sakura_local_switch_id: required(text(SAKURA_ID), 'id of the local switch, 12 digits in quotes'),
    sakura_private_subnet_gateway_ip: required(text(IPV4), 'default gateway of the private subnet'),
    sakura_zone: required(text(SAKURA_ZONE), 'zone: is1a, is1b, tk1a, tk1v'),
  },
  oracle: {
    oracle_tenancy_ocid: required(text(ocid('tenancy')), 'OCID of the tenancy'),
    oracle_compartment_id: required(text(ocid('(compartment|tenancy)')), 'OCID of the compartment'),
    oracle_subnet_id: required(text(ocid('subnet')), 'OCID of the subnet'),
    oracle_region: required(TEXT, 'region identifier: ap-tokyo-1'),
    oracle_availability_domain: required(TEXT, "availability domain; each tenancy's own"),
  },
  gcp: {
    gcp_project: required(TEXT, 'project'),
    gcp_subnetwork: required(TEXT, 'subnetwork'),
    gcp_region: required(TEXT, 'region'),
    gcp_zone: required(TEXT, 'zone'),
  },
  vmware: {
    vmware_vsphere_server: required(TEXT, 'vSphere server'),
    vmware_allow_unverified_ssl: required(FLAG_OR_TEXT, "whether the server's certificate goes unchecked"),
    vmware_vsphere_datacenter_name: required(TEXT, 'data centre'),
    vmware_vsphere_resource_pool_name: required(TEXT, 'resource pool'),
    vmware_vsphere_network_name: required(TEXT, 'network'),
    vmware_vsphere_network_mask: required(TEXT_OR_WHOLE, 'netmask or prefix length'),
    vmware_template_virtual_machine_name: required(TEXT, 'virtual machine that is the template'),
    vmware_ipv4_gateway: required(text(IPV4), 'default gateway'),
    vmware_virtual_machine_domain: optional(TEXT, 'domain name of the nodes'),
  },
  mdx2: {
    tenant_name: required(TEXT, 'project'),
    network_name: required(TEXT, 'network'),
    security_group: required(TEXT, 'security group'),
    domain_id: optional(TEXT, 'domain, for instance default'),
  },
  proxmox: {
    proxmox_target_nodes: required(TEXT_OR_LIST, 'Proxmox nodes'),
    proxmox_template_virtual_machine_name: required(TEXT, 'virtual machine that is the template'),
    proxmox_pm_api_url: required(text(URL_TEXT), 'URL of the API'),
    proxmox_ipv4_gateway: required(text(IPV4), 'default gateway'),
    proxmox_bridge: required(TEXT, 'bridge'),
    proxmox_storage: required(TEXT, 'storage'),
    proxmox_pm_tls_insecure: optional(FLAG_OR_TEXT, "whether the API's certificate goes unchecked"),
    proxmox_pm_parallel: optional(TEXT_OR_WHOLE, 'how many operations at once'),
    pm_parallel: optional(TEXT_OR_WHOLE, 'how many operations at once'),
  },
  onpremises: {},
};

export const KNOWN_PROVIDERS: readonly string[] = Object.keys(PROVIDER_KEYS);

/** The shape of an entry that exists already; undefined for a custom provider. */
export function adoptedShape(provider: string): MapShape | undefined {
  if (!KNOWN_PROVIDERS.includes(provider)) return undefined;
  const keys = { ...PROVIDER_KEYS[provider], ...COMMON_KEYS };
  return { kind: 'map', keys, unknown: 'warning', mayBeEmpty: true };
}

/** An entry of a custom provider: any keys. */
export const CUSTOM_ENTRY: MapShape = {
  kind: 'map',
  keys: COMMON_KEYS,
  unknown: 'warning',
  mayBeEmpty: true,
};

/** Spellings of the first manual's key table, each with the one that is right (domain.md §1.1 #1). */
export const DEPRECATED_KEYS: Readonly<Record<string, string>> = {
  aws_vcp_subnet_id: 'aws_vpc_subnet_id',
  aws_vcp_security_group_id: 'aws_vpc_security_group_id',
};
