import type { GatewayConnection, GatewayHost } from '../../../model/gateway/host';
import { Cidr } from '../../../model/net/cidr';
import type { TunnelDescription } from '../../../model/tunnel/description';
import type { Proposal } from '../../../model/tunnel/proposal';

/** What a test makes wrong at the cloud's end. */
export interface CloudMistake {
  readonly key?: string;
  readonly ike?: readonly Proposal[];
  readonly esp?: readonly Proposal[];
}

/** strongSwan's words for AWS's. Not the renderer's table: a wrong word there must not be wrong here too. */
const WORDS: Readonly<Record<string, string>> = {
  AES128: 'aes128',
  AES256: 'aes256',
  'AES128-GCM-16': 'aes128gcm16',
  'AES256-GCM-16': 'aes256gcm16',
  SHA1: 'sha1',
  'SHA2-256': 'sha256',
  'SHA2-384': 'sha384',
  'SHA2-512': 'sha512',
};
const GROUPS: Readonly<Record<number, string>> = {
  14: 'modp2048',
  15: 'modp3072',
  16: 'modp4096',
  19: 'ecp256',
  20: 'ecp384',
  21: 'ecp521',
};

/**
 * The cloud's ends of a connection's tunnels as a `swanctl.conf`: a virtual AWS. Identities, proposals and selectors are the same
 * description's as the gateway's, mirrored; it waits for the site, as AWS does by default.
 */
export function cloudEnd(
  host: GatewayHost,
  connection: GatewayConnection,
  mistake: CloudMistake = {},
): string {
  const tunnels = Object.entries(connection.description.tunnels);
  const connections = tunnels.map(([insideCidr, tunnel]) => {
    const number = connection.interfaces[insideCidr] ?? 0;
    return end(host, connection, number, { ...tunnel, ...mistake });
  });
  const secrets = tunnels.map(([insideCidr, tunnel]) => {
    const secret = mistake.key ?? connection.keys[insideCidr]?.value();
    return `  ike-${connection.interfaces[insideCidr]} {
    id-local = ${tunnel.outside_address}
    id-remote = ${host.site.publicIp}
    secret = "${secret}"
  }\n`;
  });
  return `connections {\n${connections.join('')}}\nsecrets {\n${secrets.join('')}}\n`;
}

function end(
  host: GatewayHost,
  { description, siteNetworks }: GatewayConnection,
  number: number,
  { outside_address, ike, esp }: TunnelDescription,
): string {
  const isRouted = description.mode === 'route-based';
  const id = isRouted ? `if_id_in = ${number}\n        if_id_out = ${number}` : '';
  return `  cloud${number} {
    version = 2
    local_addrs = ${outside_address}
    remote_addrs = ${host.site.publicIp}
    proposals = ${ike.map((proposal) => words(proposal, 'prf')).join(',')}
    mobike = no
    local {
      auth = psk
      id = ${outside_address}
    }
    remote {
      auth = psk
      id = ${host.site.publicIp}
    }
    children {
      cloud${number} {
        local_ts = ${isRouted ? Cidr.ANY : description.networks.join(',')}
        remote_ts = ${isRouted ? Cidr.ANY : siteNetworks.join(',')}
        esp_proposals = ${esp.map((proposal) => words(proposal, '')).join(',')}
        ${id}
      }
    }
  }
`;
}

/** `aes256gcm16-prfsha384-ecp384`: with an AEAD cipher the hash of IKE is for the pseudo-random function. */
function words({ encryption, integrity, dh_group }: Proposal, aead: 'prf' | ''): string {
  const prefix = encryption.includes('GCM') ? aead : '';
  const hash = integrity === undefined ? [] : [`${prefix}${known(WORDS, integrity)}`];
  return [known(WORDS, encryption), ...hash, known(GROUPS, dh_group)].join('-');
}

function known<Name extends string | number>(table: Readonly<Record<Name, string>>, name: Name): string {
  const word = table[name];
  if (word === undefined) throw new Error(`the cloud's end has no word for ${name}`);
  return word;
}

/**
 * FRR at the cloud's end. As a virtual private gateway speaks it announces the VPC's network on both tunnels, and its MED prefers
 * the first; as a transit gateway it has no preference, and sends over both itself.
 */
export function cloudBgp({ site }: GatewayHost, { description }: GatewayConnection): string {
  const peers = Object.values(description.tunnels).map(({ site_inside_address }) => site_inside_address);
  const isHub = description.multipath === true;
  const lines = [
    'frr defaults traditional',
    ...(isHub ? [] : peers).flatMap((_, index) => [
      `route-map tunnel${index} permit 10`,
      ` set metric ${100 * (index + 1)}`,
      'exit',
    ]),
    `router bgp ${description.cloud_asn}`,
    ' no bgp ebgp-requires-policy',
    ' no bgp network import-check',
    ...peers.flatMap((peer) => [
      ` neighbor ${peer} remote-as ${site.asn}`,
      ` neighbor ${peer} timers 10 30`,
      ` neighbor ${peer} timers connect 5`,
    ]),
    ' address-family ipv4 unicast',
    ...description.networks.map((network) => `  network ${network}`),
    ...peers.flatMap((peer, index) => [
      `  neighbor ${peer} activate`,
      ...(isHub ? [] : [`  neighbor ${peer} route-map tunnel${index} out`]),
    ]),
    ...(isHub ? ['  maximum-paths 2'] : []),
    ' exit-address-family',
    'exit',
    '',
  ];
  return lines.join('\n');
}
