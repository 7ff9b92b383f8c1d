import type { ScrubbedChange } from '../../../terraform/plan/scrub';

/** Names of attributes in sentences; others are told by their own, with blanks. */
const WORDS: Readonly<Record<string, string>> = {
  resource_group_name: 'resource group',
  vpn_type: 'VPN type',
  private_ip_address_enabled: 'private address',
  connection_mode: 'connection mode',
  connection_protocol: 'IKE version',
  dpd_timeout_seconds: 'DPD time-out',
  virtual_network_gateway_id: 'its gateway',
  local_network_gateway_id: 'its local network gateway',
  virtual_network_name: 'virtual network',
  network_security_group_name: 'security group',
  edge_zone: 'edge zone',
  ip_tags: 'IP tags',
  enable_bgp: 'BGP',
  sku: 'SKU',
  sku_name: 'size',
  custom_data: 'what they run at first',
  admin_username: 'log-in',
  admin_ssh_key: 'SSH keys',
  source_image_reference: 'image',
  source_image_id: 'image',
  os_disk: 'OS disk',
  secure_boot_enabled: 'secure boot',
  vtpm_enabled: 'virtual TPM',
  platform_fault_domain_count: 'fault domains',
  computer_name: 'host name',
};

export function attributeWords(name: string): string {
  const [own = name] = name.split('.');
  return WORDS[own] ?? own.replaceAll('_', ' ');
}

/** ` (DPD time-out 45 → 30)`: why a resource is replaced; empty where the plan has no reason. */
export function because({ replacedBy, before, after, reason }: ScrubbedChange): string {
  const causes = [...new Set(replacedBy.map((name) => name.split('.')[0] ?? name))].sort();
  if (causes.length === 0) return reason === 'replace_because_tainted' ? ' (its creation had failed)' : '';
  const words = causes.map((name) => `${attributeWords(name)}${arrow(before[name], after[name])}`);
  return ` (${words.join(', ')})`;
}

/** ` 45 → 30`; ` changes` where a value can't be told in a word. */
function arrow(before: unknown, after: unknown): string {
  const isShown = (value: unknown) =>
    (typeof value === 'string' && !value.startsWith('/')) || typeof value === 'number';
  return isShown(before) && isShown(after) && before !== after ? ` ${before} → ${after}` : ' changes';
}
