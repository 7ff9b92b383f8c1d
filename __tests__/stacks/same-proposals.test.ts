import '../../stacks/fast-tokens';
import { renderGateway } from '../../gateway/render/host-files';
import { AWS_VPN } from '../../model/clouds/aws/aws-vpn';
import { AZURE_VPN } from '../../model/clouds/azure/azure-vpn';
import type { CloudVpn } from '../../model/clouds/cloud-vpn';
import type { GatewayConnection, GatewayDaemon } from '../../model/gateway/host';
import { GatewayKey } from '../../model/gateway/key';
import { Cidr } from '../../model/net/cidr';
import { CRYPTO_PROFILES, type CryptoProfile } from '../../model/tunnel/crypto-profiles';
import type { NetworkTunnels, TunnelDescription } from '../../model/tunnel/description';
import { sampleHost } from '../gateway/sample-host';
import { only, type Synthesized } from '../support/synthesized';
import { bothClouds } from './both-clouds';

const ROUTINGS = ['static', 'bgp'] as const;
const PAIRS = CRYPTO_PROFILES.flatMap((crypto) => ROUTINGS.map((routing) => ({ crypto, routing })));

interface Suite {
  readonly encryption: string;
  /** Absent where the cipher has its own. */
  readonly integrity?: string;
  readonly group: number;
}

/** What each profile negotiates in IKE and in ESP, by the page of the catalog. */
const SUITES: Readonly<Record<CryptoProfile, { readonly ike: Suite; readonly esp: Suite }>> = {
  modern: {
    ike: { encryption: 'AES256-GCM-16', integrity: 'SHA2-384', group: 20 },
    esp: { encryption: 'AES256-GCM-16', group: 20 },
  },
  compatible: {
    ike: { encryption: 'AES256', integrity: 'SHA2-256', group: 14 },
    esp: { encryption: 'AES256', integrity: 'SHA2-256', group: 14 },
  },
  seed: {
    ike: { encryption: 'AES128', integrity: 'SHA1', group: 14 },
    esp: { encryption: 'AES128', integrity: 'SHA1', group: 14 },
  },
};

/** Azure's words for the same (learn.microsoft.com, "About cryptographic requirements and Azure VPN gateways"). */
const AZURE_WORDS: Readonly<Record<string, string | number>> = {
  GCMAES256: 'AES256-GCM-16',
  AES256: 'AES256',
  AES128: 'AES128',
  SHA1: 'SHA1',
  SHA256: 'SHA2-256',
  SHA384: 'SHA2-384',
  ECP384: 20,
  DHGroup14: 14,
  PFS2048: 14,
};
const word = (name: unknown) => AZURE_WORDS[String(name)];

/** Both ends of one tunnel in each cloud, of a catalog that asks the same of both. */
const tunnelsOf = (synth: Synthesized): Readonly<Record<string, NetworkTunnels>> => {
  const { tunnels } = synth.output as { tunnels: { value: Readonly<Record<string, NetworkTunnels>> } };
  return tunnels.value;
};

function onlyNetwork(synth: Synthesized): readonly [key: string, tunnels: NetworkTunnels] {
  const [network, ...others] = Object.entries(tunnelsOf(synth));
  if (network === undefined || others.length > 0) throw new Error('not one network');
  return network;
}

/** The connection as the driver makes it of the applied output: addresses that are known after the apply are filled in. */
function connectionOf(synth: Synthesized, cloud: CloudVpn, crypto: CryptoProfile): GatewayConnection {
  const [network, description] = onlyNetwork(synth);
  const keys = Object.keys(description.tunnels);
  const keyed = <T>(each: (key: string, index: number) => T): Record<string, T> =>
    Object.fromEntries(keys.map((key, index) => [key, each(key, index)]));
  const tunnel = (key: string, index: number): TunnelDescription => ({
    ...(description.tunnels[key] as TunnelDescription),
    outside_address: `203.0.113.${index + 1}`,
  });
  return {
    environment: 'lab',
    network,
    cloud,
    crypto,
    description: { ...description, tunnels: keyed(tunnel) },
    siteNetworks: [Cidr.parse('10.0.2.0/24')],
    interfaces: keyed((_, index) => index + 1),
    keys: keyed(() => GatewayKey.of('PlantedKeyOfBothClouds', cloud.presharedKey)),
  };
}

/** The lines of a daemon's file that say what it proposes, each once. */
function proposalLines(
  connection: GatewayConnection,
  daemon: GatewayDaemon,
  version: number,
): readonly string[] {
  const lines = renderGateway(sampleHost({ daemon, version }, [connection]))
    .filter(({ path }) => path.startsWith('etc/ipsec.d/') || path.startsWith('etc/swanctl/'))
    .flatMap(({ text }) => text.split('\n'))
    .map((line) => line.trim())
    .filter((line) => /^(ike|esp|phase2alg|pfs|(esp_)?proposals)\s*=/.test(line));
  return [...new Set(lines)].sort();
}

describe.each(PAIRS)('crypto: $crypto with routing: $routing', ({ crypto, routing }) => {
  const clouds = bothClouds({ vpn: `{ crypto: ${crypto}, routing: ${routing} }` });
  const ends = [
    connectionOf(clouds.aws, AWS_VPN, crypto),
    connectionOf(clouds.azure, AZURE_VPN, crypto),
  ] as const;
  const { ike, esp } = SUITES[crypto];

  it('is described as one suite, the same for every tunnel of both clouds', () => {
    const described = ends.flatMap(({ description }) => Object.values(description.tunnels));
    expect(described).toHaveLength(routing === 'bgp' ? 4 : 3);
    for (const tunnel of described) {
      expect(tunnel.ike_versions).toEqual([2]);
      expect(tunnel.ike).toEqual([
        { encryption: ike.encryption, integrity: ike.integrity, dh_group: ike.group },
      ]);
      expect(tunnel.esp).toEqual([
        {
          encryption: esp.encryption,
          ...(esp.integrity === undefined ? {} : { integrity: esp.integrity }),
          dh_group: esp.group,
        },
      ]);
      expect(tunnel.lifetimes).toEqual({ ike_seconds: 28800, esp_seconds: 3600 });
    }
    for (const { description } of ends)
      expect([description.routing, description.mode]).toEqual([routing, 'route-based']);
  });

  it.each([
    ['libreswan', 4],
    ['libreswan', 5],
    ['strongswan', 5],
    ['strongswan', 6],
  ] as const)('is proposed by %s %i in the same words', (daemon, version) => {
    const [aws, azure] = ends.map((end) => proposalLines(end, daemon, version));
    expect(azure).toEqual(aws);
    expect(aws).toEqual(DAEMON_LINES[daemon][crypto]);
  });

  it("is what Azure's policy takes, and nothing else", () => {
    const connection = only(clouds.azure, 'azurerm_virtual_network_gateway_connection');
    const { ipsec_policy: policy } = connection as { ipsec_policy: Readonly<Record<string, unknown>> };
    expect(connection.connection_protocol).toBe('IKEv2');
    expect({
      encryption: word(policy.ike_encryption),
      integrity: word(policy.ike_integrity),
      group: word(policy.dh_group),
    }).toEqual(ike);
    // With GCM Azure wants the cipher's name in the place of the integrity.
    const isGcm = policy.ipsec_integrity === policy.ipsec_encryption;
    expect({
      encryption: word(policy.ipsec_encryption),
      ...(isGcm ? {} : { integrity: word(policy.ipsec_integrity) }),
      group: word(policy.pfs_group),
    }).toEqual(esp);
  });

  it('is what AWS is told, unless it is left to accept all that it knows', () => {
    const connection = only(clouds.aws, 'aws_vpn_connection');
    for (const tunnel of ['tunnel1', 'tunnel2']) {
      const options = (phase: string) =>
        ['encryption_algorithms', 'integrity_algorithms', 'dh_group_numbers'].map(
          (name) => connection[`${tunnel}_${phase}_${name}`],
        );
      if (crypto === 'seed') {
        expect([...options('phase1'), ...options('phase2')]).toEqual(Array(6).fill(undefined));
        continue;
      }
      expect(options('phase1')).toEqual([[ike.encryption], [ike.integrity], [ike.group]]);
      const [encryption, , group] = options('phase2');
      expect([encryption, group]).toEqual([[esp.encryption], [esp.group]]);
    }
  });
});

/** The suites in the daemons' own words (docs/reference/ipsec.md). */
const DAEMON_LINES: Readonly<Record<GatewayDaemon, Readonly<Record<CryptoProfile, readonly string[]>>>> = {
  libreswan: {
    modern: ['esp=aes_gcm256;dh20', 'ike=aes_gcm256-sha2_384;dh20', 'pfs=yes'],
    compatible: ['esp=aes256-sha2_256;dh14', 'ike=aes256-sha2_256;dh14', 'pfs=yes'],
    seed: ['esp=aes128-sha1;dh14', 'ike=aes128-sha1;dh14', 'pfs=yes'],
  },
  strongswan: {
    modern: ['esp_proposals = aes256gcm16-ecp384', 'proposals = aes256gcm16-prfsha384-ecp384'],
    compatible: ['esp_proposals = aes256-sha256-modp2048', 'proposals = aes256-sha256-modp2048'],
    seed: ['esp_proposals = aes128-sha1-modp2048', 'proposals = aes128-sha1-modp2048'],
  },
};
