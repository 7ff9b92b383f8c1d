import { AWS_VPN } from '../../model/clouds/aws/aws-vpn';
import { cryptoProfileOptions } from '../../model/clouds/aws/crypto-options';
import { describeTunnel } from '../../model/clouds/aws/tunnel-description';
import type { TunnelOptions } from '../../model/clouds/aws/tunnel-options';
import type { CloudVpn } from '../../model/clouds/cloud-vpn';
import type { GatewayConnection, GatewayDaemon, GatewayHost, InterfaceKind } from '../../model/gateway/host';
import { GatewayKey } from '../../model/gateway/key';
import { Cidr, parseInterfaceAddress } from '../../model/net/cidr';
import type { CryptoProfile } from '../../model/tunnel/crypto-profiles';
import type { NetworkTunnels } from '../../model/tunnel/description';

/** One combination of what a catalog may ask of a gateway host. */
export interface Combination {
  readonly daemon: GatewayDaemon;
  readonly version: number;
  readonly kind?: InterfaceKind;
  readonly mode: NetworkTunnels['mode'];
  readonly routing: NetworkTunnels['routing'];
  readonly crypto: CryptoProfile;
}

/** `libreswan-4-vti-bgp-modern`. */
export function combinationName({ daemon, version, kind, mode, routing, crypto }: Combination): string {
  return [daemon, version, mode === 'route-based' ? kind : mode, routing, crypto].join('-');
}

/** Every combination that is rendered. */
export const COMBINATIONS: readonly Combination[] = (
  [
    ['libreswan', 4, 'vti'],
    ['libreswan', 4, 'xfrm'],
    ['libreswan', 5, 'xfrm'],
    ['strongswan', 5, 'xfrm'],
    ['strongswan', 6, 'xfrm'],
  ] as const
).flatMap(([daemon, version, kind]) =>
  (['modern', 'compatible', 'seed'] as const).flatMap((crypto): Combination[] => [
    { daemon, version, kind, mode: 'route-based', routing: 'static', crypto },
    { daemon, version, kind, mode: 'route-based', routing: 'bgp', crypto },
    ...(kind === 'xfrm'
      ? ([{ daemon, version, kind, mode: 'policy-based', routing: 'static', crypto }] as const)
      : []),
  ]),
);

/** The keys of the sample, by tunnel: found nowhere but in secrets files. */
export const SAMPLE_KEYS = [
  'PlantedKey.dev_1',
  'PlantedKey.dev_2',
  'PlantedKey.osaka_1',
  'PlantedKey.osaka_2',
] as const;

/** A key in the form that the sample's cloud takes. */
export function sampleKey(value: string): GatewayKey {
  return GatewayKey.of(value, AWS_VPN.presharedKey);
}

export interface SampleConnection {
  readonly environment?: string;
  readonly network?: string;
  readonly cloudNetwork?: string;
  readonly cloud?: CloudVpn;
  /** @default 2 */
  readonly tunnels?: number;
  /** Prefix length of the inside CIDRs. @default 30 */
  readonly insidePrefixLength?: number;
  /** 0 for the first connection of a host, 1 for the second: its addresses and numbers. */
  readonly position?: number;
  readonly mode?: NetworkTunnels['mode'];
  readonly routing?: NetworkTunnels['routing'];
  readonly crypto?: CryptoProfile;
  readonly options?: TunnelOptions;
  readonly key?: (index: number) => GatewayKey;
  readonly siteNetworks?: readonly string[];
}

/** A connection as the driver puts it together from the catalog, the lock and the outputs. */
export function sampleConnection(sample: SampleConnection = {}): GatewayConnection {
  const { environment = 'dev', network = 'aws/default', position = 0, crypto = 'modern' } = sample;
  const { cloud = AWS_VPN, tunnels: count = 2, insidePrefixLength = 30 } = sample;
  const tunnels = Array.from({ length: count }, (_, index) => {
    const number = position * count + index;
    const size = 2 ** (32 - insidePrefixLength);
    const insideCidr = Cidr.parse(`169.254.100.${number * size}/${insidePrefixLength}`);
    const options = { ...cryptoProfileOptions(crypto), ...sample.options, insideCidr };
    return {
      number,
      insideCidr: String(insideCidr),
      description: describeTunnel(options, `203.0.113.${number + 1}`),
    };
  });
  const keyed = <T>(each: (tunnel: (typeof tunnels)[number], index: number) => T): Record<string, T> =>
    Object.fromEntries(tunnels.map((tunnel, index) => [tunnel.insideCidr, each(tunnel, index)]));
  return {
    environment,
    network,
    cloud,
    crypto,
    description: {
      mode: sample.mode ?? 'route-based',
      routing: sample.routing ?? 'static',
      networks: [sample.cloudNetwork ?? '172.30.0.0/16'],
      cloud_asn: 64512,
      tunnels: keyed(({ description }) => description),
    },
    siteNetworks: (sample.siteNetworks ?? ['10.0.2.0/24']).map((text) => Cidr.parse(text)),
    interfaces: keyed(({ number }) => number + 1),
    keys: keyed(
      ({ number }, index) => sample.key?.(index) ?? sampleKey(SAMPLE_KEYS[number] ?? 'PlantedKey.more'),
    ),
  };
}

/** The controller's host of the manual, with these connections. */
export function sampleHost(
  gateway: {
    daemon?: GatewayDaemon;
    version?: number;
    behindNat?: boolean;
    kind?: InterfaceKind;
    mesh?: boolean;
  } = {},
  connections: readonly GatewayConnection[] = [sampleConnection()],
): GatewayHost {
  const { daemon = 'libreswan', version = 4, behindNat = false } = gateway;
  return {
    site: {
      controller: parseInterfaceAddress('10.0.2.15/24'),
      publicIp: '198.51.100.10',
      subnets: [Cidr.parse('10.0.2.0/24')],
      asn: 65000,
      mesh: gateway.mesh ?? false,
      gateway: { daemon, version, behindNat, linkMtu: 1500 },
    },
    interfaceKind: gateway.kind,
    connections,
  };
}

/** A combination with one connection, or with a second one of another environment beside it. @param tunnels - of each connection */
export function combinationHost(combination: Combination, environments: 1 | 2 = 1, tunnels = 2): GatewayHost {
  const { daemon, version, kind, mode, routing, crypto } = combination;
  const first = sampleConnection({ tunnels, mode, routing, crypto });
  const second = sampleConnection({
    environment: 'prod',
    network: 'aws/osaka',
    cloudNetwork: '172.29.0.0/16',
    position: 1,
    tunnels,
    mode,
    routing,
    crypto,
  });
  return sampleHost({ daemon, version, kind }, environments === 1 ? [first] : [first, second]);
}
