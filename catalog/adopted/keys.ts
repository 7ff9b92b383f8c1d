import type { ProblemList } from '../ground/problem-list';
import { INTERFACE_ADDRESS, IPV4, ocid, SAKURA_ID } from '../shape/formats';
import type { Keys, MapForm } from '../shape/shape';
import { either, FLAG, list, optional, required, TEXT, text, whole } from '../shape/shapes';
import { AWS_KEYS, checkAwsEntry } from './aws';
import { AZURE_KEYS, checkAzureEntry } from './azure';
import type { EntryToCheck } from './entry-to-check';
import {
  COUNT_TEXT,
  FLAG_TEXT,
  GOOGLE_PROJECT,
  GOOGLE_REGION,
  GOOGLE_SUBNETWORK,
  GOOGLE_ZONE,
  HOST,
  ORACLE_DOMAIN,
  ORACLE_REGION,
  PROXMOX_URL,
  SAKURA_ZONE,
} from './provider-formats';

/** Keys that every provider's entry may have. */
export const COMMON_KEYS = {
  private_network_ipmask: optional(text(INTERFACE_ADDRESS), "CIDR of the nodes' subnet"),
  ntp_servers: optional(list(TEXT), 'NTP servers of the nodes'),
  cloud_instance_dns_servers: optional(list(TEXT), 'DNS servers of the nodes'),
};

const FLAG_OR_TEXT = either('true or false', { flag: FLAG, text: text(FLAG_TEXT) });
const TEXT_OR_LIST = either('a name or a list of names', { text: TEXT, list: list(TEXT) });
const TEXT_OR_WHOLE = either('a text or a number', { text: TEXT, whole: whole(0, 2 ** 31) });
const COUNT = either(COUNT_TEXT.expected, { text: text(COUNT_TEXT), whole: whole(1, 999_999) });

/** Keys of the entries that exist already, by provider, as VCP's manual has them (docs/reference/vcp.md). */
const PROVIDER_KEYS: Readonly<Record<string, Keys>> = {
  aws: AWS_KEYS,
  aws_spot: AWS_KEYS,
  azure: AZURE_KEYS,
  sakura: {
    sakura_local_switch_id: required(text(SAKURA_ID), 'id of the local switch, 12 digits in quotes'),
    sakura_private_subnet_gateway_ip: required(text(IPV4), 'default gateway of the private subnet'),
    sakura_zone: required(text(SAKURA_ZONE), 'zone: is1a, is1b, tk1a, tk1v'),
  },
  oracle: {
    oracle_tenancy_ocid: required(text(ocid('tenancy')), 'OCID of the tenancy'),
    oracle_compartment_id: required(text(ocid('(compartment|tenancy)')), 'OCID of the compartment'),
    oracle_subnet_id: required(text(ocid('subnet')), 'OCID of the subnet'),
    oracle_region: required(text(ORACLE_REGION), 'region identifier: ap-tokyo-1'),
    oracle_availability_domain: required(text(ORACLE_DOMAIN), "availability domain; each tenancy's own"),
  },
  gcp: {
    gcp_project: required(text(GOOGLE_PROJECT), 'project'),
    gcp_subnetwork: required(text(GOOGLE_SUBNETWORK), 'subnetwork'),
    gcp_region: required(text(GOOGLE_REGION), 'region'),
    gcp_zone: required(text(GOOGLE_ZONE), 'zone'),
  },
  vmware: {
    vmware_vsphere_server: required(text(HOST), 'vSphere server'),
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
    proxmox_pm_api_url: required(text(PROXMOX_URL), 'URL of the API'),
    proxmox_ipv4_gateway: required(text(IPV4), 'default gateway'),
    proxmox_bridge: required(TEXT, 'bridge'),
    proxmox_storage: required(TEXT, 'storage'),
    proxmox_pm_tls_insecure: optional(FLAG_OR_TEXT, "whether the API's certificate goes unchecked"),
    proxmox_pm_parallel: optional(COUNT, 'how many operations at once'),
    pm_parallel: optional(COUNT, 'how many operations at once'),
  },
  onpremises: {},
};

export const KNOWN_PROVIDERS: readonly string[] = Object.keys(PROVIDER_KEYS);

/**
 * Keys of providers whose entries differ from one installation to the next: these are checked where they stand, and all others pass
 * through. The controller's manual has them for OpenStack.
 */
const OPEN_PROVIDER_KEYS: Readonly<Record<string, Keys>> = {
  'own-openstack': {
    network_uuid: optional(TEXT, 'id of the network'),
    network_name: optional(TEXT, 'network'),
    tenant_name: optional(TEXT, 'project'),
    region: optional(TEXT, 'region'),
    security_group: optional(TEXT, 'security group'),
    domain_id: optional(TEXT, 'domain, for instance default'),
  },
};

export const OPEN_PROVIDERS: readonly string[] = Object.keys(OPEN_PROVIDER_KEYS);

/** What must hold of a provider's own keys beyond their shapes. */
const OWN_CHECKS: Readonly<Record<string, (entry: EntryToCheck, problems: ProblemList) => void>> = {
  aws: checkAwsEntry,
  aws_spot: checkAwsEntry,
  azure: checkAzureEntry,
};

/** Checks the keys of an entry that only its provider has. */
export function checkOwnKeys(provider: string, entry: EntryToCheck, problems: ProblemList): void {
  if (Object.hasOwn(OWN_CHECKS, provider)) OWN_CHECKS[provider]?.(entry, problems);
}

/** The shape of an entry that exists already; undefined for a custom provider. */
export function adoptedShape(provider: string): MapForm | undefined {
  const own = Object.hasOwn(PROVIDER_KEYS, provider) ? PROVIDER_KEYS[provider] : undefined;
  return own && entryShape({ ...own, ...COMMON_KEYS });
}

/** An entry of a custom provider: any keys, of which those that are known are checked. */
export function customShape(provider: string): MapForm {
  const known = Object.hasOwn(OPEN_PROVIDER_KEYS, provider) ? OPEN_PROVIDER_KEYS[provider] : undefined;
  return entryShape({ ...known, ...COMMON_KEYS });
}

/** An entry of a custom provider of which no key is known. */
export const CUSTOM_ENTRY: MapForm = entryShape(COMMON_KEYS);

/** The section of the SDK's configuration that holds a provider's credentials: spot instances use those of `aws`. */
export function sectionOf(provider: string): string {
  return provider === 'aws_spot' ? 'aws' : provider;
}

/** Another spelling of a key, which is read with a warning. */
export interface OtherSpelling {
  /** The key that it means. */
  readonly key: string;
  /** Whether it goes out as `key`, or as it is written. */
  readonly goesOut: 'corrected' | 'as-written';
}

/** Other spellings of keys in VCP's own manuals (docs/reference/vcp.md). */
export const OTHER_SPELLINGS: Readonly<Record<string, OtherSpelling>> = {
  aws_vcp_subnet_id: { key: 'aws_vpc_subnet_id', goesOut: 'corrected' },
  aws_vcp_security_group_id: { key: 'aws_vpc_security_group_id', goesOut: 'corrected' },
  // Which of the two a controller reads is not known, so what works in one is not changed.
  proxmox_target_node: { key: 'proxmox_target_nodes', goesOut: 'as-written' },
};

function entryShape(keys: Keys): MapForm {
  return { kind: 'map', keys, unknown: 'warning', mayBeEmpty: true };
}
