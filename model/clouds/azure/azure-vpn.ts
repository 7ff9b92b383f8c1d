import { shellWord } from '../../../base/text/shell-quoted';
import type { CloudConnection } from '../../tunnel/description';
import type { CloudVpn } from '../cloud-vpn';
import { connectionBlock, parseTunnelKey, tunnelAddresses } from './inside-addresses';
import { PRESHARED_KEY } from './preshared-key';

/** Ciphers of IKE and ESP that Azure and the gateway's daemons both have. Azure also has AES192, DES and 3DES. */
const ENCRYPTION = ['AES128', 'AES256', 'AES128-GCM-16', 'AES256-GCM-16'] as const;

/**
 * Diffie-Hellman groups: DHGroup2, DHGroup14 (or 2048), ECP256, ECP384 and DHGroup24, in ESP as PFS groups. Azure also has
 * group 1, of 768 bits, which no daemon here has.
 */
const DH_GROUPS = [2, 14, 19, 20, 24] as const;

/** IKE's lifetime is fixed on Azure's side (learn.microsoft.com, "About cryptographic requirements and Azure VPN gateways"). */
export const IKE_LIFETIME_SECONDS = 28800;

/** `sa_lifetime` of a connection's IPsec policy. */
export const SA_LIFETIME_SECONDS = { min: 300, max: 172799 } as const;

/** `dpd_timeout_seconds` of a connection. */
export const DPD_TIMEOUT_SECONDS = { min: 9, max: 3600 } as const;

/** Azure's virtual network gateway of the type VPN, with a custom IPsec policy. */
export const AZURE_VPN: CloudVpn = {
  name: 'Azure',
  ike: {
    encryption: ENCRYPTION,
    integrity: ['SHA1', 'SHA2-256', 'SHA2-384'],
    dhGroups: DH_GROUPS,
    lifetimeSeconds: { min: IKE_LIFETIME_SECONDS, max: IKE_LIFETIME_SECONDS },
  },
  esp: {
    encryption: ENCRYPTION,
    integrity: ['SHA1', 'SHA2-256'],
    dhGroups: DH_GROUPS,
    lifetimeSeconds: SA_LIFETIME_SECONDS,
  },
  espMayOutliveIke: true,
  dpdTimeoutSeconds: DPD_TIMEOUT_SECONDS,
  presharedKey: PRESHARED_KEY,
  parseInsideCidr: parseTunnelKey,
  tunnelKeys: ([block], count) =>
    block === undefined ? [] : tunnelAddresses(block, count).map(({ key }) => key),
  insideCidrOf: connectionBlock,
  // learn.microsoft.com, "About VPN devices and IPsec/IKE parameters": clamp TCP at 1350, MTU 1400 on the tunnel interface.
  tunnelLimit: { mtu: 1400, mss: 1350 },
  // learn.microsoft.com, "VPN Gateway FAQ": keepalive 60 s, hold time 180 s, not negotiated down.
  bgpHoldSeconds: 180,
  onePath:
    'the instances of the gateway announce the same routes: the session that came up first carries all flows',
  // Its inside addresses exist for BGP alone.
  answersPings: false,
  onePolicyPair: false,
  tunnelStatus: {
    console: 'Virtual network gateways > the gateway > Connections',
    command: (connection) =>
      `az network vpn-connection show ${cliNames(connection)} --query connectionStatus --output tsv`,
    up: 'Connected',
  },
};

/** The names of a connection as options of Azure CLI, with words to be replaced where they are not known. */
export function cliNames(
  { resource_group: group, name }: CloudConnection = { resource_group: 'RESOURCE-GROUP', name: 'CONNECTION' },
  option: '--name' | '--connection-name' = '--name',
): string {
  return `--resource-group ${shellWord(group)} ${option} ${shellWord(name)}`;
}
